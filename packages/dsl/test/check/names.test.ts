import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.js";
import { mend } from "../mend.js";

/* Methods, and names of headers in `headers` and `expose`. */

function codesOf(source: string): string[] {
  return check(`origins *\n${source}\n`).diagnostics.map(({ code }) => code);
}

describe("`none` beside other items is told for the setting", () => {
  test.each(["methods", "headers", "expose", "origins"])("%s", (name) => {
    const origins = name === "origins" ? "" : "origins https://a.example.com\n";
    const { diagnostics } = check(`${origins}${name} none, DELETE\n`);
    expect(diagnostics.map(({ message }) => message)).toContain(
      `\`none\` in \`${name}\` means that nothing is listed; write it alone, or leave it out`,
    );
  });
});

describe("a quote is a character of tokens (RFC 9110, 5.6.2), but not around a whole name", () => {
  test.each(["x'a'", "'a'x", "a'x", "'a", "x`a`", "`a`x", "`a", "'a`"])("%s is a name", (name) => {
    expect(codesOf(`headers ${name}`)).toEqual([]);
  });

  test.each([
    ["'a'", "a"],
    ["''", null],
    ["`a`", "a"],
    ["`ab`", "ab"],
    ['"a"', "a"],
    ['"""a"""', "a"],
    ["'a';", "a"],
    ["a:", "a"],
    ["a;", "a"],
    ["a:;", "a"],
    ['a"b"c', null],
    ['"a"b"', null],
    ["a;b", null],
    ["a:b:", null],
    [":a", null],
  ])("%s is none; the fix: %s", (name, meant) => {
    for (const setting of ["headers", "expose"]) {
      const mended = meant === null ? null : `origins *\n${setting} ${meant}\n`;
      expect(mend(`origins *\n${setting} ${name}\n`, "header-syntax")).toBe(mended);
    }
    const mended = meant === null ? null : `origins *\nmethods ${meant}\n`;
    expect(mend(`origins *\nmethods ${name}\n`, "method-syntax")).toBe(mended);
  });

  test("a text of more than 200 characters is no name in quotes", () => {
    const fixFor = (name: string) => mend(`origins *\nheaders ${name}\n`, "header-syntax");
    expect(fixFor(`"${"a".repeat(198)}"`)).toBe(`origins *\nheaders ${"a".repeat(198)}\n`);
    expect(fixFor(`"${"a".repeat(199)}"`)).toBeNull();
  });
});

test("of a name that is none nothing else is said", () => {
  expect(codesOf("headers Access-Control-*, Sec-*")).toEqual(["header-syntax", "header-syntax"]);
  expect(codesOf("expose Access-Control-*")).toEqual(["header-syntax"]);
  expect(codesOf("methods trace*")).toEqual(["method-syntax"]);
});

describe("headers that put another method into a POST", () => {
  test.each(["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "x-method-override"])("%s", (name) => {
    expect(codesOf(`headers ${name}`)).toEqual(["method-override-header"]);
    expect(codesOf(`methods DELETE\nheaders ${name}`)).toEqual(["method-override-header"]);
    // Where every method is allowed there is nothing to get past.
    expect(codesOf(`methods *\nheaders ${name}`)).toEqual([]);
  });
});

describe("what no script can read", () => {
  test.each([
    ["Set-Cookie", "expose-forbidden"],
    ["Set-Cookie2", "expose-forbidden"],
    ["Origin", "expose-forbidden"],
    ["Cookie", "expose-forbidden"],
    ["Host", "expose-forbidden"],
    ["Referer", "expose-forbidden"],
    ["Access-Control-Request-Headers", "expose-forbidden"],
    ["Access-Control-Max-Age", "expose-cors-header"],
  ])("%s: %s", (name, code) => {
    expect(codesOf(`expose ${name}`)).toEqual([code]);
    expect(codesOf(`expose ${name.toLowerCase()}`)).toEqual([code]);
  });

  test.each(["X-Origin", "Hosts", "X-Access-Control-Request-Headers", "Set-Cookies"])("%s is none of these", (name) => {
    expect(codesOf(`expose ${name}`)).toEqual([]);
  });
});

describe("a repeated item is told once", () => {
  const SETS = "set one [ LOCK ]\nset two [ LOCK ]\n";

  test("though a profile has the two the other way round", () => {
    const { diagnostics } = check(`${SETS}origins *\nmethods @one, @two\nwhen staging {\n  methods @two, @one\n}\n`);
    expect(diagnostics.map(({ code, span }) => [code, span.start])).toEqual([
      ["method-redundant", SETS.lastIndexOf("LOCK")],
    ]);
  });

  test("where a profile alone repeats it", () => {
    const source = "origins *\nmethods LOCK\nwhen staging {\n  methods += LOCK\n}\n";
    const { diagnostics } = check(source);
    expect(diagnostics.map(({ code, span }) => [code, span.start])).toEqual([
      ["method-redundant", source.lastIndexOf("LOCK")],
    ]);
  });
});
