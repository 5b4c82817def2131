import { type OriginPattern, type PortPattern, printOriginPattern } from "./pattern.js";
import { StarHostIndex } from "./star-host-index.js";

/** Something in a list that has a pattern: an item of a policy, say, with the place that it is written at. */
export interface PatternItem {
  readonly pattern: OriginPattern;
}

/** A list of patterns, to ask which of them are covered by others. */
export interface CoverIndex<Item extends PatternItem> {
  /**
   * The item of the list that makes one redundant; `null` when none does. That is the first with the same pattern, or
   * else the first whose pattern covers it. The first of several with the same pattern is not made redundant by its
   * repeats, so when all redundant items are taken out, the rest means the same.
   *
   * Items are told apart by identity. One that is not of the list is compared with all of it.
   */
  readonly findCover: (item: Item) => Item | null;
}

/**
 * Makes the index of a list. Making it and asking about each item takes time in proportion to the length of the list.
 *
 * @example
 * ```ts
 * const items = ["https://a.example.com", "https://*.example.com"].map((text) => ({ text, pattern: parse(text) }));
 * const { findCover } = createCoverIndex(items);
 * findCover(items[0])?.text; // "https://*.example.com"
 * findCover(items[1]);       // null
 * ```
 */
export function createCoverIndex<Item extends PatternItem>(items: readonly Item[]): CoverIndex<Item> {
  /** There is one way to write a pattern, so equal patterns have equal texts. */
  const firstByText = new Map<string, number>();
  const starHosts = new Map<string, StarHostIndex>();
  const scopeOf = (scheme: string, port: PortPattern) => `${scheme}:${port}`;

  for (const [position, { pattern }] of items.entries()) {
    const text = printOriginPattern(pattern);
    if (firstByText.has(text)) continue;
    firstByText.set(text, position);
    if (pattern.kind === "null") continue;
    const scope = scopeOf(pattern.scheme, pattern.port);
    const hosts = starHosts.get(scope) ?? new StarHostIndex();
    hosts.add(pattern.host, position);
    starHosts.set(scope, hosts);
  }

  /** The positions of all patterns that cover one but are not equal to it, and perhaps its own, in no order. */
  function* findWider(pattern: OriginPattern): Generator<number> {
    if (pattern.kind === "null") return;
    const { scheme, port, host } = pattern;
    const withAnyPort = firstByText.get(printOriginPattern({ ...pattern, port: "any" }));
    if (withAnyPort !== undefined) yield withAnyPort;
    for (const widerPort of new Set<PortPattern>([port, "any"])) {
      yield* starHosts.get(scopeOf(scheme, widerPort))?.findCovers(host) ?? [];
    }
  }

  function findCover(item: Item): Item | null {
    const same = firstByText.get(printOriginPattern(item.pattern));
    if (same !== undefined && items[same] !== item) return items[same] ?? null;
    let first = items.length;
    for (const position of findWider(item.pattern)) {
      if (position < first && items[position] !== item) first = position;
    }
    return items[first] ?? null;
  }

  return { findCover };
}
