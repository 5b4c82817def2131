import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.js";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { type Code, MESSAGES } from "../src/diagnostics/messages.js";
import { positionAt } from "../src/text/source-file.js";
import type { Span } from "../src/text/span.js";
import { applyEdits } from "./edits.js";
import { readFixtures } from "./fixtures.js";

function showPlace(source: string, span: Span): string {
  const { line, column } = positionAt(source, span.start);
  return `${line}:${column} ${JSON.stringify(source.slice(span.start, span.end))}`;
}

/** A diagnostic in lines: code and place, sentence, other places, fix. */
function show(source: string, { code, message, span, related, fix }: Diagnostic): string {
  return [
    `${code} ${showPlace(source, span)}\n`,
    `  ${message}\n`,
    ...related.map((other) => `  also ${showPlace(source, other.span)} ${other.message}\n`),
    fix ? `  fix: ${fix.title}\n` : "",
  ].join("");
}

const fixtures = readFixtures("diagnostics");

describe("each fixture reports what it says and nothing else", () => {
  test.each(fixtures)("$name", ({ source, expected }) => {
    const { diagnostics, policies } = compile(source);
    expect(diagnostics.map((diagnostic) => show(source, diagnostic)).join("")).toBe(expected);
    expect(policies).toEqual([]);
  });
});

describe("a fix mends what it is for", () => {
  const fixable = fixtures.filter(({ source }) => {
    const { diagnostics } = compile(source);
    return diagnostics.length === 1 && diagnostics[0]?.fix;
  });

  test.each(fixable)("$name compiles with its fix applied", ({ source }) => {
    const edits = compile(source).diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
    const mended = compile(applyEdits(source, edits));
    expect(mended.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(mended.policies).not.toEqual([]);
  });
});

test("every code that a text can have has a fixture that reports exactly it", () => {
  const only = new Set<string>();
  for (const { source } of fixtures) {
    const codes = new Set(compile(source).diagnostics.map(({ code }) => code));
    if (codes.size === 1) for (const code of codes) only.add(code);
  }
  const codes = Object.keys(MESSAGES) as Code[];
  // Bytes and characters that no fixture file can hold readably have tests in text.test.ts.
  expect(codes.filter((code) => !only.has(code))).toEqual(["unknown-character", "invalid-utf8"]);
});
