import { describe, expect, test } from "vitest";
import {
  byteLowercase,
  extractTokens,
  getHeader,
  normalizeHeaderValue,
  splitHeaderValue,
  toSortedLowercaseSet,
} from "../../src/browser/header-list.js";
import { isToken } from "../../src/characters.js";

describe("isToken", () => {
  test.each(["PUT", "x-a", "*", "!#$%&'*+-.^_`|~09azAZ"])("%j is one", (text) => {
    expect(isToken(text)).toBe(true);
  });

  test.each(["", "a b", "a:", '"a"', "a;b", "a,b", "a/b", "a\n", "ä", "a\u0000", "[a]", "a=b"])(
    "%j is none",
    (text) => {
      expect(isToken(text)).toBe(false);
    },
  );
});

test("byteLowercase leaves what is not ASCII alone", () => {
  expect(byteLowercase("X-ÄK\u212A")).toBe("x-Äk\u212A");
});

test("normalizeHeaderValue strips HTTP white space, and no other", () => {
  expect(normalizeHeaderValue("\t\r\n a \t b \n")).toBe("a \t b");
  expect(normalizeHeaderValue("\u00a0a\f")).toBe("\u00a0a\f");
  expect(normalizeHeaderValue(" \t ")).toBe("");
});

describe("getHeader", () => {
  test("finds a name in any case, and strips its value", () => {
    expect(getHeader("x-a", [["X-A", "\t 1 "]])).toBe("1");
  });

  test("joins several lines, empty ones too", () => {
    const headers = [
      ["X-A", "1"],
      ["X-B", "2"],
      ["x-a", ""],
    ] as const;
    expect(getHeader("X-a", headers)).toBe("1, ");
  });

  test("tells absent from empty", () => {
    expect(getHeader("x-a", [])).toBeNull();
    expect(getHeader("x-a", [["x-a", ""]])).toBe("");
  });
});

describe("extractTokens", () => {
  const extract = (...lines: string[]) =>
    extractTokens(
      "x-a",
      lines.map((line) => ["X-A", line]),
    );

  test.each([
    { lines: [], tokens: null },
    { lines: [""], tokens: [] },
    { lines: ["PUT"], tokens: ["PUT"] },
    { lines: ["a,b ,\tc"], tokens: ["a", "b", "c"] },
    { lines: [", ,a,,"], tokens: ["a"] },
    { lines: ["a", "b, c"], tokens: ["a", "b", "c"] },
    { lines: ["*"], tokens: ["*"] },
    { lines: ["a, b c"], tokens: "failure" },
    { lines: ["a", "b;"], tokens: "failure" },
    { lines: ['"a"'], tokens: "failure" },
    { lines: ["a\u00a0"], tokens: "failure" },
  ])("$lines", ({ lines, tokens }) => {
    expect(extract(...lines)).toEqual(tokens);
  });
});

test.each([
  { value: "", elements: [] },
  { value: "a , b", elements: ["a", "b"] },
  { value: 'a"b,c"d, e', elements: ['a"b,c"d', "e"] },
  { value: '"a\\",b", c', elements: ['"a\\",b"', "c"] },
  { value: '"a, b', elements: ['"a, b'] },
  { value: '"a, b\\', elements: ['"a, b\\'] },
])("splitHeaderValue: $value", ({ value, elements }) => {
  expect(splitHeaderValue(value)).toEqual(elements);
});

test("toSortedLowercaseSet sorts by bytes", () => {
  expect(toSortedLowercaseSet(["X~", "x_b", "X2", "x-b", "X", "x-B"])).toEqual(["x", "x-b", "x2", "x_b", "x~"]);
});
