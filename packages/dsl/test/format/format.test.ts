import { describe, expect, test } from "vitest";
import { format } from "../../src/format/format.js";
import { readFixtures } from "../fixtures.js";

describe("each fixture becomes what it says", () => {
  test.each(readFixtures("format"))("$name", ({ source, expected }) => {
    expect(format(source).text).toBe(expected);
  });
});

describe("the beginning and the end of a text", () => {
  test.each([
    ["nothing", "", ""],
    ["white space alone", " \t\r\n\n  ", ""],
    ["a comment alone", "  # a", "# a\n"],
    ["no line end", "origins *", "origins *\n"],
    ["many line ends", "\n\norigins *\n\n\n", "origins *\n"],
    ["a byte-order mark", "\uFEFForigins *\n", "origins *\n"],
    ["a byte-order mark alone", "\uFEFF", ""],
    ["CRLF", "# a\r\n\r\n\r\norigins [ * ]\r\n", "# a\n\norigins [\n  *\n]\n"],
    ["both line ends", "# a\r\norigins *\nmethods GET # b\r\n", "# a\norigins *\nmethods GET # b\n"],
  ])("%s", (_what, source, expected) => {
    expect(format(source)).toEqual({ text: expected, diagnostics: [], omitted: 0 });
  });

  test("a word that begins with U+FEFF is not taken for a byte-order mark the second time", () => {
    const text = "\uFEFF\uFEFForigins *\n";
    expect(format(" \uFEFForigins *\n").text).toBe(text);
    expect(format(text).text).toBe(text);
  });
});

describe("a text whose syntax is wrong is left as it is", () => {
  test.each([
    ["syntax", "origins  * {\n}\n"],
    ["unclosed-block", "policy  a {\norigins *\n"],
    ["unclosed-list", "origins  [ *\n"],
    ["missing-comma", "methods  GET PUT\n"],
    ["unknown-character", "origins  * # \u202E\n"],
    ["unknown-character", "origins  *\r\r\n"],
  ])("%s in %j", (code, source) => {
    const { text, diagnostics } = format(source, "api.cors");
    expect(text).toBe(source);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics[0]?.span.file.name).toBe("api.cors");
  });

  test("with all that is wrong with it, or how much more that is", () => {
    const { diagnostics, omitted } = format("methods GET PUT\n".repeat(250));
    expect([diagnostics.length, omitted]).toEqual([100, 150]);
  });

  test("and nothing else is said of it", () => {
    const { diagnostics } = format("colours  red\nmethods get put\n");
    expect(diagnostics.map(({ code }) => code)).toEqual(["missing-comma"]);
  });
});

test("a setting that there is none of is left as it is, but for where it begins and its lines end", () => {
  const source = "policy a {\ncolours   red,,green [\r\n   blue  \t\r\n\n ]   # why\r\nmethods   GET\n}\n";
  const text = "policy a {\n  colours   red,,green [\n   blue\n\n ]   # why\n  methods GET\n}\n";
  expect(format(source)).toEqual({ text, diagnostics: [], omitted: 0 });
  expect(format(text).text).toBe(text);
});

describe("large texts", () => {
  test.each([
    ["a list", (count: number) => `origins [\n${"https://a.example.com, # one\n".repeat(count)}]\n`],
    ["a line", (count: number) => `origins ${"https://a.example.com , ".repeat(count)}*\n`],
    ["a column", (count: number) => "methods  GET # one\n".repeat(count)],
    ["empty lines", (count: number) => `origins *${"\n".repeat(count)}methods GET\n`],
    ["white space in a line", (count: number) => `# a${" \t".repeat(count)}b\norigins${" ".repeat(count)}*\n`],
  ])("%s", (_what, make) => {
    const source = make(50_000);
    const { text, diagnostics } = format(source);
    expect(diagnostics).toEqual([]);
    // Not by toBe, which would print both.
    expect(format(text).text === text).toBe(true);
  });
});
