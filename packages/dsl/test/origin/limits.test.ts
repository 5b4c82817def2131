import { describe, expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { fillPattern, randomOrigin, randomPattern } from "../../../runtime/test/random-origins.js";
import { parseOriginPattern } from "../../src/origin/parse.js";
import { covers, findCommonOrigin, intersects } from "./algebra/two-patterns.js";
import { createOracle, isWellFormed, nameOfLength, parse } from "./patterns.js";

/*
 * Where labels and hosts are about as long as they may be, origins are too many to list. A label that two patterns have
 * in common is then looked for length by length: with all four fixed parts written over each other in their places,
 * whatever stays of them, it is the one candidate of its length, and the matcher says whether anything is left to want.
 */

const SEED = seedOfThisRun();
const PAIRS = 4000;

interface StarLabel {
  readonly before: string;
  readonly after: string;
}

function writeOver(length: number, ...labels: readonly StarLabel[]): string {
  const characters = Array.from({ length }, () => "a");
  for (const { before, after } of labels) {
    for (const [index, character] of [...before].entries()) characters[index] = character;
    for (const [index, character] of [...after].entries()) characters[length - after.length + index] = character;
  }
  return characters.join("").slice(0, length);
}

/** A star somewhere in a label that both patterns of a pair are made of, so that they often have it in common. */
function randomStarLabel(random: Random, label: string): StarLabel | null {
  const start = random.between(0, Math.min(62, label.length - 1));
  const end = random.between(start + 1, label.length);
  const [before, after] = [label.slice(0, start), label.slice(end)];
  if (before + after === "" || before.length + after.length > 62) return null;
  if (random.chance(0.85)) return { before, after };
  return random.chance(0.5)
    ? { before: before.replace(/.$/, "c"), after }
    : { before, after: after.replace(/^./, "c") };
}

interface Pair {
  readonly texts: readonly [string, string];
  readonly labels: readonly [StarLabel, StarLabel];
  readonly base: string;
}

function randomPair(random: Random): Pair | null {
  const label = Array.from({ length: random.pick([5, 40, 61, 62, 63, 64, 66, 90]) }, () => random.pick("aaab")).join(
    "",
  );
  const base = random.chance(0.5) ? "b.test" : nameOfLength(random.pick([189, 190, 195, 215, 247, 249, 250]));
  const [one, other] = [randomStarLabel(random, label), randomStarLabel(random, label)];
  if (!one || !other) return null;
  const [text, otherText] = [one, other].map(({ before, after }) => `https://${before}*${after}.${base}`);
  if (text === undefined || otherText === undefined) return null;
  const areParsed = [text, otherText].every((each) => "value" in parseOriginPattern(each));
  return areParsed ? { texts: [text, otherText], labels: [one, other], base } : null;
}

describe(`partial labels near the limits, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);
  const pairs: Pair[] = [];
  while (pairs.length < PAIRS) {
    const pair = randomPair(random);
    if (pair) pairs.push(pair);
  }

  test("have in common what the matcher allows for both", () => {
    const counts = { common: 0, apart: 0, apartForLength: 0 };
    for (const { texts, labels, base } of pairs) {
      const allows = texts.map(createOracle);
      const lengths = Array.from({ length: 66 }, (_, index) => index + 1);
      const candidates = lengths.map((length) => `https://${writeOver(length, ...labels)}.${base}`);
      const expected = candidates.find((origin) => allows.every((allow) => allow(origin)));
      const actual = findCommonOrigin(parse(texts[0]), parse(texts[1]));

      expect(actual?.length, texts.join(" and ")).toBe(expected?.length);
      expect(actual === null || allows.every((allow) => allow(actual))).toBe(true);
      if (expected !== undefined) counts.common++;
      else counts.apart++;
      // With all the room that there could be, they would have something in common.
      const roomy = writeOver(130, ...labels);
      const fits = ({ before, after }: StarLabel) => roomy.startsWith(before) && roomy.endsWith(after);
      if (expected === undefined && labels.every(fits)) counts.apartForLength++;
    }

    console.info(`CORSLANG_SEED=${SEED}: ${pairs.length} pairs: ${JSON.stringify(counts)}`);
    expect(counts.common).toBeGreaterThan(PAIRS / 10);
    expect(counts.apartForLength).toBeGreaterThan(PAIRS / 40);
  });

  test("cover each other unless the matcher refuses a label with one character in the star's place", () => {
    let covered = 0;
    for (const { texts, labels, base } of pairs) {
      const [wider, narrower] = texts;
      const { before, after } = labels[1];
      const allows = createOracle(wider);
      const isCovered = ["a", "b", "c"].every((star) => allows(`https://${before}${star}${after}.${base}`));
      if (isCovered) covered++;
      expect(covers(parse(wider), parse(narrower)), texts.join(" and ")).toBe(isCovered);
    }
    expect(covered).toBeGreaterThan(PAIRS / 40);
  });
});

describe(`patterns of the runtime's own comparison, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);
  const texts = random
    .several(400, 400, () => randomPattern(random))
    .filter((text) => "value" in parseOriginPattern(text));

  test("a pattern covers an origin, and meets it, when the matcher allows it", () => {
    const counts = { allowed: 0, denied: 0 };
    for (const text of texts) {
      const pattern = parse(text);
      const allows = createOracle(text);
      for (let times = 0; times < 40; times++) {
        const origin = randomOrigin(random, [text]);
        if (origin !== "null" && !isWellFormed(origin)) continue;
        const isAllowed = allows(origin);
        const exact = parse(origin);
        counts[isAllowed ? "allowed" : "denied"]++;
        expect(covers(pattern, exact), `${text} and ${origin}`).toBe(isAllowed);
        expect(findCommonOrigin(pattern, exact), `${text} and ${origin}`).toBe(isAllowed ? origin : null);
      }
    }
    console.info(`CORSLANG_SEED=${SEED}: ${texts.length} patterns, well-formed origins: ${JSON.stringify(counts)}`);
    expect(Math.min(counts.allowed, counts.denied)).toBeGreaterThan(1000);
  });

  test("an origin in common is allowed by both, and there is one when one was found by trying", () => {
    const items = texts.map((text) => ({ text, pattern: parse(text), allows: createOracle(text) }));
    for (const one of items) {
      for (const other of items) {
        const example = findCommonOrigin(one.pattern, other.pattern);
        if (example !== null) expect(one.allows(example) && other.allows(example)).toBe(true);
      }
      const filled = fillPattern(random, one.text);
      if (!one.allows(filled)) continue;
      const met = items.filter((other) => other.allows(filled));
      expect(met.filter((other) => !intersects(one.pattern, other.pattern))).toEqual([]);
    }
  });
});
