import { expect, test } from "vitest";
import { useWorkplace } from "../cors-compile.js";
import { createPublishedValidator } from "../reports/validators.js";

const { write, corsCompile } = useWorkplace();

const OLD = "origins https://app.example.com\n";
const WIDER = "origins https://app.example.com, https://www.example.com\n";
const REMEMBERED = "origins https://app.example.com\nmax-age 10m\n";

test.each([
  [WIDER, OLD, [], 0],
  [OLD, WIDER, [], 0],
  [OLD, WIDER, ["--fail-on", "widened"], 1],
  [OLD, WIDER, ["--fail-on", "changed"], 1],
  [WIDER, OLD, ["--fail-on", "widened"], 0],
  [WIDER, OLD, ["--fail-on", "changed"], 1],
  // Nobody is let in by it.
  [OLD, REMEMBERED, ["--fail-on", "widened"], 0],
  [OLD, REMEMBERED, ["--fail-on", "changed"], 1],
  [OLD, `# The same.\n\n${OLD}`, ["--fail-on", "changed"], 0],
])("from %j to %j with %j the exit code is %i", (before, after, options, status) => {
  write("old.cors", before);
  write("new.cors", after);
  expect(corsCompile(["diff", "old.cors", "new.cors", ...options])).toMatchObject({ status, stderr: "" });
});

test("two files are versions of one, and standard input may be one of them", () => {
  write("new.cors", WIDER);
  const { stdout } = corsCompile(["diff", "-", "new.cors"], OLD);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "default in new.cors",
    "  newly allowed",
    "    https://www.example.com (new.cors:1)",
  ]);
});

test("a version with errors is not compared, and its errors are shown", () => {
  write("old.cors", "orgins *\n");
  write("new.cors", WIDER);
  const { status, stdout, stderr } = corsCompile(["diff", "old.cors", "new.cors"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("error[unknown-setting]");
  expect(stderr).toContain("old.cors:1:1");
});

test("warnings are not shown", () => {
  write("old.cors", "origins http://localhost\n");
  expect(corsCompile(["diff", "old.cors", "old.cors"])).toEqual({
    status: 0,
    stdout: "1 policy means the same\n",
    stderr: "",
  });
});

test("a folder may be empty in one version, and not in both", () => {
  write("old/readme.txt", "");
  write("new/api.cors", OLD);
  write("none/readme.txt", "");
  expect(corsCompile(["diff", "old", "new", "--fail-on", "widened"]).status).toBe(1);
  expect(corsCompile(["diff", "old", "none"])).toEqual({
    status: 2,
    stdout: "",
    stderr: "cors-compile: there is no .cors file in old and none, in either version\n",
  });
});

test.each([
  [["diff"], "diff takes two files or two folders, the old one first; or --git REV"],
  [["diff", "a.cors"], "diff takes two files or two folders, the old one first; or --git REV"],
  [["diff", "a.cors", "b.cors", "c.cors"], "diff takes two files or two folders, the old one first; or --git REV"],
  [["diff", "a.cors", "b.cors", "--format", "sarif"], "--format takes pretty, markdown, json"],
  [["diff", "a.cors", "b.cors", "--fail-on", "narrowed"], "--fail-on takes widened or changed"],
  [["diff", "a.cors", "b.cors", "--emit", "json"], "cors-compile diff has no option --emit"],
  [["diff", "--git"], "--git takes a revision, or two as in main..feature"],
  [
    ["diff", "--git", "main...feature"],
    "--git takes OLD..NEW; for where two branches parted, write $(git merge-base OLD NEW)..NEW",
  ],
  [["check", "--git", "main"], "cors-compile check has no option --git"],
])("%j is refused", (args, problem) => {
  expect(corsCompile(args)).toEqual({
    status: 2,
    stdout: "",
    stderr: `cors-compile: ${problem}\ntry cors-compile --help\n`,
  });
});

test.each([
  [["missing.cors", "api.cors"], "missing.cors: does not exist"],
  [["api.cors", "missing"], "missing: does not exist"],
  [["api.cors", "folder"], "diff takes two files or two folders, and these are one of each"],
  [["-", "-"], "standard input can be one of the two versions, not both"],
])("%j can't be compared", (paths, problem) => {
  write("api.cors", OLD);
  write("folder/api.cors", OLD);
  expect(corsCompile(["diff", ...paths])).toEqual({ status: 2, stdout: "", stderr: `cors-compile: ${problem}\n` });
});

test("the report for programs has all origins, and fits its schema", () => {
  const validate = createPublishedValidator("comparison.schema.json");
  const origins = Array.from({ length: 50 }, (_, index) => `https://n${index}.example.com`);
  write("old/api.cors", `${OLD}methods *\nexpose ETag\n\npolicy gone {\n  origins *\n}\n`);
  write(
    "new/api.cors",
    `origins https://app.example.com, ${origins.join(", ")}\ncredentials true\nmax-age 1h\n\nwhen staging {\n  headers X-A\n}\n`,
  );
  const { stdout } = corsCompile(["diff", "old", "new", "--format", "json"]);
  const report = JSON.parse(stdout);
  expect(validate(report)).toEqual([]);
  expect(report).toMatchObject({ version: 1, widened: true, changed: true });
  const [changed, removed] = report.policies;
  expect(changed).toMatchObject({
    status: "changed",
    after: { file: "api.cors", name: "default" },
    profiles: [null, "staging"],
  });
  expect(removed).toMatchObject({ status: "removed", before: { file: "api.cors", name: "gone" }, after: null });
  const gained = changed.changes.find((change: { kind: string }) => change.kind === "origins");
  expect(gained.origins.map(({ pattern }: { pattern: string }) => pattern)).toEqual(origins);
  const kinds = changed.changes.map(({ kind, effect }: { kind: string; effect?: string }) => `${kind} ${effect ?? ""}`);
  expect(new Set(kinds)).toEqual(
    new Set([
      "origins newly-allowed",
      "requestHeaders newly-allowed",
      "credentials newly-allowed",
      "methods no-longer-allowed",
      "responseHeaders no-longer-allowed",
      "preflightSeconds ",
    ]),
  );
});

test("a comment for a pull request has the summary in its heading, and quotes what is from the policies", () => {
  write("old/a`b @someone <img src=x>.cors", OLD);
  write("new/a`b @someone <img src=x>.cors", WIDER);
  expect(
    corsCompile(["diff", "old", "new", "--format", "markdown"]).stdout,
  ).toBe(`### CORS policies: 1 policy allows more

#### \`default\` in \`\` a\`b @someone <img src=x>.cors \`\`

**Newly allowed**

- \`https://www.example.com\` (\`\` new/a\`b @someone <img src=x>.cors:1 \`\`)
  - may use \`GET\`, \`HEAD\`, \`POST\`; without credentials; preflights remembered for 5 seconds
  - for example \`GET\` from \`https://www.example.com\`: kept from the page before, allowed now

**Unchanged**

- methods, request headers, response headers, credentials, preflight caching
`);
});

test("no name of a file breaks out of the line that it is in", () => {
  const name = "x\n# heading\u001B[31m.cors";
  write(`old/${name}`, OLD);
  write(`new/${name}`, WIDER);
  for (const format of ["pretty", "markdown"]) {
    const { stdout } = corsCompile(["diff", "old", "new", "--format", format]);
    expect(stdout).not.toMatch(/^# heading|\u001B/m);
    expect(stdout).toContain("x\uFFFD# heading\uFFFD[31m.cors");
  }
});
