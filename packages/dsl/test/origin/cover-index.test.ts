import { describe, expect, test } from "vitest";
import { createCoverIndex, type PatternItem } from "../../src/origin/cover-index.js";
import type { HostPattern } from "../../src/origin/pattern.js";
import { StarHostIndex } from "../../src/origin/star-host-index.js";
import { createItems } from "./pattern-items.js";
import { parse } from "./patterns.js";

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
    ["all subdomains, of a base and of what is above it", ["https://p-*.b.test", "https://*.b.test"], "1 -"],
    ["all subdomains of what is above the base", ["https://p-*.a.b.test", "https://*.b.test"], "1 -"],
    ["a base that ends on no border of a label", ["https://xb.test", "https://*.b.test"], "- -"],
    ["a name of one label", ["https://*.localhost", "https://localhost"], "- -"],
    ["another scheme", ["http://a.example.com", "https://*.example.com"], "- -"],
  ])("%s", (_what, texts, expected) => {
    expect(findCovers(texts)).toBe(expected);
  });

  test("an item that is not of the list is compared with all of it", () => {
    const [listed, outsider, narrower, other] = createItems([
      "https://*.a.test",
      "https://*.a.test",
      "https://b.a.test",
      "https://b.test",
    ]);
    if (!listed || !outsider || !narrower || !other) throw new Error("four were made");
    const { findCover } = createCoverIndex([listed]);
    expect([listed, outsider, narrower, other].map(findCover)).toEqual([null, listed, listed, null]);
  });

  test("an empty list covers nothing", () => {
    expect(createCoverIndex<PatternItem>([]).findCover({ pattern: parse("null") })).toBeNull();
  });
});

describe("the index of hosts with a star gives the position of each that covers one, once", () => {
  const index = new StarHostIndex();
  index.add({ kind: "partial-label", before: "a", after: "", base: "b.test" }, 3);
  index.add({ kind: "partial-label", before: "", after: "c", base: "b.test" }, 5);
  index.add({ kind: "subdomains", base: "b.test" }, 7);
  index.add({ kind: "subdomains", base: "b.test" }, 9);
  index.add({ kind: "name", name: "a-c.b.test" }, 11);

  test.each<[string, HostPattern, readonly number[]]>([
    ["a-c.b.test", { kind: "name", name: "a-c.b.test" }, [3, 5, 7]],
    ["x.b.test", { kind: "name", name: "x.b.test" }, [7]],
    ["b.test", { kind: "name", name: "b.test" }, []],
    ["127.0.0.1", { kind: "address", address: "127.0.0.1" }, []],
    ["*.x.b.test", { kind: "subdomains", base: "x.b.test" }, [7]],
    ["ab*.b.test", { kind: "partial-label", before: "ab", after: "", base: "b.test" }, [3, 7]],
    ["a*c.b.test", { kind: "partial-label", before: "a", after: "c", base: "b.test" }, [3, 5, 7]],
    ["a*c.x.test", { kind: "partial-label", before: "a", after: "c", base: "x.test" }, []],
  ])("%s", (_what, host, positions) => {
    expect([...index.findCovers(host)].toSorted((one, other) => one - other)).toEqual(positions);
  });
});
