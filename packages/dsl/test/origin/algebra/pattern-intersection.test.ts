import { describe, expect, test } from "vitest";
import { coversPattern, intersectPatterns } from "../../../src/origin/algebra/pattern-intersection.js";
import { printSetPattern } from "../../../src/origin/algebra/set-pattern.js";
import { parseSet } from "../patterns.js";

function findCommon(one: string, other: string): string {
  return intersectPatterns(parseSet(one), parseSet(other)).map(printSetPattern).join(" ");
}

describe("what two patterns have in common", () => {
  test.each([
    ["null", "null", "null"],
    ["null", "https://a.test", ""],
    ["null", "https://*:*", ""],
    ["*", "null", "null"],
    ["*", "https://*.a.test:*", "https://*.a.test:*"],
    ["*", "*", "*"],
    ["http://*", "http://*:*", "http://*"],
    ["http://*:*", "http://a.test:81", "http://a.test:81"],
    ["http://*:81", "http://*.a.test:*", "http://*.a.test:81"],
    ["http://*:*", "https://*:*", ""],
    ["https://a.test:*", "https://*.test:8443", "https://a.test:8443"],
    ["https://a.test", "https://a.test:8443", ""],
    ["https://a.test", "https://b.test", ""],
    ["https://a.test", "https://b-*.test", ""],
    ["https://a-*.x.test", "https://*-b.y.test", ""],
    ["https://a-*.x.test", "https://*.y.test", ""],
    [
      "https://a-*.x.test:*",
      "https://*-b.x.test:81",
      "https://a-b.x.test:81 https://a--b.x.test:81 https://a-*-b.x.test:81",
    ],
    ["https://*.a.test", "https://*.test", "https://*.a.test"],
    ["https://127.0.0.1", "https://*.test", ""],
  ])("%s and %s: %s", (one, other, expected) => {
    expect(findCommon(one, other)).toBe(expected);
    expect(findCommon(other, one)).toBe(expected);
  });
});

describe("one pattern covers another", () => {
  test.each([
    ["*", "null", true],
    ["null", "*", false],
    ["null", "null", true],
    ["https://*:*", "https://*.a.test", true],
    ["https://*.a.test", "https://*:*", false],
    ["https://a.test:*", "https://a.test", true],
    ["https://a.test", "https://a.test:*", false],
    // What they have in common are two patterns, of which one is narrower than either.
    ["https://a*.x.test", "https://*b.x.test", false],
    ["https://*.x.test", "https://*b.x.test", true],
    ["https://*b.x.test", "https://*.x.test", false],
  ])("%s and %s: %s", (wider, narrower, expected) => {
    expect(coversPattern(parseSet(wider), parseSet(narrower))).toBe(expected);
  });
});
