import { createCoverIndex, type PatternItem } from "../cover-index.js";
import { coversPattern } from "./pattern-intersection.js";
import { printSetPattern, type SetPattern } from "./set-pattern.js";

/** A list of patterns, to ask what it covers. */
export interface CoverTest {
  /** Whether a pattern of the list covers one, or is it. */
  readonly isCovered: (pattern: SetPattern) => boolean;
  /** Whether another pattern of the list covers one of it. Without all such patterns the rest means the same. */
  readonly isRedundant: (pattern: SetPattern) => boolean;
}

/**
 * Makes the test of a list without repeats.
 *
 * Made of the index that finds redundant origins, because it looks up what could cover a pattern: comparing each two of ten
 * thousand takes minutes. It agrees with `coversPattern`; a test holds that.
 *
 * @example
 * ```ts
 * const { isCovered, isRedundant } = createCoverTest([parse("https://*.example.com"), parse("https://a.example.com")]);
 * isRedundant(parse("https://a.example.com")); // true
 * isRedundant(parse("https://*.example.com")); // false
 * isCovered(parse("https://*.eu.example.com")); // true
 * ```
 */
export function createCoverTest(patterns: readonly SetPattern[]): CoverTest {
  const listed = new Map<string, PatternItem>();
  /** What can't be listed in a policy does not come in numbers. */
  const others = new Map<string, SetPattern>();
  for (const pattern of patterns) {
    const text = printSetPattern(pattern);
    if (pattern === "*" || pattern.kind === "any-host") others.set(text, pattern);
    else listed.set(text, { pattern });
  }
  const { findCover } = createCoverIndex([...listed.values()]);

  function isRedundant(pattern: SetPattern): boolean {
    const text = printSetPattern(pattern);
    for (const [otherText, other] of others) {
      if (otherText !== text && coversPattern(other, pattern)) return true;
    }
    if (pattern === "*" || pattern.kind === "any-host") return false;
    return findCover(listed.get(text) ?? { pattern }) !== null;
  }

  function isCovered(pattern: SetPattern): boolean {
    const text = printSetPattern(pattern);
    return listed.has(text) || others.has(text) || isRedundant(pattern);
  }

  return { isCovered, isRedundant };
}
