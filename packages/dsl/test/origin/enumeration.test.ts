import { describe, expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { printOriginPattern } from "../../src/origin/pattern.js";
import { covers, findCommonOrigin, intersects } from "./algebra/two-patterns.js";
import { createClaimOracle, parse, parseClaim } from "./patterns.js";
import { LABELS, ORIGINS, randomAnyHostPattern, randomSmallPattern, STAR_LABELS } from "./small-universe.js";

/*
 * The relations against the runtime: in a universe in which every origin can be asked about, what two patterns have in
 * common is what both their matchers allow.
 */

const SEED = seedOfThisRun();
const RANDOM_PATTERNS = 250;
const RANDOM_CLAIMS = 6;

/** A pattern, and the origins of a universe that it stands for by the runtime's word. */
class Extension {
  readonly text: string;
  readonly origins: ReadonlySet<string>;

  constructor(text: string, universe: readonly string[]) {
    this.text = text;
    this.origins = new Set(universe.filter(createClaimOracle(text)));
  }

  includes(other: Extension): boolean {
    for (const origin of other.origins) {
      if (!this.origins.has(origin)) return false;
    }
    return true;
  }

  /** The length of the shortest origin in common; `null` without one. */
  shortestInCommon(other: Extension): number | null {
    const [few, many] = this.origins.size < other.origins.size ? [this, other] : [other, this];
    let shortest: number | null = null;
    for (const origin of few.origins) {
      if (many.origins.has(origin) && (shortest === null || origin.length < shortest)) shortest = origin.length;
    }
    return shortest;
  }
}

/** What the relations get wrong about two patterns, as a sentence. */
function findFaults(one: Extension, other: Extension): string[] {
  const [a, b] = [parseClaim(one.text), parseClaim(other.text)];
  const isClaim = a.kind === "any-host" || b.kind === "any-host";
  const areAnyHosts = a.kind === "any-host" && b.kind === "any-host";
  const shortest = one.shortestInCommon(other);
  const example = findCommonOrigin(a, b);
  const areBoth = `${one.text} and ${other.text}`;
  const faults: string[] = [];

  if (intersects(a, b) !== (shortest !== null)) faults.push(`intersects is wrong about ${areBoth}`);
  if ((example !== null) !== (shortest !== null)) faults.push(`findCommonOrigin is wrong about ${areBoth}`);
  if (example !== findCommonOrigin(b, a)) faults.push(`the order matters for ${areBoth}`);
  if (example !== null && !areAnyHosts) {
    if (!one.origins.has(example) || !other.origins.has(example)) faults.push(`${example} is not of ${areBoth}`);
    if (example.length !== shortest) faults.push(`${example} is not the shortest of ${areBoth}`);
  }
  if (!isClaim && covers(parse(one.text), parse(other.text)) !== one.includes(other)) {
    faults.push(`covers is wrong about ${areBoth}`);
  }
  return faults;
}

function findFaultsOfAllPairs(patterns: readonly Extension[]): {
  readonly faults: string[];
  readonly counts: Readonly<Record<"pairs" | "common" | "covered" | "overlapping", number>>;
} {
  const faults: string[] = [];
  const counts = { pairs: 0, common: 0, covered: 0, overlapping: 0 };
  for (const one of patterns) {
    for (const other of patterns) {
      if (one === other) continue;
      faults.push(...findFaults(one, other));
      counts.pairs++;
      const isCovered = one.includes(other) || other.includes(one);
      const isCommon = one.shortestInCommon(other) !== null;
      if (isCommon) counts.common++;
      if (isCovered) counts.covered++;
      if (isCommon && !isCovered) counts.overlapping++;
    }
  }
  return { faults, counts };
}

describe("all origins of a small universe", () => {
  test("every pair of partial labels with at most two characters before and behind the star", () => {
    const universe = LABELS.map((label) => `https://${label}.b`);
    const patterns = STAR_LABELS.map((label) => new Extension(`https://${label}.b`, universe));
    const { faults, counts } = findFaultsOfAllPairs(patterns);

    console.info(`${patterns.length} partial labels, ${universe.length} origins: ${JSON.stringify(counts)}`);
    expect(faults.slice(0, 10)).toEqual([]);
    expect(patterns.every(({ origins }) => origins.size > 0)).toBe(true);
  });

  test(`random patterns of every kind, and claims, CORSLANG_SEED=${SEED}`, () => {
    const random = new Random(SEED);
    const texts = [
      ...Array.from({ length: RANDOM_PATTERNS }, () => randomSmallPattern(random)),
      ...Array.from({ length: RANDOM_CLAIMS }, () => randomAnyHostPattern(random)),
    ];
    const patterns = [...new Set(texts)].map((text) => new Extension(text, ORIGINS));
    const { faults, counts } = findFaultsOfAllPairs(patterns);

    console.info(
      `CORSLANG_SEED=${SEED}: ${patterns.length} patterns, ${ORIGINS.length} origins: ${JSON.stringify(counts)}`,
    );
    expect(faults.slice(0, 10)).toEqual([]);
    expect(patterns.every(({ origins }) => origins.size > 0)).toBe(true);
    expect(Math.min(counts.overlapping, counts.covered, counts.pairs - counts.common)).toBeGreaterThan(200);
  });
});

describe(`laws, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED + 1);
  const patterns = Array.from({ length: 120 }, () => parse(randomSmallPattern(random)));

  test("covers is reflexive", () => {
    expect(patterns.filter((pattern) => !covers(pattern, pattern))).toEqual([]);
  });

  test("patterns that cover each other are the same", () => {
    for (const one of patterns) {
      for (const other of patterns) {
        const areSame = printOriginPattern(one) === printOriginPattern(other);
        expect(covers(one, other) && covers(other, one)).toBe(areSame);
      }
    }
  });

  test("covers is transitive, and what meets the narrower meets the wider", () => {
    let chains = 0;
    for (const wider of patterns) {
      for (const narrower of patterns.filter((pattern) => covers(wider, pattern))) {
        expect(intersects(wider, narrower)).toBe(true);
        for (const third of patterns) {
          if (covers(narrower, third)) {
            chains++;
            expect(covers(wider, third)).toBe(true);
          }
          if (intersects(narrower, third)) expect(intersects(wider, third)).toBe(true);
        }
      }
    }
    expect(chains).toBeGreaterThan(patterns.length);
  });
});
