import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { readCodeSpans, readFile, readTable } from "./markdown.js";

/* docs/reviewing.md says of the action and the hooks what they are; what they do is tested in test/pull-requests. */

const DOCUMENT = "docs/reviewing.md";
const [, INPUTS = ""] = /^inputs:\n(.*?)^outputs:/ms.exec(readFile("action.yml")) ?? [];

test("the inputs of the action are all listed, with what they are without being set", () => {
  const inputs = INPUTS.split(/^ {2}(?=\S)/m)
    .slice(1)
    .map((text) => [/^[\w-]+/.exec(text)?.[0], /^ {4}default: "?(.*?)"?$/m.exec(text)?.[1]]);
  const base = inputs.find(([input]) => input === "base")?.[1];
  expect(base).toContain("github.event.pull_request.base.sha");
  const listed = readTable(DOCUMENT, "input", "default").map(([input = "", without = ""]) => [
    readCodeSpans(input)[0],
    without === "the pull request's base" ? base : (readCodeSpans(without)[0] ?? ""),
  ]);
  expect(listed).toEqual(inputs);
});

test("the hooks are all named", () => {
  const hooks = [...readFile(".pre-commit-hooks.yaml").matchAll(/^- id: (.+)$/gm)].map(([, id]) => id);
  const named = [...readFile(DOCUMENT).matchAll(/^ +- id: (cors-.+)$/gm)].map(([, id]) => id);
  expect(named).toEqual(hooks);
});

test("versions are this one", () => {
  const versions = [...readFile(DOCUMENT).matchAll(/(?:corslang@|rev: )v(\S+)/g)].map(([, version]) => version);
  expect(versions.length).toBeGreaterThan(2);
  expect(new Set(versions)).toEqual(new Set([packageJson.version]));
});
