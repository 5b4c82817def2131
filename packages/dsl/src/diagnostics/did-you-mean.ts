import leven from "leven";

/** Nothing that is much longer than a word of the language was meant to be one. */
const LONGEST_WORD = 40;

/** The candidate that a word was probably meant to be, if any is near enough. */
export function findNearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > LONGEST_WORD) return null;
  const most = word.length <= 4 ? 1 : 2;
  let nearest: string | null = null;
  let least = most + 1;
  for (const candidate of candidates) {
    const distance = leven(word.toLowerCase(), candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}
