import { findNearest } from "../diagnostics/did-you-mean.js";
import type { ResolvedItem } from "../resolve/resolved-policy.js";

/** What comes nearest to a refused method or header. */
export type NameMiss =
  /** Browsers send `patch` as it is written, and no policy can list it. */
  | { readonly kind: "method-case"; readonly upperCase: string; readonly item: ResolvedItem | null }
  | { readonly kind: "name-typo"; readonly item: ResolvedItem };

/** Finds the listed name that was probably meant. */
export function findNameTypo(name: string, items: readonly ResolvedItem[]): NameMiss | null {
  // The distance is taken to what is in lower case, and given back as it is written.
  const byName = new Map(items.map((item) => [item.text.toLowerCase(), item]));
  const item = byName.get(findNearest(name, [...byName.keys()]) ?? "");
  return item ? { kind: "name-typo", item } : null;
}

/**
 * Finds what comes nearest to a method that is refused; `null` when nothing does.
 *
 * @example
 * ```ts
 * findMethodMiss("patch", items); // { kind: "method-case", upperCase: "PATCH", item }
 * ```
 */
export function findMethodMiss(method: string, items: readonly ResolvedItem[]): NameMiss | null {
  const upperCase = method.toUpperCase();
  if (method === upperCase) return findNameTypo(method, items);
  return { kind: "method-case", upperCase, item: items.find(({ text }) => text === upperCase) ?? null };
}
