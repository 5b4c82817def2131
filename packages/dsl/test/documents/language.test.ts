import { createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { RESERVED_WORDS, SETTING_NAMES } from "../../src/syntax/vocabulary.js";
import { readCodeSpans, readProse, readTable } from "./markdown.js";

const DOCUMENT = "docs/language.md";

/** The section below a heading. */
function readSection(heading: string): string {
  const [, section = ""] = readProse(DOCUMENT).split(`\n## ${heading}\n`);
  return section.split("\n## ")[0] ?? "";
}

function isAllowed(pattern: string, origin: string): boolean {
  const [policy] = compile(`origins ${pattern}\n`).policies;
  if (!policy) throw new Error(`${pattern} does not compile`);
  const request = { method: "GET", origin, requestMethod: null, requestHeaders: null };
  return createMatcher(policy.compiled).decide(request).outcome === "actual-allowed";
}

describe("the table of patterns is true", () => {
  const rows = readTable(DOCUMENT, "pattern", "allows", "does not allow").map(
    ([pattern = "", allowed = "", denied = ""]) => ({
      pattern: readCodeSpans(pattern)[0] ?? "",
      allowed: readCodeSpans(allowed),
      denied: readCodeSpans(denied),
    }),
  );

  test.each(rows)("$pattern", ({ pattern, allowed, denied }) => {
    expect(allowed.filter((origin) => !isAllowed(pattern, origin))).toEqual([]);
    expect(denied.filter((origin) => isAllowed(pattern, origin))).toEqual([]);
    expect(Math.min(allowed.length, denied.length)).toBeGreaterThan(0);
  });
});

test("the table of settings has all settings", () => {
  const names = readTable(DOCUMENT, "setting", "value").map(([name = ""]) => readCodeSpans(name)[0]);
  expect(names).toEqual(SETTING_NAMES);
});

test("every setting has a section", () => {
  const headings = [...readSection("Settings").matchAll(/^### (.+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(SETTING_NAMES);
});

test("the reserved words are all listed", () => {
  const [words = ""] = readSection("Reserved words").split("Nor can");
  expect(
    readCodeSpans(words)
      .filter((word, index, all) => all.indexOf(word) === index)
      .sort(),
  ).toEqual([...RESERVED_WORDS].sort());
});

test("the reasons of a denial are all listed", () => {
  const reasons = readTable(DOCUMENT, "reason", "when").map(([reason = ""]) => readCodeSpans(reason)[0]);
  const policy = compile("origins https://a.example.com\nheaders X-A\n").policies[0];
  if (!policy) throw new Error("the policy does not compile");
  const { explain } = createMatcher(policy.compiled);
  const told = [
    ["GET", "x", null, null],
    ["GET", "https://b.example.com", null, null],
    ["OPTIONS", "https://a.example.com", "P T", null],
    ["OPTIONS", "https://a.example.com", "PUT", null],
    ["OPTIONS", "https://a.example.com", "GET", "x a"],
    ["OPTIONS", "https://a.example.com", "GET", "x-b"],
  ] as const;
  expect(
    told.map(
      ([method, origin, requestMethod, requestHeaders]) =>
        explain({ method, origin, requestMethod, requestHeaders })?.reason,
    ),
  ).toEqual(reasons);
});
