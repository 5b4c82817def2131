import { describe, expect, test } from "vitest";
import { renderGithub } from "../../src/diagnostics/github.js";
import { compileFixtures, compileSources, ODD_NAMES } from "./sources.js";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

function unescapeMessage(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function unescapeProperty(text: string): string {
  const unescaped = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",");
  return unescaped.replaceAll("%25", "%");
}

/** Reads a step's output as a runner does (actions/runner, ActionCommand.TryParseV2); other lines are only logged. */
function readOutput(output: string): { readonly commands: readonly Command[]; readonly logged: readonly string[] } {
  const commands: Command[] = [];
  const logged: string[] = [];
  for (const line of output.split(/\r\n|\r|\n/)) {
    const [, name, properties = "", message = ""] = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      // An older form of commands is looked for anywhere in the line.
      expect(line).not.toContain("##[");
      if (line !== "") logged.push(line);
      continue;
    }
    const pairs = properties.split(",").map((pair) => /^([^=]+)=(.*)$/.exec(pair) ?? []);
    commands.push({
      name,
      properties: Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, unescapeProperty(value)])),
      message: unescapeMessage(message),
    });
  }
  return { commands, logged };
}

test("nothing to report", () => {
  expect(renderGithub(compileSources({ "api.cors": "origins *\n" }))).toBe("0 errors and 0 warnings in 1 file\n");
});

test("an error, a warning and a file that could not be read", () => {
  const sources = {
    "a.cors": "origins https://App.example.com\n",
    "b.cors": "origins https://app.example.com\nexpose Content-Type\n",
  };
  expect(renderGithub(compileSources(sources, ["gone.cors", "a.cors", "b.cors"]))).toBe(
    [
      "::error file=gone.cors,title=corslang::gone.cors: does not exist\n",
      "::error file=a.cors,line=1,endLine=1,col=9,endColumn=32,title=corslang origin-uppercase::",
      "`https://App.example.com` has upper-case letters, and browsers send origins in lower case; write `https://app.example.com`\n",
      "::warning file=b.cors,line=2,endLine=2,col=8,endColumn=20,title=corslang expose-safelisted::",
      "scripts can read `Content-Type` in any case; remove it\n",
      "1 error and 1 warning in 2 files; 1 more file with a problem\n",
    ].join(""),
  );
});

test("a related place in another file is named in the message, seen from the repository's root", () => {
  const sources = {
    "api.cors": 'import partners from "./shared.cors"\norigins @partners\ncredentials true\n',
    "shared.cors": "set partners [\n  unsafe http://old.example.org\n]\n",
  };
  expect(renderGithub(compileSources(sources, ["api.cors"]), (name) => `services/api/${name}`)).toBe(
    [
      "::error file=services/api/api.cors,line=2,endLine=2,col=9,endColumn=18,title=corslang unsafe-set::",
      "the set `partners` from another file has unsafe items, which a reader of this policy can't see; write `unsafe @partners` where that is meant",
      "%0Aservices/api/shared.cors:2:3: it is unsafe here\n",
      "1 error and 0 warnings in 1 file\n",
    ].join(""),
  );
});

test("what takes several lines has no columns", () => {
  const file = { name: "api.cors", text: "origins [\n  https://a.example\n]\n" };
  const [diagnostic] = compileSources({ "api.cors": "origins https://A.example\n" }).diagnostics;
  if (!diagnostic) throw new Error("there is nothing to move");
  const findings = {
    files: [],
    unreadable: [],
    omitted: 0,
    omittedErrors: 0,
    diagnostics: [{ ...diagnostic, span: { file, start: 0, end: file.text.length - 1 } }],
  };
  expect(renderGithub(findings)).toMatch(/^::error file=api\.cors,line=1,endLine=3,title=corslang origin-uppercase::/);
});

test("what is not listed is counted", () => {
  const origins = Array.from({ length: 130 }, (_, index) => `  https://A${index}.example.com\n`).join("");
  const output = renderGithub(compileSources({ "a.cors": `origins [\n${origins}]\n` }));
  expect(output.endsWith("\n130 errors and 0 warnings in 1 file, 30 of them not listed\n")).toBe(true);
});

describe("a file's name stays the value of a property", () => {
  test.each(ODD_NAMES)("%j", (name) => {
    const { commands, logged } = readOutput(renderGithub(compileSources({ [name]: "" }, [name, `${name}.gone`])));
    expect(commands).toEqual([
      {
        name: "error",
        properties: { file: `${name}.gone`, title: "corslang" },
        message: `${name}.gone: does not exist`,
      },
      {
        name: "error",
        properties: {
          file: name,
          line: "1",
          endLine: "1",
          col: "1",
          endColumn: "1",
          title: "corslang missing-origins",
        },
        message: "the policy `default` does not say who may call; add `origins` with a list, `*` or `none`",
      },
    ]);
    expect(logged).toEqual(["1 error and 0 warnings in 1 file; 1 more file with a problem"]);
  });
});

describe("words of a source stay in the message", () => {
  const WORDS = ["::add-mask::x", "%0A::add-mask::x", "%250A", "##[add-mask]x", "a,line=9", "100%"];

  test.each(WORDS)("%s", (word) => {
    const result = compileSources({ "a.cors": `origins *\nmethods ${word}\n` });
    const { commands, logged } = readOutput(renderGithub(result));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.map(({ message }) => message)).toEqual(result.diagnostics.map(({ message }) => message));
    expect(logged).toHaveLength(1);
  });
});

test("control characters of names do not get into the log", () => {
  expect(renderGithub(compileSources({}, ["\u001B[31mred\u202E.cors"]))).toBe(
    "::error file=\uFFFD[31mred\uFFFD.cors,title=corslang::\uFFFD[31mred\uFFFD.cors: does not exist\n0 errors and 0 warnings in 0 files; 1 more file with a problem\n",
  );
});

describe("the report of each fixture", () => {
  test.each(compileFixtures())("$name", ({ result }) => {
    const { commands, logged } = readOutput(renderGithub(result));
    expect(logged).toHaveLength(1);
    expect(commands.map(({ name, properties }) => [name, properties.file, properties.title])).toEqual(
      result.diagnostics.map(({ code, severity, span }) => [severity, span.file.name, `corslang ${code}`]),
    );
    for (const [index, { message }] of commands.entries()) {
      const diagnostic = result.diagnostics[index];
      const [first, ...others] = message.split("\n");
      expect(first).toBe(diagnostic?.message);
      expect(others).toHaveLength(diagnostic?.related.length ?? 0);
    }
  });
});
