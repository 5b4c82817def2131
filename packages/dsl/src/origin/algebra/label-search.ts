import type { PartialLabel } from "../label-relations.js";
import { LONGEST_LABEL } from "../limits.js";
import { createLabelAutomaton, type LabelState } from "./label-automaton.js";

/** All characters of a label, those first that look best in an example. */
const CHARACTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789-_"];

/** Labels of one place in host names. */
export interface LabelList {
  readonly labels: Iterable<string>;
  readonly partialLabels: Iterable<PartialLabel>;
}

/** What a star that has the whole label stands for. */
export const ANY_LABEL: PartialLabel = { before: "", after: "" };

/** The characters that lead to all states there are: those that matter, and one in place of all others. */
function* charactersToTry({ characters }: LabelState): Generator<string> {
  let hasOther = false;
  for (const character of CHARACTERS) {
    if (characters.has(character)) {
      yield character;
    } else if (!hasOther) {
      hasOther = true;
      yield character;
    }
  }
}

/**
 * A shortest label of at most `room` characters that a partial label stands for and that is not in a list; `null` when
 * the list has all of them.
 *
 * What the star stands for is searched from short to long. Two beginnings that leave the automaton of the list in the same
 * state can go on in the same ways, so each state is looked at once: the search ends, and within a time that depends on
 * the list.
 *
 * @example
 * ```ts
 * findFreeLabel({ before: "app-", after: "" }, { labels: ["app-a"], partialLabels: [] }, 63);        // "app-b"
 * findFreeLabel(ANY_LABEL, { labels: [], partialLabels: [{ before: "a", after: "" }] }, 1);          // "a"
 * findFreeLabel({ before: "a", after: "b" }, { labels: [], partialLabels: [{ before: "a", after: "" }] }, 63); // null
 * ```
 */
export function findFreeLabel(
  { before, after }: PartialLabel,
  { labels, partialLabels }: LabelList,
  room: number,
): string | null {
  const roomForStar = Math.min(LONGEST_LABEL, room) - before.length - after.length;
  const start = createLabelAutomaton(labels, partialLabels).read(before);
  const seen = new Set<string>();
  let reached: (readonly [star: string, state: LabelState])[] = [["", start]];
  for (let length = 1; length <= roomForStar && reached.length > 0; length++) {
    const longer: (readonly [string, LabelState])[] = [];
    for (const [star, state] of reached) {
      for (const character of charactersToTry(state)) {
        const next = state.read(character);
        if (seen.has(next.key)) continue;
        seen.add(next.key);
        if (!next.read(after).isListed) return before + star + character + after;
        longer.push([star + character, next]);
      }
    }
    reached = longer;
  }
  return null;
}
