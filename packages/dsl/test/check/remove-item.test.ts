import { describe, expect, test } from "vitest";
import { mend } from "../mend.js";

/* What a fix leaves behind that takes an item out of a list: no comma too many, none too few, and no comment astray. */

describe("an item goes with what separates it from the others", () => {
  test.each([
    ["the first", "methods TRACE, PUT\n", "methods PUT\n"],
    ["one in the middle", "methods GET, TRACE, PUT\n", "methods GET, PUT\n"],
    ["the last", "methods PUT, TRACE\n", "methods PUT\n"],
    ["the first without a line end", "methods TRACE, PUT", "methods PUT"],
    ["the last without a line end", "methods PUT, TRACE", "methods PUT"],
    ["the last before a carriage return", "methods PUT, TRACE\r\nexpose ETag\r\n", "methods PUT\r\nexpose ETag\r\n"],
    ["the first between blanks", "methods TRACE \t,\t PUT\n", "methods PUT\n"],
    ["the last between blanks", "methods PUT \t,\t TRACE\n", "methods PUT\n"],
    ["without blanks", "methods GET,TRACE,PUT\n", "methods GET,PUT\n"],
    ["the last before a comment", "methods PUT, TRACE # not any more\n", "methods PUT # not any more\n"],
    ["the last before a comment with a comma", "methods PUT, TRACE # no, never\n", "methods PUT # no, never\n"],
    ["the first of a line of a list", "methods [\n  TRACE, PUT\n]\n", "methods [\n  PUT\n]\n"],
    ["the first in brackets", "methods [TRACE, PUT]\n", "methods [PUT]\n"],
    ["the last in brackets", "methods [ PUT, TRACE ]\n", "methods [ PUT ]\n"],
    ["the last in brackets, with a comma", "methods [ PUT, TRACE, ]\n", "methods [ PUT, ]\n"],
    ["the last before a bracket and a line end", "methods [PUT, TRACE\n]\n", "methods [PUT\n]\n"],
    ["the last of a line with a comma", "methods [\n  GET, TRACE,\n  PUT\n]\n", "methods [\n  GET,\n  PUT\n]\n"],
    [
      "the last of a line with a comma and a comment",
      "methods [\n  GET, TRACE, # one\n  PUT\n]\n",
      "methods [\n  GET, # one\n  PUT\n]\n",
    ],
    [
      "the last of a line with a comma and a carriage return",
      "methods [\n  GET, TRACE,\r\n  PUT\n]\n",
      "methods [\n  GET,\r\n  PUT\n]\n",
    ],
  ])("%s", (_what, source, mended) => {
    expect(mend(`origins *\n${source}`, "method-forbidden")).toBe(`origins *\n${mended}`);
  });
});

describe("an item that has a line of its own goes with the line", () => {
  test.each([
    ["and the line end", "  TRACE\n"],
    ["and a comma", "  TRACE,\n"],
    ["and a comma among blanks", " \tTRACE \t, \t\n"],
    ["and a carriage return", "  TRACE\r\n"],
    ["and a comment", "  TRACE # not any more\n"],
    ["and a comma and a comment", "  TRACE, # not any more, and never again\n"],
    ["without blanks before it", "TRACE\n"],
  ])("%s", (_what, line) => {
    const mended = "origins *\nmethods [\n  GET\n  PUT\n]\n";
    expect(mend(`origins *\nmethods [\n  GET\n${line}  PUT\n]\n`, "method-forbidden")).toBe(mended);
    expect(mend(`origins *\nmethods [\n  GET\n  PUT\n${line}]\n`, "method-forbidden")).toBe(mended);
  });

  test("at the end of a file that lacks the bracket", () => {
    expect(mend("origins *\nmethods [\n  PUT\n  TRACE", "method-forbidden")).toBe("origins *\nmethods [\n  PUT\n");
  });

  test("at the start of the file", () => {
    expect(mend("methods [\n  TRACE\n]\norigins *\n", "method-forbidden")).toBe("methods [\n]\norigins *\n");
  });
});

test("an item goes with its `unsafe`", () => {
  expect(mend("origins https://*.example.com, unsafe https://a.example.com\n", "origin-redundant")).toBe(
    "origins https://*.example.com\n",
  );
  expect(mend("origins [\n  https://*.example.com\n  unsafe   https://a.example.com\n]\n", "origin-redundant")).toBe(
    "origins [\n  https://*.example.com\n]\n",
  );
});

test("an item of one letter is not taken for a line", () => {
  expect(mend("origins *\nmethods PUT, X\n", "method-unknown-to-node")).toBe("origins *\nmethods PUT\n");
});

test("an item without a comma before it has no fix of its own", () => {
  expect(mend("origins *\nmethods GET, PUT TRACE\n", "method-forbidden")).toBeNull();
});

describe("an item of which nothing would be left has no fix", () => {
  test.each(["methods TRACE\n", "methods [ TRACE ]\n", "methods [TRACE,]\n", "methods TRACE # why\n", "methods TRACE"])(
    "%j",
    (source) => {
      expect(mend(`origins *\n${source}`, "method-forbidden")).toBeNull();
    },
  );
});
