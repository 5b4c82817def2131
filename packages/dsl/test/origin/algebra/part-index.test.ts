import { describe, expect, test } from "vitest";
import type { Part } from "../../../src/origin/algebra/part.js";
import { createPartIndex } from "../../../src/origin/algebra/part-index.js";
import { printSetPattern } from "../../../src/origin/algebra/set-pattern.js";
import { parseSet } from "../patterns.js";

const LISTED = [
  "https://b.x.test",
  "null",
  "https://*.x.test",
  "http://*",
  "*",
  "https://a-*.x.test:*",
  "https://x.test",
  "http://a.test:81",
  "https://*.eu.x.test",
];

const PARTS: readonly Part[] = LISTED.map((text) => ({ pattern: parseSet(text), except: [], example: "" }));

describe("an index of parts", () => {
  const index = createPartIndex(PARTS);

  test.each(LISTED)("has %s", (text) => {
    expect(index.findSame(parseSet(text))).toBe(PARTS[LISTED.indexOf(text)]);
  });

  test.each(["https://a.x.test", "http://*:*", "https://*.test"])("does not have %s", (text) => {
    expect(index.findSame(parseSet(text))).toBeNull();
  });

  test.each([
    ["*", LISTED],
    ["null", ["null", "*"]],
    ["http://*:*", ["http://*", "*", "http://a.test:81"]],
    ["http://a.test", ["http://*", "*"]],
    ["https://x.test", ["*", "https://x.test"]],
    ["https://b.x.test", ["https://b.x.test", "https://*.x.test", "*"]],
    ["https://*-b.x.test:81", ["*", "https://a-*.x.test:*"]],
    ["https://*.x.test", ["https://b.x.test", "https://*.x.test", "*", "https://a-*.x.test:*", "https://*.eu.x.test"]],
    ["https://a.eu.x.test", ["https://*.x.test", "*", "https://*.eu.x.test"]],
    ["capacitor://localhost", ["*"]],
  ])("finds for %s what has a value in common with it, in the order of the list", (text, expected) => {
    const found = index.findMeeting(parseSet(text)).map(({ pattern }) => printSetPattern(pattern));
    expect(found).toEqual(expected);
  });

  test("of a list without * and null finds neither", () => {
    const few = createPartIndex(PARTS.slice(2, 4));
    expect(few.findMeeting("*")).toHaveLength(2);
    expect(few.findMeeting(parseSet("null"))).toEqual([]);
  });
});
