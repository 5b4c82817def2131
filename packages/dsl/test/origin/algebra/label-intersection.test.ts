import { describe, expect, test } from "vitest";
import { intersectLabels } from "../../../src/origin/algebra/label-intersection.js";
import { matchesLabel, type PartialLabel } from "../../../src/origin/label-relations.js";
import { LABELS, STAR_LABELS } from "../small-universe.js";

function parseLabel(text: string): PartialLabel {
  const [before = "", after = ""] = text.split("*");
  return { before, after };
}

/** All that two labels with a star have in common: `aa a*a`. */
function findCommon(one: string, other: string, longest: number): string {
  const { labels, partialLabel } = intersectLabels(parseLabel(one), parseLabel(other), longest);
  return [...labels, ...(partialLabel ? [`${partialLabel.before}*${partialLabel.after}`] : [])].join(" ");
}

describe("what two labels with a star have in common", () => {
  test.each([
    ["a*", "a*", 63, "a*"],
    ["a*", "*", 63, "a*"],
    ["a*", "*b", 63, "ab a*b"],
    ["ab*", "a*b", 63, "abb ab*b"],
    ["ab*c", "a*bc", 63, "abbc ab*bc"],
    ["ab*", "*cd", 63, "abcd ab*cd"],
    ["ab*", "*cd", 5, "abcd ab*cd"],
    ["ab*", "*cd", 4, "abcd"],
    ["ab*", "*cd", 3, ""],
    ["ab*", "*bc", 3, "abc"],
    ["aba*", "*aba", 63, "ababa abaaba aba*aba"],
    ["aba*", "*aba", 5, "ababa"],
    ["aba*", "*aba", 4, ""],
    // Three characters in common would leave nothing for the stars.
    ["aaa*", "*aaa", 4, "aaaa"],
    ["aaa*", "*aaa", 3, ""],
    ["a*", "b*", 63, ""],
    ["*a", "*b", 63, ""],
  ])("%s and %s in %i: %s", (one, other, longest, expected) => {
    expect(findCommon(other, one, longest)).toBe(findCommon(one, other, longest));
    expect(findCommon(one, other, longest)).toBe(expected);
  });

  test("for every pair of small labels and every limit up to five it is what trying all labels finds", () => {
    const stars = ["*", ...STAR_LABELS].map(parseLabel);
    const matched = stars.map((star) => new Set(LABELS.filter((label) => matchesLabel(star, label))));
    const faults: string[] = [];
    for (const [index, one] of stars.entries()) {
      for (const [otherIndex, other] of stars.entries()) {
        const common = LABELS.filter((label) => matched[index]?.has(label) && matched[otherIndex]?.has(label));
        for (let longest = 1; longest <= 5; longest++) {
          const { labels, partialLabel } = intersectLabels(one, other, longest);
          const found = LABELS.filter(
            (label) => labels.includes(label) || (partialLabel !== null && matchesLabel(partialLabel, label)),
          );
          const isRight = String(found.filter(isWithin(longest))) === String(common.filter(isWithin(longest)));
          if (!isRight) faults.push(`${JSON.stringify([one, other])} in ${longest}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

function isWithin(longest: number): (label: string) => boolean {
  return ({ length }) => length <= longest;
}
