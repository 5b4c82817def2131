/** A part of a sentence: words of ours, or a text of the policies, which has to be set apart and made harmless. */
export type Piece = string | { readonly quoted: string };

/** A sentence, or what is said in one line. */
export type Phrase = readonly Piece[];

/** More than this is counted: a reviewer reads ten lines, and a list may have ten thousand. */
const MOST_ITEMS = 10;

/** A text of the policies as a part of a sentence. */
export function quote(quoted: string): Piece {
  return { quoted };
}

/** A number for people: `9,990`. */
export function printCount(count: number): string {
  return count.toLocaleString("en-US");
}

/**
 * Puts phrases side by side, the first ten of many.
 *
 * @example
 * ```ts
 * joinPhrases([["a"], ["b"], ["c"]]); // ["a", ", ", "b", ", ", "c"]
 * ```
 */
export function joinPhrases(phrases: readonly Phrase[], most = MOST_ITEMS): Phrase {
  const shown = phrases.slice(0, most).flatMap((phrase, index) => (index === 0 ? phrase : [", ", ...phrase]));
  return phrases.length > most ? [...shown, ` and ${printCount(phrases.length - most)} more`] : shown;
}

/** Puts texts of the policies side by side, the first ten of many. */
export function joinQuoted(texts: readonly string[], most = MOST_ITEMS): Phrase {
  return joinPhrases(
    texts.map((text) => [quote(text)]),
    most,
  );
}

const UNITS = [
  [86400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;

/**
 * A duration in the largest unit that it is whole in.
 *
 * @example
 * ```ts
 * printDuration(600); // "10 minutes"
 * printDuration(90);  // "90 seconds"
 * ```
 */
export function printDuration(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds >= one && seconds % one === 0) ?? [1, "second"];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
