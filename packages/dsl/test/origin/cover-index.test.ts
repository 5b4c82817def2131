import { describe, expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { createCoverIndex, type PatternItem } from "../../src/origin/cover-index.js";
import { coversHost } from "../../src/origin/host-relations.js";
import type { OriginPattern } from "../../src/origin/pattern.js";
import { covers } from "../../src/origin/relations.js";
import { StarHostIndex } from "../../src/origin/star-host-index.js";
import { parse } from "./patterns.js";
import { randomSmallPattern } from "./small-universe.js";

const SEED = seedOfThisRun();

/** Two items may have the same text; they are two items all the same. */
interface Item {
  readonly text: string;
  readonly pattern: OriginPattern;
}

function createItems(texts: readonly string[]): Item[] {
  return texts.map((text) => ({ text, pattern: parse(text) }));
}

/** Of each item, the position of the one that makes it redundant, or `-`. */
function findCovers(texts: readonly string[]): string {
  const items = createItems(texts);
  const { findCover } = createCoverIndex(items);
  const positions = items.map((item) => {
    const cover = findCover(item);
    return cover ? items.indexOf(cover) : "-";
  });
  return positions.join(" ");
}

describe("findCover names the item that makes one redundant", () => {
  test.each([
    ["nothing in common", ["https://example.com", "https://*.example.com", "http://localhost:*", "null"], "- - - -"],
    ["a wider one before", ["https://*.example.com", "https://a.example.com"], "- 0"],
    ["a wider one behind", ["https://a.example.com", "https://*.example.com"], "1 -"],
    ["a repeat: the first stays", ["https://a.example.com", "https://a.example.com", "https://a.example.com"], "- 0 0"],
    ["a repeated star", ["https://*.example.com", "https://*.example.com"], "- 0"],
    ["a repeated null", ["null", "https://example.com", "null"], "- - 0"],
    [
      "the same rather than a wider one, the first wider one for the first",
      ["https://*.example.com", "https://a.example.com", "https://a.example.com"],
      "- 0 1",
    ],
    ["the first of several wider ones", ["https://a.b.test", "https://*.b.test", "https://*.test"], "1 2 -"],
    ["the first, though not the widest", ["https://a.b.test", "https://*.test", "https://*.b.test"], "1 - 1"],
    ["any port", ["http://localhost:*", "http://localhost", "http://localhost:3000", "http://[::1]"], "- 0 0 -"],
    ["any port of an address", ["http://[::1]:3000", "http://[::1]:*", "http://127.0.0.1"], "1 - -"],
    ["any port and any label", ["https://a.b.test:8443", "https://*.b.test:*", "https://*.b.test"], "1 - 1"],
    ["a part of a label", ["https://preview-7.b.test", "https://preview-*.b.test", "https://preview-.b.test"], "1 - -"],
    [
      "parts of labels",
      ["https://a*.b.test", "https://aa*b.b.test", "https://*b.b.test", "https://*b.c.test"],
      "- 0 - -",
    ],
    ["a star needs a character", ["https://aba.b.test", "https://ab*ba.b.test", "https://a*a.b.test"], "2 2 -"],
    ["a name of one label", ["https://*.localhost", "https://localhost"], "- -"],
    ["another scheme", ["http://a.example.com", "https://*.example.com"], "- -"],
  ])("%s", (_what, texts, expected) => {
    expect(findCovers(texts)).toBe(expected);
  });

  test("an item that is not of the list is compared with all of it", () => {
    const [listed, outsider, other] = createItems(["https://a.test", "https://a.test", "https://b.test"]);
    if (!listed || !outsider || !other) throw new Error("three were made");
    const { findCover } = createCoverIndex([listed]);
    expect([findCover(listed), findCover(outsider), findCover(other)]).toEqual([null, listed, null]);
  });

  test("an empty list covers nothing", () => {
    expect(createCoverIndex<PatternItem>([]).findCover({ pattern: parse("null") })).toBeNull();
  });
});

/** What `findCover` says, pair by pair. */
function findCoverByPairs(items: readonly Item[], item: Item): Item | null {
  const same = items.find(({ text }) => text === item.text);
  if (same !== item) return same ?? null;
  return items.find((other) => other.text !== item.text && covers(other.pattern, item.pattern)) ?? null;
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
      const lost = items.filter((item) => !rest.some((other) => covers(other.pattern, item.pattern)));
      expect(lost.map(({ text }) => text)).toEqual([]);
    }
  });
});

describe("ten thousand patterns take well below a second", () => {
  const COUNT = 10_000;
  const SHAPES: Readonly<Record<string, (index: number) => string>> = {
    names: (index) => `https://tenant-${index}.example.com`,
    "partial labels of one base": (index) => `https://tenant-${index}-*.example.com`,
    "ends of labels of one base": (index) => `https://*-${index}x.example.com`,
    subdomains: (index) => `https://*.tenant-${index}.example.com`,
    "one under the other": (index) => `https://*.${"a.".repeat(index % 100)}b${index}.test`,
    "parts of one long label": (index) =>
      `https://${"a".repeat(1 + (index % 40))}*${"a".repeat(Math.floor(index / 40) % 22)}.b.test`,
    "names with a long label": (index) => `https://${"a".repeat(50)}b${index}.b.test`,
  };

  test.each(Object.entries(SHAPES))("%s", (_what, shape) => {
    const items = createItems(Array.from({ length: COUNT }, (_, index) => shape(index)));
    const start = performance.now();
    const { findCover } = createCoverIndex(items);
    for (const item of items) findCover(item);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
