import { describe, expect, test } from "vitest";
import { type CompileResult, compileFiles } from "../src/compile.js";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { type Code, MESSAGES } from "../src/diagnostics/messages.js";
import { createMemoryHost } from "../src/program/host.js";
import { applyEdits } from "../src/text/edit.js";
import { positionAt } from "../src/text/source-file.js";
import type { Span } from "../src/text/span.js";
import { ENTRY, readFiles, readFixtures } from "./fixtures.js";

function compileFixture(files: Record<string, string>): CompileResult {
  return compileFiles([ENTRY], createMemoryHost(files));
}

function showPlace({ file, start, end }: Span): string {
  const { line, column } = positionAt(file.text, start);
  const name = file.name === ENTRY ? "" : `${file.name}:`;
  return `${name}${line}:${column} ${JSON.stringify(file.text.slice(start, end))}`;
}

/** A diagnostic in lines: code and place, sentence, other places, fix. */
function show({ code, message, span, related, fix }: Diagnostic): string {
  return [
    `${code} ${showPlace(span)}\n`,
    `  ${message}\n`,
    ...related.map((other) => `  also ${showPlace(other.span)} ${other.message}\n`),
    fix ? `  fix: ${fix.title}\n` : "",
  ].join("");
}

const fixtures = readFixtures("diagnostics");

describe("each fixture reports what it says and nothing else", () => {
  test.each(fixtures)("$name", ({ source, expected }) => {
    const { diagnostics, files } = compileFixture(readFiles({ source }));
    expect(diagnostics.map(show).join("")).toBe(expected);
    const hasErrors = diagnostics.some(({ severity }) => severity === "error");
    expect(files[0]?.policies === null).toBe(hasErrors);
  });
});

describe("a fix mends what it is for", () => {
  // One diagnostic, of the file that is compiled, with a fix; told from what is expected, as nothing runs before the tests.
  const fixable = fixtures.filter(({ expected }) => /^\S+ \d+:\d+ .*\n(?: .*\n)* {2}fix: .*\n$/.test(expected));

  test.each(fixable)("$name compiles with its fix applied", ({ source }) => {
    const files = readFiles({ source });
    const [diagnostic] = compileFixture(files).diagnostics;
    const mended = applyEdits(files[ENTRY] ?? "", diagnostic?.fix?.edits ?? []);
    const result = compileFixture({ ...files, [ENTRY]: mended });
    expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.diagnostics.map(({ code }) => code)).not.toContain(diagnostic?.code);
    expect(result.files[0]?.policies).not.toBeNull();
  });
});

test("every code that a text can have has a fixture that reports exactly it", () => {
  const only = new Set<string>();
  for (const { source } of fixtures) {
    const codes = new Set(compileFixture(readFiles({ source })).diagnostics.map(({ code }) => code));
    if (codes.size === 1) for (const code of codes) only.add(code);
  }
  const codes = Object.keys(MESSAGES) as Code[];
  // Bytes and characters that no fixture file can hold readably have tests in text.test.ts.
  expect(codes.filter((code) => !only.has(code))).toEqual(["unknown-character", "invalid-utf8"]);
});
