import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCurl } from "../../packages/dsl/src/requests/curl.js";
import { parseRawRequest } from "../../packages/dsl/src/requests/raw-request.js";
import { splitCommand } from "../../packages/dsl/src/requests/shell-words.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";

/* Requests that were copied from somewhere are read as they were meant, and whatever else is pasted does no harm. */

/** As Chromium's developer tools quote for a POSIX shell: `escapeStringPosix` of its NetworkLogView. */
function quoteForBash(word: string): string {
  if (!/[\0-\x1F\x7F-\x9F!]|'/.test(word)) return `'${word}'`;
  const escaped = word
    .replace(/\\/g, "\\\\")
    .replace(/'/g, "\\'")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/[\0-\x1F\x7F-\x9F!]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `$'${escaped}'`;
}

/** The same for cmd: `escapeStringWin`. */
function quoteForCmd(word: string): string {
  const escaped = word
    .replace(/\\/g, "\\\\")
    .replace(/"/g, '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, "^$&")
    .replace(/%(?=[a-zA-Z0-9_])/g, "%^")
    .replace(/\r?\n/g, "^\n\n");
  return `^"${escaped}^"`;
}

const SHELLS = {
  bash: { quote: quoteForBash, between: " \\\n  " },
  cmd: { quote: quoteForCmd, between: " ^\n  " },
} as const;

/** A line end is one for every shell; what else of white space there is stays. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom(..."'\"\\^$%!`\n\t #a1&|<>(){}[]*?~;=") }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((word) => word.replace(/\r/g, "")));

function roundTrip(shell: keyof typeof SHELLS, change: (line: string) => string): fc.IProperty<[readonly string[]]> {
  const { quote, between } = SHELLS[shell];
  return fc.property(words, (list) => {
    const line = ["curl", ...list.map(quote)].join(between);
    expect(splitCommand(change(line))).toEqual(["curl", ...list]);
  });
}

describe(`copied requests, CORSLANG_SEED=${SEED}`, () => {
  test.each(["bash", "cmd"] as const)("words are what was quoted for %s", async (shell) => {
    await expectToHold(
      roundTrip(shell, (line) => line),
      3000,
    );
  });

  test("a planted bug is found", async () => {
    await expectToFail(
      roundTrip("bash", (line) => line.replaceAll("\\'", "'")),
      3000,
    );
    await expectToFail(
      roundTrip("cmd", (line) => line.replaceAll("^\n\n", "^\n")),
      3000,
    );
  });

  test("any text is a request, or says why it is none", async () => {
    const pieces = ["curl", " ", "-H", "'", '"', "$'", "^", "\\", "\n", "\r\n", ":", "-X", "--", "-", "GET / HTTP/1.1"];
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(...pieces)).map((list) => list.join("")),
    );
    const property = fc.property(texts, (text) => {
      for (const read of [parseCurl(text), parseCurl(`curl ${text}`), parseRawRequest(text)]) {
        if ("problem" in read) expect(read.problem).not.toBe("");
        else for (const header of read.headers) expect(header.map((part) => typeof part)).toEqual(["string", "string"]);
      }
    });
    await expectToHold(property, 3000);
  });
});
