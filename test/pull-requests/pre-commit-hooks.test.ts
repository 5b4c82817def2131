import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import dsl from "../../packages/dsl/package.json" with { type: "json" };
import { createRepository, type Run, type ScratchRepository } from "./scratch-repository.js";

/* The hooks as pre-commit runs them: the words of the entry, the args, and the names of files that are to be committed. */

interface Hook {
  readonly id: string;
  readonly entry: readonly string[];
  readonly args: readonly string[];
  readonly files: RegExp;
  readonly passesFilenames: boolean;
}

const FILE = readFileSync(new URL("../../.pre-commit-hooks.yaml", import.meta.url), "utf8");

const HOOKS: readonly Hook[] = FILE.split(/^- /m)
  .slice(1)
  .map((text) => {
    const read = (key: string) => new RegExp(`^ *${key}: (.+)$`, "m").exec(text)?.[1] ?? "";
    return {
      id: read("id"),
      entry: read("entry").split(" "),
      args: read("args") === "[--]" ? ["--"] : [],
      files: new RegExp(read("files")),
      passesFilenames: read("pass_filenames") !== "false",
    };
  });

let repository: ScratchRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => repository.delete());

/** Runs a hook on what is staged; `null` where pre-commit skips it, since none of its files are. */
function runHook(id: string): Run | null {
  const hook = HOOKS.find((one) => one.id === id);
  if (!hook) throw new Error(`there is no hook ${id}`);
  repository.git("add", "--all");
  const staged = repository.git("diff", "--staged", "--name-only", "--no-ext-diff", "-z", "--diff-filter=ACMRTUXB");
  const names = staged.split("\0").filter((name) => hook.files.test(name));
  if (names.length === 0) return null;
  const command = [...hook.entry, ...hook.args, ...(hook.passesFilenames ? names : [])];
  return repository.run(command, repository.checkout);
}

const POLICY = "origins https://app.example.com\n";
const WIDER = "origins https://app.example.com, https://b.example.com\n";
/** Names of files that a shell or the command would take for something else. */
const ODD_NAMES = ["two words.cors", "$(touch hacked).cors", "--diff.cors", "check"];

test("the hooks are these, of the command's own version", () => {
  expect(HOOKS.map(({ id }) => id)).toEqual(["cors-compile-check", "cors-compile-fmt", "cors-compile-diff"]);
  const packages = HOOKS.map(({ entry }) => entry.find((word) => word.startsWith("--package=")));
  expect(new Set(packages)).toEqual(new Set([`--package=@corslang/dsl@${dsl.version}`]));
});

describe("cors-compile-check", () => {
  test("passes what is right", () => {
    for (const name of ODD_NAMES) repository.write(name, POLICY);
    expect(runHook("cors-compile-check")?.status).toBe(0);
    expect(repository.files().filter((path) => path.endsWith("/hacked"))).toEqual([]);
  });

  test("stops what is wrong, and says why", () => {
    repository.write("api.cors", "orgins https://app.example.com\n");
    const run = runHook("cors-compile-check");
    expect(run?.stderr).toContain("did you mean `origins`?");
    expect(run?.status).toBe(1);
  });

  test("is not asked about other files", () => {
    repository.write("api.cors.md", "text\n");
    expect(runHook("cors-compile-check")).toBeNull();
  });
});

// A hook that changes a file stops the commit.
test("cors-compile-fmt puts the files into the style", () => {
  for (const name of ODD_NAMES) repository.write(name, POLICY.replace(" ", "    "));
  expect(runHook("cors-compile-fmt")?.status).toBe(0);
  const changed = ODD_NAMES.filter((name) => repository.read(name) === POLICY);
  expect(changed).toEqual(ODD_NAMES.filter((name) => name.endsWith(".cors")));
});

describe("cors-compile-diff", () => {
  beforeEach(() => {
    repository.write("policies/api.cors", POLICY);
    repository.commit();
  });

  test("stops what allows more, and says what", () => {
    repository.write("policies/api.cors", WIDER);
    const run = runHook("cors-compile-diff");
    expect(run?.stdout).toContain("newly allowed\n    https://b.example.com (policies/api.cors:1)\n");
    expect(run?.status).toBe(1);
  });

  test("passes what allows less", () => {
    repository.write("policies/api.cors", "origins none\n");
    const run = runHook("cors-compile-diff");
    expect(run?.stdout).toContain("no longer allowed\n    https://app.example.com");
    expect(run?.status).toBe(0);
  });

  test("passes a policy that has moved", () => {
    repository.write("services/account.cors", POLICY);
    repository.remove("policies/api.cors");
    const run = runHook("cors-compile-diff");
    expect(run?.stdout).toContain("services/account.cors, before default in policies/api.cors\n");
    expect(run?.status).toBe(0);
  });
});
