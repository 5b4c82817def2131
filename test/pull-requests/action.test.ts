import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import dsl from "../../packages/dsl/package.json" with { type: "json" };
import { createRepository, type Run, type ScratchRepository } from "./scratch-repository.js";

/*
 * The action as a runner does it: its one line is run by the same shell, with inputs in the same variables, in a scratch
 * repository. npx alone does not install anything.
 */

const ACTION_PATH = fileURLToPath(new URL("../../", import.meta.url));
const ACTION = readFileSync(join(ACTION_PATH, "action.yml"), "utf8");
const [, LINE = ""] = /^ {6}run: (.+)$/m.exec(ACTION) ?? [];
/** Which input each variable takes its value from. */
const VARIABLES = [...ACTION.matchAll(/^ {8}(\w+): \$\{\{ inputs\.([\w-]+) \}\}$/gm)].map(
  ([, variable = "", input = ""]) => ({ variable, input }),
);
const INPUTS = [...(/^inputs:\n(.*?)^outputs:/ms.exec(ACTION)?.[1] ?? "").matchAll(/^ {2}([\w-]+):$/gm)].map(
  ([, input = ""]) => input,
);

type Inputs = Readonly<Record<"paths" | "fail-on" | "deny" | "base", string>>;

/** What action.yml has; without a pull request there is no base. */
const DEFAULTS: Inputs = { paths: ".", "fail-on": "widened", deny: "", base: "" };

interface Review extends Run {
  readonly summary: string | null;
  readonly outputs: Readonly<Record<string, string>>;
}

let repository: ScratchRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => repository.delete());

/** Reads the file that a step writes its outputs into, as a runner does. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  while (lines.length > 1) {
    const [name = "", end = ""] = (lines.shift() ?? "").split("<<");
    outputs[name] = lines.splice(0, lines.indexOf(end)).join("\n");
    lines.shift();
  }
  return outputs;
}

function review(inputs: Partial<Inputs> = {}): Review {
  const values: Inputs = { ...DEFAULTS, ...inputs };
  const [summary, output] = [join(repository.temporary, "summary.md"), join(repository.temporary, "output")];
  // The cast holds: the first test compares the names.
  const variables = VARIABLES.map(({ variable, input }) => [variable, values[input as keyof Inputs]]);
  const run = repository.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", LINE], repository.temporary, {
    ...Object.fromEntries(variables),
    GITHUB_ACTION_PATH: ACTION_PATH,
    GITHUB_WORKSPACE: repository.checkout,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
  });
  const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);
  return { ...run, summary: readIfThere(summary), outputs: readOutputs(readIfThere(output) ?? "") };
}

/** The commands that a runner finds in what a step prints. */
function readCommands({ stdout, stderr }: Run): string[] {
  let end = "";
  return `${stdout}\n${stderr}`.split("\n").filter((line) => {
    if (end !== "") {
      if (line === end) end = "";
      return false;
    }
    if (!line.startsWith("::")) return false;
    const [, token] = /^::stop-commands::(.+)$/.exec(line) ?? [];
    if (token) end = `::${token}::`;
    return !token;
  });
}

const BEFORE = "origins https://app.example.com\n";
const WIDER = "origins https://app.example.com, https://b.example.com\n";

/** A branch from `main`, which has one policy. */
function openPullRequest(changed: string): void {
  repository.write("api.cors", BEFORE);
  repository.commit();
  repository.git("checkout", "--quiet", "-b", "feature");
  repository.write("api.cors", changed);
  repository.commit();
}

describe("action.yml", () => {
  test("hands each input on by the environment, and none in the text of the shell", () => {
    expect(VARIABLES.map(({ input }) => input).sort()).toEqual([...INPUTS].sort());
    expect(INPUTS.sort()).toEqual(Object.keys(DEFAULTS).sort());
    expect(LINE).not.toContain("${{");
  });

  test("installs the command alone, of its own version, outside of the checkout", () => {
    repository.write("api.cors", BEFORE);
    expect(review().status).toBe(0);
    const { folder, options } = repository.readNpxCall();
    expect(options).toEqual(["--yes", "--ignore-scripts", `--package=@corslang/dsl@${dsl.version}`]);
    expect(folder).toBe(repository.temporary);
    expect(ACTION).toMatch(/^ {6}working-directory: \$\{\{ runner\.temp \}\}$/m);
  });

  test("compares pull requests with their base when nothing else is said", () => {
    expect(ACTION).toMatch(/^ {2}base:$[^$]*^ {4}default: \$\{\{ github\.event\.pull_request\.base\.sha \}\}$/m);
    expect(ACTION).toMatch(/^ {2}fail-on:$[^$]*?^ {4}default: widened$/m);
    expect(ACTION).toMatch(/^ {4}value: \$\{\{ steps\.review\.outputs\.comment \}\}$/m);
  });
});

describe("a pull request", () => {
  test("that allows more fails, and says what it allows", () => {
    openPullRequest(WIDER);
    const { status, summary, outputs, ...printed } = review({ base: "main" });
    expect(summary).toBe(`### CORS policies: 1 policy allows more

#### \`default\` in \`api.cors\`

**Newly allowed**

- \`https://b.example.com\` (\`api.cors:1\`)
  - may use \`GET\`, \`HEAD\`, \`POST\`; without credentials; preflights remembered for 5 seconds
  - for example \`GET\` from \`https://b.example.com\`: kept from the page before, allowed now

**Unchanged**

- methods, request headers, response headers, credentials, preflight caching
`);
    expect(`${outputs.comment}\n`).toBe(summary);
    expect(readCommands({ status, ...printed })).toEqual([
      "::error::the policies have widened; the summary of this job says how",
    ]);
    expect(status).toBe(1);
  });

  test("that allows less passes, and says what it allows no longer", () => {
    repository.write("api.cors", WIDER);
    repository.commit();
    repository.write("api.cors", BEFORE);
    repository.commit();
    const { status, summary } = review({ base: "HEAD~1" });
    expect(summary).toMatch(/^### CORS policies: 1 policy allows less\n/);
    expect(summary).toContain("**No longer allowed**\n\n- `https://b.example.com`");
    expect(status).toBe(0);
  });

  test("that allows less fails where any change is to be asked for", () => {
    openPullRequest("origins none\n");
    const run = review({ base: "main", "fail-on": "changed" });
    expect(readCommands(run)).toEqual(["::error::the policies have changed; the summary of this job says how"]);
    expect(run.status).toBe(1);
  });

  test("that allows more passes where nothing is to fail, and says it all the same", () => {
    openPullRequest(WIDER);
    const { status, summary } = review({ base: "main", "fail-on": "none" });
    expect(summary).toContain("https://b.example.com");
    expect(status).toBe(0);
  });

  test("is not blamed for what has happened on the other branch since", () => {
    openPullRequest(`# The app.\n${BEFORE}`);
    repository.git("checkout", "--quiet", "main");
    repository.write("api.cors", "origins none\n");
    repository.commit();
    repository.git("checkout", "--quiet", "feature");
    const { status, summary } = review({ base: "main", "fail-on": "changed" });
    expect(summary).toBe("### CORS policies: 1 policy means the same\n");
    expect(status).toBe(0);
  });

  test("is compared with what it is merged into, where the merge is what is checked out", () => {
    openPullRequest(WIDER);
    repository.git("checkout", "--quiet", "main");
    repository.write("other.cors", "origins https://other.example.com\n");
    repository.commit();
    repository.git("checkout", "--quiet", "--detach");
    repository.git("merge", "--quiet", "--no-edit", "feature");
    const { status, summary } = review({ base: "main" });
    expect(summary).toContain("https://b.example.com");
    expect(summary).not.toContain("other");
    expect(status).toBe(1);
  });

  test("that a shallow clone can't compare is told how to be checked out", () => {
    openPullRequest(WIDER);
    const run = review({ base: "0123456789012345678901234567890123456789" });
    expect(readCommands(run)).toEqual([
      "::error::git does not know where HEAD left 0123456789012345678901234567890123456789; check out with fetch-depth: 0",
    ]);
    expect(run.summary).toBeNull();
    expect(run.status).toBe(2);
  });

  test("is not passed as unchanged where its base does not compile", () => {
    repository.write("api.cors", "orgins https://app.example.com\n");
    repository.commit();
    repository.write("api.cors", BEFORE);
    repository.commit();
    const run = review({ base: "HEAD~1" });
    expect(run.summary).toMatch(/^### CORS policies: not compared\n/);
    expect(run.status).toBe(1);
  });
});

describe("policies by themselves", () => {
  test("are checked, with the place of what is wrong", () => {
    repository.write("api.cors", "origins https://App.example.com\n");
    const run = review();
    expect(readCommands(run)).toEqual([expect.stringMatching(/^::error file=api\.cors,line=1,/)]);
    expect(run.summary).toBeNull();
    expect(run.status).toBe(1);
  });

  test("have to be in the style", () => {
    repository.write("api.cors", "origins    https://app.example.com\n");
    const run = review();
    expect(run.stdout).toMatch(/^api\.cors$/m);
    expect(readCommands(run)).toEqual([
      "::error::there are policies that are not in the one style; run cors-compile fmt",
    ]);
    expect(run.status).toBe(1);
  });

  test("may have warnings, unless these are denied", () => {
    repository.write("api.cors", "origins https://*.example.com, https://a.example.com\n");
    expect(review().status).toBe(0);
    expect(review({ deny: "content-type-missing\norigin-redundant\n" }).status).toBe(1);
  });

  test("are those of the paths, one a line, blanks and all", () => {
    repository.write("two words/api.cors", BEFORE);
    repository.write("more/api.cors", BEFORE);
    repository.write("broken.cors", "orgins *\n");
    expect(review({ paths: "two words\nmore/api.cors\n" }).status).toBe(0);
    expect(review({ paths: "two words\nbroken.cors" }).status).toBe(1);
  });
});

describe("names that are commands", () => {
  // Git takes no blanks in the names of branches, and a shell takes $IFS for one.
  const TOUCH = "$(touch$IFS'hacked')`touch$IFS'hacked'`;touch$IFS'hacked';'\"";

  test("of a branch do nothing, and the branch is compared with", () => {
    openPullRequest(WIDER);
    repository.git("branch", TOUCH, "main");
    const { status, summary } = review({ base: TOUCH });
    expect(summary).toContain("https://b.example.com");
    expect(status).toBe(1);
    expect(repository.files().filter((path) => path.includes("hacked"))).toEqual([]);
  });

  test("of a file do nothing, and the file is read", () => {
    const path = `${TOUCH}.cors`;
    openPullRequest(BEFORE.replace("app", "other"));
    repository.write(path, WIDER);
    repository.commit();
    const { status, summary } = review({ base: "main", paths: path });
    expect(summary).toContain("https://b.example.com");
    expect(status).toBe(1);
    expect(repository.files().filter((file) => file.includes("hacked"))).toEqual([`checkout/${path}`]);
  });

  test.each(["--output=hacked", "-h"])("%s is no option, neither as a base nor as a path", (name) => {
    repository.write("api.cors", BEFORE);
    repository.commit();
    expect(review({ base: name }).status).toBe(2);
    const asPath = review({ paths: name });
    expect(readCommands(asPath)).toContain(`::error file=${name},title=corslang::${name}: does not exist`);
    expect(asPath.status).toBe(2);
    expect(repository.files().filter((path) => path.includes("hacked"))).toEqual([]);
  });

  test("to the runner are text, in names of files and in what is compared", () => {
    openPullRequest(`# The app.\n${BEFORE}`);
    repository.write("::warning::hello.cors", "origins    https://b.example.com\n");
    repository.write("%0A::warning::hello/api.cors", "origins    https://b.example.com\n");
    repository.commit();
    const run = review({ base: "main" });
    expect(run.stdout).toMatch(/^::warning::hello\.cors$/m);
    expect(readCommands(run)).toEqual([
      "::error::there are policies that are not in the one style; run cors-compile fmt",
      "::error::the policies have widened; the summary of this job says how",
    ]);
    expect(Object.keys(run.outputs)).toEqual(["comment"]);
  });
});
