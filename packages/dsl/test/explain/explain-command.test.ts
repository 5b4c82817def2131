import { describe, expect, test } from "vitest";
import { useWorkplace } from "../cors-compile.js";
import { createPublishedValidator } from "../reports/validators.js";

/* The command as it is installed. What it says about denials is in denials.test.ts. */

const place = useWorkplace();

const SEVERAL = `policy account {
  origins https://app.example.com
  methods PUT
  headers Content-Type
  credentials true
}

policy public {
  origins *
}
`;

const APP = ["--origin", "https://app.example.com"];

const ALLOWED = `GET from \`https://app.example.com\`, by the policy \`default\`

1. note: \`GET\` is sent at once, without a preflight
2. pass: \`https://app.example.com\` is in \`origins\` (api.cors:1:9)
3. note: of the headers of the answer, the page can read \`cache-control\`, \`content-language\`, \`content-length\`, \`content-type\`, \`expires\`, \`last-modified\` and \`pragma\`

allowed: the page gets the answer
`;

describe("an answer", () => {
  test("is printed to standard output, with exit code 0", () => {
    place.write("api.cors", "origins https://app.example.com\n");
    expect(place.corsCompile(["explain", "api.cors", ...APP])).toEqual({ status: 0, stdout: ALLOWED, stderr: "" });
    const denied = place.corsCompile(["explain", "api.cors", "--origin", "https://evil.test"]);
    expect(denied).toMatchObject({ status: 0, stderr: "" });
    expect(denied.stdout).toContain("\ndenied: ");
    expect(place.read("api.cors")).toBe("origins https://app.example.com\n");
  });

  test("can be asked of standard input", () => {
    const { status, stdout } = place.corsCompile(["explain", "-", ...APP], "origins none\n");
    expect(status).toBe(0);
    expect(stdout).toContain("2. fail: `https://app.example.com` is not in `origins` (<stdin>:1:1)");
    expect(stdout).toContain("+origins https://app.example.com\n");
  });

  test("is about a copied request", () => {
    place.write("api.cors", SEVERAL);
    place.write("request.txt", "PUT / HTTP/1.1\r\nOrigin: https://app.example.com\r\nCookie: a=1\r\n\r\n");
    const policy = ["explain", "api.cors", "--policy", "account"];
    const curl = "curl https://api.example.com -X PUT -H 'Origin: https://app.example.com' -b a=1";
    const { stdout } = place.corsCompile([...policy, "--curl", curl]);
    expect(stdout).toMatch(/^PUT from `https:\/\/app\.example\.com` with credentials, by the policy `account`\n/);
    expect(stdout).toMatch(/\nallowed: the page gets the answer\n$/);
    expect(place.corsCompile([...policy, "--raw", "request.txt"]).stdout).toBe(stdout);
    expect(place.corsCompile([...policy, "--raw", "-"], place.read("request.txt")).stdout).toBe(stdout);
    const elsewhere = place.corsCompile([...policy, "--raw", "request.txt", "--origin", "https://evil.test"]);
    expect(elsewhere.stdout).toContain("`https://evil.test` is not in `origins`");
  });

  test("is for a profile", () => {
    place.write("api.cors", "origins none\n\nwhen development {\n  origins http://localhost:*\n}\n");
    const args = ["explain", "api.cors", "--origin", "http://localhost:5173"];
    expect(place.corsCompile(args).stdout).toContain(
      "\nnote: it is allowed with --profile development (api.cors:4:11)\n",
    );
    expect(place.corsCompile([...args, "--profile", "development"]).stdout).toContain("\nallowed: ");
  });

  test("names the file of a set, and leaves it as it is", () => {
    place.write("shared.cors", "set apps [\n  https://app.example.com\n]\n");
    place.write("api.cors", 'import apps from "./shared.cors"\n\norigins @apps\n');
    expect(place.corsCompile(["explain", "api.cors", ...APP]).stdout).toContain(
      "is in `origins` (shared.cors:2:3, through `@apps`, imported from shared.cors, at api.cors:3:9)",
    );
    const { stdout } = place.corsCompile(["explain", "api.cors", "--origin", "https://b.example.com"]);
    expect(stdout).toContain("-origins @apps\n+origins @apps, https://b.example.com\n");
  });

  test("does not propose what the file's own expectations exclude", () => {
    place.write("api.cors", `origins ${APP[1]}\n\nexpect default {\n  deny from https://b.example.com\n}\n`);
    const { stdout } = place.corsCompile(["explain", "api.cors", "--origin", "https://b.example.com"]);
    expect(stdout).toContain("no change: what would have to be written does not compile: `default` allows GET from");
    expect(stdout).not.toContain("+++");
  });

  test("is about a page and a server of one origin, too", () => {
    place.write("api.cors", "origins none\n");
    const curl = "curl https://app.example.com/api -X PUT -H 'Origin: https://app.example.com'";
    const { stdout } = place.corsCompile(["explain", "api.cors", "--curl", curl]);
    expect(stdout).toContain("the page and the server are of one origin, so that CORS has no part in it");
    expect(stdout).toContain("\nallowed: ");
  });

  test("never has control characters of a request in it", () => {
    place.write("api.cors", "origins https://app.example.com\n");
    const { stdout } = place.corsCompile(["explain", "api.cors", "--origin", "https://\u001b[31m\u202e.test"]);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(stdout).toContain("`https://\uFFFD[31m\uFFFD.test` is not in `origins`");
  });
});

describe("as JSON", () => {
  const validate = createPublishedValidator("explanation.schema.json");

  test("a denial", () => {
    place.write("api.cors", SEVERAL);
    const args = ["explain", "api.cors", "--policy", "account", ...APP, "--method", "PATCH", "--format", "json"];
    const { status, stdout } = place.corsCompile(args);
    expect(status).toBe(0);
    const explanation = JSON.parse(stdout);
    expect(validate(explanation)).toEqual([]);
    expect(explanation).toMatchObject({
      version: 1,
      policy: "account",
      profile: null,
      request: { origin: "https://app.example.com", method: "PATCH", headers: [], credentials: false },
      allowed: false,
      outcome: "preflight-failed",
      reason: "method-not-allowed",
      steps: [
        { step: "preflight", result: "note", place: null },
        { step: "origin", result: "pass", place: { file: "api.cors", start: { line: 2, column: 11 } } },
        { step: "method", result: "fail", place: { file: "api.cors", start: { line: 3, column: 3 } } },
      ],
      readableHeaders: [],
      change: {
        titles: ["add `PATCH` to `methods`"],
        profile: null,
        edits: [{ file: "api.cors", start: { line: 3, column: 14 }, end: { line: 3, column: 14 }, text: ", PATCH" }],
        warnings: [],
      },
      refusedChange: null,
    });
  });

  test.each([
    [["--policy", "public"], { allowed: true, outcome: "readable", reason: null }],
    [["--policy", "public", "--read", "ETag"], { allowed: false, outcome: "readable", reason: "header-not-exposed" }],
    [["--policy", "public", "--credentials"], { outcome: "blocked", reason: "allow-origin-different" }],
    [["--policy", "account", "--method", "TRACE"], { outcome: "refused", reason: "method-forbidden" }],
    [["--policy", "account", "--header", "X-A"], { outcome: "preflight-failed", reason: "header-not-allowed" }],
  ])("%j", (args, expected) => {
    place.write("api.cors", SEVERAL);
    const { stdout } = place.corsCompile(["explain", "api.cors", ...APP, ...args, "--format", "json"]);
    const explanation = JSON.parse(stdout);
    expect(validate(explanation)).toEqual([]);
    expect(explanation).toMatchObject(expected);
  });
});

test("a policy with errors is not explained: exit code 1, and what is wrong", () => {
  place.write("api.cors", "origins https://App.example.com\n");
  const { status, stdout, stderr } = place.corsCompile(["explain", "api.cors", ...APP]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("error[origin-uppercase]");
});

describe("called wrongly: exit code 2, and one sentence", () => {
  const CALLS: readonly (readonly [args: readonly string[], problem: string])[] = [
    [["api.cors"], "explain needs a request: --origin, --curl or --raw"],
    [APP, "explain takes one policy file, and there is none"],
    [["api.cors", "sets.cors", ...APP], "explain takes one policy file, and these are 2"],
    [["folder", ...APP], "explain takes one policy file, and folder is a folder"],
    [["api.cors", ...APP], "api.cors has several policies; pass --policy with one of account, public"],
    [["api.cors", ...APP, "--policy", "acount"], "api.cors has no policy acount; did you mean account?"],
    [["api.cors", ...APP, "--policy", "other"], "api.cors has no policy other; it has account, public"],
    [["sets.cors", ...APP], "sets.cors has no policy"],
    [["api.cors", ...APP, "--profile", "staging"], "there is no profile staging; these files name none"],
    [
      ["api.cors", "--curl", "wget x"],
      "--curl: the command is not curl; copy the request as cURL, for bash or for cmd",
    ],
    [["api.cors", "--curl", "curl x", "--raw", "y"], "--curl and --raw exclude each other"],
    [["api.cors", "--curl", "curl x", "--method", "PUT"], "--curl and --method exclude each other"],
    [["api.cors", "--raw", "x", "--header", "X-A"], "--raw and --header exclude each other"],
    [["-", "--raw", "-"], "standard input is the policy or the request, and can't be both"],
    [["api.cors", "--raw", "missing.txt"], "missing.txt: does not exist"],
    [["missing.cors", ...APP], "missing.cors: does not exist"],
    [["api.cors", ...APP, "--read", "a b"], "--read takes the name of a response header"],
    [["api.cors", ...APP, "--format", "sarif"], "--format takes pretty, json"],
    [["api.cors", ...APP, "--out-dir", "x"], "cors-compile explain has no option --out-dir"],
  ];

  test.each(CALLS)("%j", (args, problem) => {
    place.write("api.cors", SEVERAL);
    place.write("sets.cors", "set apps [\n  https://app.example.com\n]\n");
    place.write("folder/a.cors", "origins *\n");
    place.write("folder/b.cors", "origins *\n");
    const { status, stdout, stderr } = place.corsCompile(["explain", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(`cors-compile: ${problem}`);
  });

  test("help and version are asked for as everywhere", () => {
    expect(place.corsCompile(["explain", "--help"])).toMatchObject({ status: 0 });
    expect(place.corsCompile(["explain", "--version"]).stdout).toMatch(/^cors-compile \d/);
  });
});
