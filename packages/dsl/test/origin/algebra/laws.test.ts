import { expect, describe as group, test } from "vitest";
import { Random, seedOfThisRun } from "../../../../runtime/test/random.js";
import { createCoverTest } from "../../../src/origin/algebra/cover-test.js";
import {
  describe,
  difference,
  exampleOf,
  intersection,
  type OriginSet,
  originSetOf,
  union,
} from "../../../src/origin/algebra/origin-set.js";
import { coversPattern } from "../../../src/origin/algebra/pattern-intersection.js";
import { parseClaim } from "../patterns.js";
import { randomAnyHostPattern, randomSmallPattern } from "../small-universe.js";
import { evaluate, randomExpression } from "./expressions.js";
import { covers, intersects } from "./two-patterns.js";

const SEED = seedOfThisRun();
const ROUNDS = 300;

/** Of what one has and the other has not. */
function differenceExample(one: OriginSet, other: OriginSet): string | null {
  return exampleOf(difference(one, other)) ?? exampleOf(difference(other, one));
}

group(`laws of sets, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);
  const triples = Array.from({ length: ROUNDS }, () => {
    const pool = [...random.several(4, 12, () => randomSmallPattern(random)), randomAnyHostPattern(random)];
    const make = () => evaluate(randomExpression(random, pool, 2));
    return [make(), make(), make()] as const;
  });

  const LAWS: Readonly<Record<string, (a: OriginSet, b: OriginSet, c: OriginSet) => readonly [OriginSet, OriginSet]>> =
    {
      "nothing without itself": (a) => [difference(a, a), originSetOf([])],
      "the whole with itself": (a) => [union(a, a), intersection(a, a)],
      "nothing without everything": (a) => [difference(a, originSetOf("*")), originSetOf([])],
      "the same within everything": (a) => [intersection(originSetOf("*"), a), a],
      "what is left out twice": (a) => [difference(originSetOf("*"), difference(originSetOf("*"), a)), a],
      "either order": (a, b) => [intersection(a, b), intersection(b, a)],
      "either order of a union": (a, b) => [union(a, b), union(b, a)],
      "in common, by leaving out": (a, b) => [intersection(a, b), difference(a, difference(a, b))],
      "leaving out one after the other": (a, b, c) => [difference(a, union(b, c)), difference(difference(a, b), c)],
      "leaving out what two have in common (De Morgan)": (a, b, c) => [
        difference(a, intersection(b, c)),
        union(difference(a, b), difference(a, c)),
      ],
      "leaving out either (De Morgan)": (a, b, c) => [
        difference(a, union(b, c)),
        intersection(difference(a, b), difference(a, c)),
      ],
      "in common with either": (a, b, c) => [
        intersection(a, union(b, c)),
        union(intersection(a, b), intersection(a, c)),
      ],
      "the whole, from its pieces": (a, b) => [union(difference(a, b), intersection(a, b)), a],
    };

  test.each(Object.entries(LAWS))("%s", (_law, sides) => {
    const broken = triples.flatMap(([a, b, c]) => {
      const example = differenceExample(...sides(a, b, c));
      return example === null ? [] : [{ example, a: describe(a), b: describe(b), c: describe(c) }];
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test("no part and no exception is one that another covers", () => {
    const needless = triples.flat().flatMap((set) => {
      const parts = describe(set).filter(({ pattern }) => pattern !== "*");
      const whole = parts.filter(({ except }) => except.length === 0).map(({ pattern }) => pattern);
      return parts.flatMap(({ pattern, except }) => [
        ...whole.filter((other) => other !== pattern && covers(parseClaim(other), parseClaim(pattern))),
        ...except.filter((exception) => !intersects(parseClaim(exception), parseClaim(pattern))),
        ...except.filter((exception) =>
          except.some((other) => other !== exception && covers(parseClaim(other), parseClaim(exception))),
        ),
      ]);
    });
    expect(needless.slice(0, 5)).toEqual([]);
  });
});

group(`looking up what covers a pattern, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);

  test("says what comparing each two says, and what the sets say", () => {
    let covered = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const texts = new Set(random.several(1, 25, () => randomSmallPattern(random)));
      if (random.chance(0.2)) texts.add(randomAnyHostPattern(random));
      const patterns = [...texts].map(parseClaim);
      const { isCovered, isRedundant } = createCoverTest(patterns);
      for (const pattern of patterns) {
        const others = patterns.filter((other) => other !== pattern);
        const expected = others.some((other) => coversPattern(other, pattern));
        if (expected) covered++;
        expect(isRedundant(pattern)).toBe(expected);
        expect(isCovered(pattern)).toBe(true);
        expect(others.some((other) => covers(other, pattern))).toBe(expected);
      }
      const stranger = parseClaim(randomSmallPattern(random));
      expect(isCovered(stranger)).toBe(patterns.some((other) => coversPattern(other, stranger)));
    }
    expect(covered).toBeGreaterThan(ROUNDS / 2);
  });
});
