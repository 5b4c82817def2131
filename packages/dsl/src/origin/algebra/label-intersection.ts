import type { PartialLabel } from "../label-relations.js";

/** The word of a length that begins and ends so, with the two parts overlapping; `null` where they differ. */
function overlay(length: number, start: string, end: string): string | null {
  const overlap = start.length + end.length - length;
  return end.startsWith(start.slice(start.length - overlap)) ? start + end.slice(overlap) : null;
}

/** What two partial labels have in common: some whole labels, and perhaps a partial label. */
export interface CommonLabels {
  /** From short to long; none that the partial label stands for. */
  readonly labels: readonly string[];
  readonly partialLabel: PartialLabel | null;
}

/**
 * All labels of at most `longest` characters that two partial labels stand for.
 *
 * Such a label begins with the longer of the two beginnings and ends with the longer of the two ends. With room for both
 * and something between, that is a partial label again; with less they are side by side or share characters, and there is
 * at most one label of each length.
 *
 * @example
 * ```ts
 * intersectLabels({ before: "a-", after: "" }, { before: "", after: "-b" }, 63);
 * // { labels: ["a-b", "a--b"], partialLabel: { before: "a-", after: "-b" } }
 * ```
 */
export function intersectLabels(one: PartialLabel, other: PartialLabel, longest: number): CommonLabels {
  const [start, startOfStart] =
    one.before.length < other.before.length ? [other.before, one.before] : [one.before, other.before];
  const [end, endOfEnd] = one.after.length < other.after.length ? [other.after, one.after] : [one.after, other.after];
  if (!start.startsWith(startOfStart) || !end.endsWith(endOfEnd)) return { labels: [], partialLabel: null };

  const shortest = 1 + Math.max(one.before.length + one.after.length, other.before.length + other.after.length);
  const sideBySide = start.length + end.length;
  const labels: string[] = [];
  for (let length = shortest; length <= Math.min(sideBySide, longest); length++) {
    const label = overlay(length, start, end);
    if (label !== null) labels.push(label);
  }
  return { labels, partialLabel: sideBySide < longest ? { before: start, after: end } : null };
}
