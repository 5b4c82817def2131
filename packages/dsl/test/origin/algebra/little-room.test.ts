import { expect, describe as group, test } from "vitest";
import { Random, seedOfThisRun } from "../../../../runtime/test/random.js";
import {
  describe,
  difference,
  exampleOf,
  intersection,
  isEmpty,
  originSetOf,
} from "../../../src/origin/algebra/origin-set.js";
import { parseOriginPattern } from "../../../src/origin/parse.js";
import { createListOracle, nameOfLength, parse } from "../patterns.js";

/*
 * Where a base leaves room for so few characters that all hosts can be listed, and taken one by one. What is left then
 * depends on the limits of length alone.
 */

const SEED = seedOfThisRun();
const CHARACTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789-_"];
const LONGEST_HOST = 253;

function setOf(patterns: readonly string[]) {
  return originSetOf(patterns.map(parse));
}

/** All labels of a length. */
function labelsOfLength(length: number): string[] {
  return length === 0 ? [""] : labelsOfLength(length - 1).flatMap((start) => CHARACTERS.map((last) => start + last));
}

/** A base that leaves room for so many characters in front, its dot not counted. */
function baseWithRoom(room: number): string {
  return nameOfLength(LONGEST_HOST - 1 - room);
}

group("room for one character", () => {
  const base = baseWithRoom(1);
  const all = CHARACTERS.map((label) => `https://${label}.${base}`);

  test("`*.` is just the 38 hosts of one character", () => {
    expect(isEmpty(difference(setOf([`https://*.${base}`]), setOf(all)))).toBe(true);
    expect(isEmpty(difference(setOf(all), setOf([`https://*.${base}`])))).toBe(true);
  });

  test.each(["a", "z", "0", "-", "_"])("without %s of these it has that one more", (character) => {
    const missing = `https://${character}.${base}`;
    const rest = difference(setOf([`https://*.${base}`]), setOf(all.filter((origin) => origin !== missing)));
    expect(exampleOf(rest)).toBe(missing);
  });

  test("they do not do for another port", () => {
    const rest = difference(setOf([`https://*.${base}:*`]), setOf(all));
    expect(exampleOf(rest)).toBe(`https://a.${base}:3000`);
    expect(isEmpty(difference(rest, setOf(all.map((origin) => `${origin}:*`))))).toBe(true);
  });

  test("a base that leaves room for none is no pattern", () => {
    expect(parseOriginPattern(`https://*.${baseWithRoom(0)}`)).toHaveProperty("problem.code", "origin-host");
  });
});

group("room for two labels of one character", () => {
  const base = baseWithRoom(3);
  // All of one to three characters, but for two labels: the three-character ones by what they begin with.
  const oneLabel = [
    ...labelsOfLength(1).map((label) => `https://${label}.${base}`),
    ...labelsOfLength(2).map((label) => `https://${label}.${base}`),
    ...CHARACTERS.map((first) => `https://${first}*.${base}`),
  ].filter((pattern) => "value" in parseOriginPattern(pattern));
  const twoLabels = CHARACTERS.map((label) => `https://*.${label}.${base}`);

  test("with all single labels taken, two are left", () => {
    expect(exampleOf(difference(setOf([`https://*.${base}`]), setOf(oneLabel)))).toBe(`https://a.a.${base}`);
  });

  test("with all but one of these taken, that one is left", () => {
    const [taken, free] = [twoLabels.slice(0, -1), `https://a._.${base}`];
    expect(exampleOf(difference(setOf([`https://*.${base}`]), setOf([...oneLabel, ...taken])))).toBe(free);
  });

  test("with all of them taken, nothing is", () => {
    expect(isEmpty(difference(setOf([`https://*.${base}`]), setOf([...oneLabel, ...twoLabels])))).toBe(true);
    expect(isEmpty(difference(setOf([`https://*.${base}`]), setOf(twoLabels)))).toBe(false);
  });
});

group("two labels in place of one", () => {
  const singles = CHARACTERS.map((label) => `https://${label}.b.test`);

  test("where one would have to be longer", () => {
    // All but `ab`, at least one character, `d`.
    const others = (kept: string) => CHARACTERS.filter((character) => character !== kept);
    const labels = [
      ...CHARACTERS.flatMap((character) => [`a${character}`, `a${character}d`]),
      ...others("a").map((first) => `${first}*`),
      ...others("d").map((last) => `a*${last}`),
      ...others("b").map((second) => `a${second}*d`),
    ];
    const taken = setOf([...singles, ...labels.map((label) => `https://${label}.b.test`)]);
    expect(exampleOf(difference(setOf(["https://*.b.test"]), taken))).toBe("https://a.a.b.test");
    const twoLabels = setOf(CHARACTERS.map((label) => `https://*.${label}.b.test`));
    expect(exampleOf(difference(difference(setOf(["https://*.b.test"]), taken), twoLabels))).toBe(
      "https://abad.b.test",
    );
  });

  test("with just the room for a second one of two characters", () => {
    const base = baseWithRoom(4);
    const taken = CHARACTERS.flatMap((label) => [
      `https://${label}.${base}`,
      `https://${label}*.${base}`,
      `https://*.${label}.${base}`,
    ]);
    const rest = difference(setOf([`https://*.${base}`]), setOf(taken));
    expect(exampleOf(rest)).toBe(`https://a.aa.${base}`);
  });
});

group("labels of 63 characters", () => {
  const a61 = "a".repeat(61);

  test("a star with room for one character is the 38 labels", () => {
    const pattern = `https://${a61}b*.example.dev`;
    const all = CHARACTERS.map((character) => `https://${a61}b${character}.example.dev`);
    expect(isEmpty(difference(setOf([pattern]), setOf(all)))).toBe(true);
    expect(exampleOf(difference(setOf([pattern]), setOf(all.slice(1))))).toBe(all[0]);
  });

  test("two patterns that only overlap within 63 characters have these labels in common, and no pattern", () => {
    const one = `https://${"a".repeat(40)}*.example.dev`;
    const other = `https://*${"a".repeat(40)}.example.dev`;
    const common = describe(intersection(setOf([one]), setOf([other])));
    const lengths = Array.from({ length: 63 - 40 }, (_, index) => 41 + index);
    expect(common.map(({ pattern }) => pattern)).toEqual(
      lengths.map((length) => `https://${"a".repeat(length)}.example.dev`),
    );
  });
});

/** Patterns in front of a base that take much, so that little is left or nothing. */
function randomTakers(random: Random, base: string, room: number): string[] {
  const most = <Item>(items: readonly Item[]) => {
    const share = random.pick([0, 0.5, 0.97, 1]);
    return items.filter(() => random.chance(share));
  };
  return [
    ...most(labelsOfLength(1)),
    ...most(labelsOfLength(2)),
    ...most(CHARACTERS.map((first) => `${first}*`)),
    ...most(CHARACTERS.map((last) => `*${last}`)),
    ...(room > 2 ? most(CHARACTERS.map((label) => `*.${label}`)) : []),
  ]
    .map((front) => `https://${front}.${base}`)
    .filter((pattern) => "value" in parseOriginPattern(pattern));
}

group(`all hosts of little room, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);

  test.each([
    [2, 60],
    [3, 8],
  ])("room for %i characters", (room, rounds) => {
    const base = baseWithRoom(room);
    const fronts = Array.from({ length: room }, (_, index) => labelsOfLength(index + 1)).flat();
    if (room > 2) fronts.push(...CHARACTERS.flatMap((first) => CHARACTERS.map((second) => `${first}.${second}`)));
    const origins = fronts.map((front) => `https://${front}.${base}`);
    const counts = { empty: 0, some: 0 };

    for (let round = 0; round < rounds; round++) {
      const whole = random.pick([`https://*.${base}`, `https://a*.${base}`, `https://*b.${base}`]);
      const takers = random.shuffle(randomTakers(random, base, room));
      const [isOfWhole, isTaken] = [createListOracle([whole]), createListOracle(takers)];
      const expected = origins.find((origin) => isOfWhole(origin) && !isTaken(origin));
      const actual = exampleOf(difference(setOf([whole]), setOf(takers)));

      expect(actual?.length, `${whole} without ${takers.join(" ")}`).toBe(expected?.length);
      if (actual !== null) expect(isOfWhole(actual) && !isTaken(actual)).toBe(true);
      counts[actual === null ? "empty" : "some"]++;
    }
    console.info(`CORSLANG_SEED=${SEED}: room for ${room}: ${JSON.stringify(counts)}`);
    expect(counts.some).toBeGreaterThan(0);
  });
});
