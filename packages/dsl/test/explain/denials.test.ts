import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { PLAIN } from "../../src/diagnostics/pretty.js";
import type { JsonExplanation } from "../../src/explain/json.js";
import { format } from "../../src/format/format.js";
import { splitCommand } from "../../src/requests/shell-words.js";
import { applyEdits } from "../../src/text/edit.js";
import { ENTRY, type Fixture, readFiles, readFixtures } from "../fixtures.js";

/*
 * What people read about a denial, in full. The first line of a fixture's policy is the command's arguments behind
 * `explain policy.cors`.
 */

const denials = readFixtures("explain");

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cors-compile-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes the files of a fixture; gives back its arguments. */
function writeFixture(fixture: Fixture): readonly string[] {
  for (const [name, text] of Object.entries(readFiles(fixture))) writeFileSync(join(folder, name), text);
  const [line = ""] = fixture.source.split("\n", 1);
  return ["explain", join(folder, ENTRY), ...splitCommand(line.replace("# ", ""))];
}

function corsCompile(args: readonly string[]): { readonly status: number; readonly out: string } {
  let out = "";
  const print = (text: string) => {
    out += text;
  };
  const status = run(args, { out: print, error: print, style: PLAIN });
  // As if it had been called in that folder.
  return { status, out: out.replaceAll(join(folder, "/"), "") };
}

function withoutColumns(text: string): string {
  return text.replace(/(?<=\S) +/g, " ");
}

describe("a denial in words", () => {
  test.each(denials)("$name", (fixture) => {
    const args = writeFixture(fixture);
    expect(corsCompile(args)).toEqual({ status: 0, out: fixture.expected });
  });
});

describe("what is proposed is what makes it allowed", () => {
  const withChange = denials.filter(({ expected }) => expected.includes("\nchange: "));

  test.each(withChange)("$name", (fixture) => {
    const args = writeFixture(fixture);
    const { change }: JsonExplanation = JSON.parse(corsCompile([...args, "--format", "json"]).out);
    if (!change) throw new Error("nothing is proposed");
    const text = readFiles(fixture)[ENTRY] ?? "";
    const file = { name: ENTRY, text };
    const edits = change.edits.map(({ start, end, text: written }) => {
      return { span: { file, start: start.offset, end: end.offset }, text: written };
    });
    const changed = applyEdits(text, edits);
    writeFileSync(join(folder, ENTRY), changed);
    const profile = change.profile === null ? [] : ["--profile", change.profile];
    const { out } = corsCompile([...args, ...profile]);
    expect(out).toMatch(/^allowed: the page gets the answer$/m);
    // What is written in the style stays so, but for the columns, which a longer word moves in the lines around it.
    if (format(text).text === text) expect(withoutColumns(format(changed).text)).toBe(withoutColumns(changed));
  });

  test("most denials have a proposal", () => {
    expect(withChange.length).toBeGreaterThan(denials.length / 2);
  });
});

test("there are denials of every kind", () => {
  expect(denials.length).toBeGreaterThanOrEqual(30);
});
