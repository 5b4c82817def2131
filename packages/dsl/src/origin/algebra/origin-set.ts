/*
 * Sets of origins, exact within the well-formed origins of docs/language.md ("Matching a request's Origin"), `null` and
 * everything else that a header can hold. A set is a list of patterns, each with exceptions, which are patterns too.
 * That is closed under all that is done with sets, since what two patterns have in common is again a few patterns; and
 * it is what people read. The one hard question is whether anything is left of a pattern without its exceptions; it is
 * answered by a search for a shortest origin, in which the limits of length count.
 */

import type { ClaimPattern } from "../claim-pattern.js";
import { chooseExample } from "./example-order.js";
import { createPart, type Part, simplify } from "./part.js";
import { createPartIndex, type PartIndex } from "./part-index.js";
import { intersectPatterns } from "./pattern-intersection.js";
import { printSetPattern } from "./set-pattern.js";

/** A set of origins. Made by the functions of this file alone; never changes. */
export interface OriginSet {
  /** None is empty, so a set without parts is. */
  readonly parts: readonly Part[];
}

/** A part of a set in words: a pattern, without what the exceptions stand for. A set is all of its parts together. */
export interface DescribedPart {
  /** As the language writes it; `*` for everything, malformed values included. */
  readonly pattern: string;
  /** Patterns, each of which has something in common with `pattern`; none of them is needless. */
  readonly except: readonly string[];
  /** One of the shortest origins of this part, as {@link exampleOf} chooses them. */
  readonly example: string;
}

function createSet(parts: readonly (Part | null)[]): OriginSet {
  return { parts: simplify(parts.filter((part) => part !== null)) };
}

/**
 * The set that a list of patterns stands for; `"*"` is everything, `null` and malformed values included.
 *
 * @example
 * ```ts
 * originSetOf([parse("https://example.com"), parse("https://*.example.com")]);
 * originSetOf([]); // nobody
 * ```
 */
export function originSetOf(patterns: "*" | readonly ClaimPattern[]): OriginSet {
  return createSet((patterns === "*" ? [patterns] : patterns).map((pattern) => createPart(pattern, [])));
}

/** What is in one of two sets or in both. The patterns of the first come first. */
export function union(one: OriginSet, other: OriginSet): OriginSet {
  return createSet([...one.parts, ...other.parts]);
}

function intersectPart(part: Part, index: PartIndex): readonly (Part | null)[] {
  const { pattern, except } = part;
  if (index.findSame(pattern)?.except.length === 0) return [part];
  return index
    .findMeeting(pattern)
    .flatMap((other) =>
      intersectPatterns(pattern, other.pattern).map((common) => createPart(common, [...except, ...other.except])),
    );
}

/**
 * What is in both of two sets. The patterns come in the order of the first.
 *
 * @example
 * ```ts
 * const policy = originSetOf([parse("https://*.example.com:*"), parse("https://example.org")]);
 * const claim = originSetOf([parseClaim("https://*")]);
 * describe(intersection(policy, claim)); // `https://*.example.com`, `https://example.org`
 * ```
 */
export function intersection(one: OriginSet, other: OriginSet): OriginSet {
  const index = createPartIndex(other.parts);
  return createSet(one.parts.flatMap((part) => intersectPart(part, index)));
}

/**
 * What is left of a part: the pattern without all patterns that meet it, and what their exceptions give back, without the
 * parts that are still to be taken away.
 */
function subtractFromPart({ pattern, except }: Part, others: readonly Part[]): readonly (Part | null)[] {
  const rest = createPart(pattern, [...except, ...others.map((other) => other.pattern)]);
  const givenBack = others.flatMap((other) =>
    other.except
      .flatMap((exception) => intersectPatterns(pattern, exception))
      .flatMap((common) => {
        const part = createPart(common, except);
        const stillToTake = others.filter((each) => each !== other);
        return part ? subtractFromPart(part, stillToTake) : [];
      }),
  );
  return [rest, ...givenBack];
}

/**
 * What is in the first set and not in the second. The patterns come in the order of the first.
 *
 * @example
 * ```ts
 * const now = originSetOf([parse("https://*.example.com")]);
 * const before = originSetOf([parse("https://app.example.com")]);
 * describe(difference(now, before)); // [{ pattern: "https://*.example.com", except: ["https://app.example.com"], example: "https://a.example.com" }]
 * describe(difference(before, now)); // []
 * ```
 */
export function difference(one: OriginSet, other: OriginSet): OriginSet {
  const index = createPartIndex(other.parts);
  return createSet(
    one.parts.flatMap((part) => {
      if (index.findSame(part.pattern)?.except.length === 0) return [];
      return subtractFromPart(part, index.findMeeting(part.pattern));
    }),
  );
}

/** Whether a set has no value at all. `isEmpty(difference(one, other))` is whether `other` has all that `one` has. */
export function isEmpty(set: OriginSet): boolean {
  return set.parts.length === 0;
}

/**
 * A value of a set; `null` for an empty one. An origin where there is one: with https before http before other schemes, and
 * with the default port before others, then among the shortest. Else the text `"null"`, that of a malformed value at last.
 */
export function exampleOf(set: OriginSet): string | null {
  return chooseExample(set.parts.map(({ example }) => example));
}

/**
 * A set in words: its patterns in the order in which they were given, each with what is not meant. What other patterns
 * cover is left out.
 */
export function describe(set: OriginSet): readonly DescribedPart[] {
  return set.parts.map(({ pattern, except, example }) => ({
    pattern: printSetPattern(pattern),
    except: except.map(printSetPattern),
    example,
  }));
}
