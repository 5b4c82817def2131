import type { DeclaredPolicy } from "./comparison.js";
import { groupByText } from "./groups.js";

/** Two versions of one policy; one of them is missing where it has been added or removed. */
export interface PolicyPair {
  readonly before: DeclaredPolicy | null;
  readonly after: DeclaredPolicy | null;
}

type Key = (policy: DeclaredPolicy) => string;

const byPlaceAndName: Key = ({ file, name }) => JSON.stringify([file, name]);
const byName: Key = ({ name }) => name;
const byFile: Key = ({ file }) => file;
const byFileNameAndName: Key = ({ file, name }) => JSON.stringify([file.slice(file.lastIndexOf("/") + 1), name]);

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function sorted(policies: Iterable<DeclaredPolicy>): DeclaredPolicy[] {
  return [...policies].sort((one, other) => compareTexts(byPlaceAndName(one), byPlaceAndName(other)));
}

/**
 * Puts the policies of two sides into pairs: those of one file and name; of what is left, those that mean the same, which
 * have been renamed or moved; and those of one name whose file has moved and that have changed on the way, where there
 * is no doubt which. What is left then has been added or removed.
 *
 * Each step treats both sides alike, so that with the sides exchanged the pairs are the same.
 *
 * @param meansTheSame - Whether two policies let everybody do the same.
 */
export function pairPolicies(
  before: readonly DeclaredPolicy[],
  after: readonly DeclaredPolicy[],
  meansTheSame: (one: DeclaredPolicy, other: DeclaredPolicy) => boolean,
): PolicyPair[] {
  const olds = new Set(before);
  const news = new Set(after);
  const pairs: PolicyPair[] = [];

  /** Of one key, the first of one side goes with the first of the other. */
  function pairBy(key: Key, lefts: Iterable<DeclaredPolicy>, rights: Iterable<DeclaredPolicy>, isUnique = false): void {
    const leftsByKey = groupByText(sorted(lefts), key);
    const rightsByKey = groupByText(sorted(rights), key);
    for (const [text, some] of leftsByKey) {
      const others = rightsByKey.get(text) ?? [];
      if (isUnique && (some.length > 1 || others.length > 1)) continue;
      for (const [index, one] of some.entries()) {
        const other = others[index];
        if (!other) break;
        olds.delete(one);
        news.delete(other);
        pairs.push({ before: one, after: other });
      }
    }
  }

  pairBy(byPlaceAndName, olds, news);
  const classes: { readonly olds: DeclaredPolicy[]; readonly news: DeclaredPolicy[] }[] = [];
  const hasBoth = olds.size > 0 && news.size > 0;
  for (const policy of hasBoth ? sorted([...olds, ...news]) : []) {
    const known = classes.find(({ olds: [old], news: [now] }) => {
      const one = old ?? now;
      return one !== undefined && meansTheSame(one, policy);
    });
    const found = known ?? { olds: [], news: [] };
    if (!known) classes.push(found);
    (olds.has(policy) ? found.olds : found.news).push(policy);
  }
  for (const key of [byName, byFile, () => ""]) {
    for (const found of classes) {
      pairBy(
        key,
        found.olds.filter((old) => olds.has(old)),
        found.news.filter((now) => news.has(now)),
      );
    }
  }
  pairBy(byFileNameAndName, olds, news, true);
  return [
    ...pairs,
    ...[...olds].map((old) => ({ before: old, after: null })),
    ...[...news].map((now) => ({ before: null, after: now })),
  ];
}
