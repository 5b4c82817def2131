/*
 * One label with a star in it stands for the words that begin with one text, end with another, and have at least one
 * character of `a-z 0-9 - _` between the two. Of these characters it matters only that there are several, so that
 * nothing is certain about what a star stands for.
 */

/** `before*after`, either of which may be empty. */
export interface PartialLabel {
  readonly before: string;
  readonly after: string;
}

/** What a star stands for in an example. */
const FILLER = "a";

/**
 * Whether a label is one that a partial label stands for.
 *
 * @example
 * ```ts
 * matchesLabel({ before: "preview-", after: "" }, "preview-7"); // true
 * matchesLabel({ before: "preview-", after: "" }, "preview-");  // false
 * ```
 */
export function matchesLabel({ before, after }: PartialLabel, label: string): boolean {
  return label.length > before.length + after.length && label.startsWith(before) && label.endsWith(after);
}

/**
 * Whether one stands for each label of the other. Its fixed parts have to be within the other's: a character that
 * comes from the other's star can be any, so no part may ask for it.
 *
 * @example
 * ```ts
 * coversLabel({ before: "a", after: "" }, { before: "ab", after: "c" }); // true
 * coversLabel({ before: "a", after: "b" }, { before: "a", after: "" });  // false: "ac"
 * ```
 */
export function coversLabel(wider: PartialLabel, narrower: PartialLabel): boolean {
  return narrower.before.startsWith(wider.before) && narrower.after.endsWith(wider.after);
}

/**
 * A label that a partial label stands for.
 *
 * @example
 * ```ts
 * exampleLabel({ before: "preview-", after: "" }); // "preview-a"
 * ```
 */
export function exampleLabel({ before, after }: PartialLabel): string {
  return before + FILLER + after;
}

/** The word of a length that begins and ends so, the two parts overlapping where it is short; `null` if they differ. */
function joinWithin(length: number, start: string, end: string): string | null {
  const overlap = start.length + end.length - length;
  if (overlap <= 0) return start + FILLER.repeat(-overlap) + end;
  return end.startsWith(start.slice(-overlap)) ? start + end.slice(overlap) : null;
}

/**
 * The shortest label of at most `longest` characters that both stand for; `null` when there is none.
 *
 * It begins with the longer of the two beginnings and ends with the longer of the two ends. Once there is room for both
 * side by side, more room changes nothing; with less they share characters, and each length has to be looked at.
 *
 * @example
 * ```ts
 * findCommonLabel({ before: "aba", after: "" }, { before: "", after: "aba" }, 63); // "ababa"
 * findCommonLabel({ before: "a", after: "" }, { before: "b", after: "" }, 63);     // null
 * ```
 */
export function findCommonLabel(one: PartialLabel, other: PartialLabel, longest: number): string | null {
  const [start, startOfStart] =
    one.before.length < other.before.length ? [other.before, one.before] : [one.before, other.before];
  const [end, endOfEnd] = one.after.length < other.after.length ? [other.after, one.after] : [one.after, other.after];
  if (!start.startsWith(startOfStart) || !end.endsWith(endOfEnd)) return null;

  const shortest = 1 + Math.max(one.before.length + one.after.length, other.before.length + other.after.length);
  const enough = Math.max(shortest, start.length + end.length);
  for (let length = shortest; length <= Math.min(enough, longest); length++) {
    const label = joinWithin(length, start, end);
    if (label !== null) return label;
  }
  return null;
}
