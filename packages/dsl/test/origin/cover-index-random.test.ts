import { describe, expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { coversPattern } from "../../src/origin/algebra/pattern-intersection.js";
import { createCoverIndex } from "../../src/origin/cover-index.js";
import { coversHost } from "../../src/origin/host-relations.js";
import { StarHostIndex } from "../../src/origin/star-host-index.js";
import { createItems, type Item } from "./pattern-items.js";
import { randomSmallPattern } from "./small-universe.js";

/* The index of a list against looking at all of its pairs, and on lists as long as anybody writes. */

const SEED = seedOfThisRun();

/** What `findCover` says, pair by pair. */
function findCoverByPairs(items: readonly Item[], item: Item): Item | null {
  const same = items.find(({ text }) => text === item.text);
  if (same !== item) return same ?? null;
  return items.find((other) => other.text !== item.text && coversPattern(other.pattern, item.pattern)) ?? null;
}

describe(`random lists, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);
  const lists = Array.from({ length: 400 }, () => createItems(random.several(1, 40, () => randomSmallPattern(random))));

  test("the index says what looking at all pairs says", () => {
    let found = 0;
    for (const items of lists) {
      const { findCover } = createCoverIndex(items);
      for (const item of items) {
        const expected = findCoverByPairs(items, item);
        if (expected) found++;
        expect(findCover(item)?.text, `${item.text} of ${items.map(({ text }) => text).join(" ")}`).toBe(
          expected?.text,
        );
        expect(findCover(item) === expected).toBe(true);
      }
    }
    console.info(`CORSLANG_SEED=${SEED}: ${lists.flat().length} items, ${found} of them redundant`);
    expect(found).toBeGreaterThan(1000);
  });

  test("the index of hosts says what comparing two hosts says, equal ones included", () => {
    for (const items of lists) {
      const hosts = items.flatMap(({ pattern }) => (pattern.kind === "null" ? [] : [pattern.host]));
      const index = new StarHostIndex();
      for (const [position, host] of hosts.entries()) index.add(host, position);
      for (const host of hosts) {
        const found = [...index.findCovers(host)].sort((one, other) => one - other);
        const covering = hosts.filter(({ kind }) => kind === "subdomains" || kind === "partial-label");
        const distinct = new Map(
          covering.filter((wider) => coversHost(wider, host)).map((wider) => [JSON.stringify(wider), wider]),
        );
        expect(found.map((position) => hosts[position])).toEqual([...distinct.values()]);
      }
    }
  });

  test("without the redundant items a list means the same", () => {
    for (const items of lists) {
      const { findCover } = createCoverIndex(items);
      const rest = items.filter((item) => !findCover(item));
      const lost = items.filter((item) => !rest.some((other) => coversPattern(other.pattern, item.pattern)));
      expect(lost.map(({ text }) => text)).toEqual([]);
    }
  });
});

/** Compared each with each, they would take minutes, and the test would come to no end. */
describe("ten thousand patterns at once", () => {
  const COUNT = 10_000;
  const SHAPES: Readonly<Record<string, (index: number) => string>> = {
    names: (index) => `https://tenant-${index}.example.com`,
    "partial labels of one base": (index) => `https://tenant-${index}-*.example.com`,
    "ends of labels of one base": (index) => `https://*-${index}x.example.com`,
    subdomains: (index) => `https://*.tenant-${index}.example.com`,
    "one under the other": (index) => `https://*.${"a.".repeat(index % 100)}b${index}.test`,
    "names with a long label": (index) => `https://${"a".repeat(50)}b${index}.b.test`,
  };

  test.each(Object.entries(SHAPES))("%s: none covers another", (_what, shape) => {
    const items = createItems(Array.from({ length: COUNT }, (_, index) => shape(index)));
    const { findCover } = createCoverIndex(items);
    expect(items.filter((item) => findCover(item))).toEqual([]);
  });

  test("parts of one long label: the shortest covers all, its repeats as well", () => {
    const text = (index: number) =>
      `https://${"a".repeat(1 + (index % 40))}*${"a".repeat(Math.floor(index / 40) % 22)}.b.test`;
    const items = createItems(Array.from({ length: COUNT }, (_, index) => text(index)));
    const { findCover } = createCoverIndex(items);
    const rest = items.filter((item) => !findCover(item));
    expect(rest.map((item) => item.text)).toEqual(["https://a*.b.test"]);
  });
});
