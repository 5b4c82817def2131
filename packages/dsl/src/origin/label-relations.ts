/*
 * One label with a star in it stands for the words that begin with one text, end with another, and have at least one
 * character of `a-z 0-9 - _` between the two. Where one is compared with one, it matters of these characters only that
 * there are several, so that nothing is certain about what a star stands for. Several together can have every character:
 * see `algebra/label-search.ts`.
 */

/** `before*after`, either of which may be empty. */
export interface PartialLabel {
  readonly before: string;
  readonly after: string;
}

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
