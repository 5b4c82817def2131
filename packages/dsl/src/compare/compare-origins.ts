import type { CheckedOrigin, CheckedPolicy } from "../check/checked-policy.js";
import {
  type DescribedPart,
  describe,
  difference,
  exampleOf,
  intersection,
  isEmpty,
  type OriginSet,
  originSetOf,
  union,
} from "../origin/algebra/origin-set.js";
import { printOriginPattern } from "../origin/pattern.js";
import { STAR } from "../syntax/vocabulary.js";
import type { Span } from "../text/span.js";
import type { PlacedPart } from "./change.js";

/** A set of origins in words. */
export interface OriginsInWords<Part extends DescribedPart> {
  /** One of them, the most telling; `null` where there is none. */
  readonly example: string | null;
  readonly parts: readonly Part[];
}

/** How the origins of two policies differ. */
export interface OriginsComparison {
  readonly gained: OriginsInWords<PlacedPart>;
  readonly lost: OriginsInWords<PlacedPart>;
  /** What both allow; worked out when asked for. */
  readonly findCommon: () => OriginsInWords<DescribedPart>;
}

/** A policy's items by their text. Two of one text are one; the first says so. */
type Items = ReadonlyMap<string, CheckedOrigin>;

function itemsOf(policy: CheckedPolicy | null): Items {
  const byText = new Map<string, CheckedOrigin>();
  const origins = policy?.origins ?? [];
  for (const origin of origins === "*" ? [] : origins) {
    const text = printOriginPattern(origin.pattern);
    if (!byText.has(text)) byText.set(text, origin);
  }
  return byText;
}

function setOf(policy: CheckedPolicy | null, items: Items, isMeant: (text: string) => boolean): OriginSet {
  if (policy?.origins === "*") return originSetOf("*");
  return originSetOf([...items].flatMap(([text, { pattern }]) => (isMeant(text) ? [pattern] : [])));
}

function placeOf({ pattern }: DescribedPart, policy: CheckedPolicy | null, items: Items): Span | null {
  if (pattern === STAR) return policy?.settings.origins?.items.find(({ text }) => text === STAR)?.span ?? null;
  return items.get(pattern)?.item.span ?? null;
}

/** What each of two policies allows, and what it does not say in the same words as the other. */
function toSets(before: CheckedPolicy | null, after: CheckedPolicy | null) {
  const [oldItems, newItems] = [itemsOf(before), itemsOf(after)];
  return {
    oldItems,
    newItems,
    onlyOld: setOf(before, oldItems, (text) => !newItems.has(text)),
    onlyNew: setOf(after, newItems, (text) => !oldItems.has(text)),
    old: setOf(before, oldItems, () => true),
    now: setOf(after, newItems, () => true),
  };
}

/** Whether two policies allow the same origins. */
export function haveSameOrigins(one: CheckedPolicy, other: CheckedPolicy): boolean {
  const { onlyOld, onlyNew, old, now } = toSets(one, other);
  return isEmpty(difference(onlyOld, now)) && isEmpty(difference(onlyNew, old));
}

/**
 * Tells exactly which origins one policy allows and another does not; without a policy it is nobody.
 *
 * What both say in the same words is taken aside first: a list of ten thousand changes by a few lines at a time.
 *
 * @example
 * ```ts
 * compareOrigins(before, after).gained.parts;
 * // [{ pattern: "https://*.example.com", except: ["https://app.example.com"], … }]
 * ```
 */
export function compareOrigins(before: CheckedPolicy | null, after: CheckedPolicy | null): OriginsComparison {
  const { oldItems, newItems, onlyOld, onlyNew, old, now } = toSets(before, after);

  function findOnlyIn(policy: CheckedPolicy | null, items: Items, own: OriginSet, other: OriginSet) {
    const only = difference(own, other);
    const parts = describe(only).map((part) => ({ ...part, place: placeOf(part, policy, items) }));
    return { example: exampleOf(only), parts };
  }

  return {
    gained: findOnlyIn(after, newItems, onlyNew, old),
    lost: findOnlyIn(before, oldItems, onlyOld, now),
    findCommon() {
      const inSameWords = originSetOf(
        [...newItems].flatMap(([text, { pattern }]) => (oldItems.has(text) ? [pattern] : [])),
      );
      const common = union(inSameWords, intersection(onlyNew, onlyOld));
      return { example: exampleOf(common), parts: describe(common) };
    },
  };
}
