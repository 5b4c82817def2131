import { describe, expect, test } from "vitest";
import { findCommonLabel, matchesLabel, type PartialLabel } from "../../src/origin/label-relations.js";
import { LABELS, STAR_LABELS } from "./small-universe.js";

function parseLabel(text: string): PartialLabel {
  const [before = "", after = ""] = text.split("*");
  return { before, after };
}

describe("findCommonLabel is the shortest label of both, if it is not too long", () => {
  test.each([
    ["a*", "a*", 63, "aa"],
    ["a*", "*", 63, "aa"],
    ["a*", "*b", 63, "ab"],
    ["ab*", "a*b", 63, "abb"],
    ["ab*c", "a*bc", 63, "abbc"],
    ["ab*", "*cd", 63, "abcd"],
    ["ab*", "*cd", 4, "abcd"],
    ["ab*", "*cd", 3, null],
    ["ab*", "*bc", 3, "abc"],
    ["aba*", "*aba", 63, "ababa"],
    ["aba*", "*aba", 5, "ababa"],
    ["aba*", "*aba", 4, null],
    // Three characters in common would leave nothing for the stars.
    ["aaa*", "*aaa", 4, "aaaa"],
    ["aaa*", "*aaa", 3, null],
    ["a*", "b*", 63, null],
    ["*a", "*b", 63, null],
  ])("%s and %s in %i: %s", (one, other, longest, label) => {
    expect(findCommonLabel(parseLabel(one), parseLabel(other), longest)).toBe(label);
    expect(findCommonLabel(parseLabel(other), parseLabel(one), longest)).toBe(label);
  });
});

test("findCommonLabel, for every pair of small labels and every limit up to five, is what trying all labels finds", () => {
  const stars = ["*", ...STAR_LABELS].map(parseLabel);
  const matched = stars.map((star) => new Set(LABELS.filter((label) => matchesLabel(star, label))));
  const faults: string[] = [];
  for (const [index, one] of stars.entries()) {
    for (const [otherIndex, other] of stars.entries()) {
      // The shorter labels come first.
      const common = LABELS.filter((label) => matched[index]?.has(label) && matched[otherIndex]?.has(label));
      for (let longest = 1; longest <= 5; longest++) {
        const label = findCommonLabel(one, other, longest);
        const expected = common.find(({ length }) => length <= longest);
        const isRight = label === null ? expected === undefined : common.includes(label);
        if (!isRight || label?.length !== expected?.length) {
          faults.push(`${label} for ${JSON.stringify([one, other])} in ${longest}`);
        }
      }
    }
  }
  expect(faults).toEqual([]);
});
