import type { Span } from "../text/span.js";
import { isAcceptance } from "./acceptances.js";

/**
 * Finds comment lines that stand directly above a place, each alone on its line.
 *
 * @param comments - The spans of all comments, in the order of the text.
 * @returns A function from the offset of a line's first word to the texts above it, without `#` and one space.
 */
export function createDocumentationReader(
  text: string,
  comments: readonly Span[],
): (offset: number) => readonly string[] {
  const lineStarts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) lineStarts.push(end + 1);

  /** The index of the line of an offset. */
  const lineOf = (offset: number): number => {
    let [low, high] = [0, lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };

  /** The comments that are alone on their line, by the index of the line. */
  const alone = new Map<number, Span>();
  for (const comment of comments) {
    const line = lineOf(comment.start);
    const isAlone = text.slice(lineStarts[line], comment.start).trim() === "";
    if (isAlone) alone.set(line, comment);
  }

  return (offset) => {
    const lines: string[] = [];
    for (let line = lineOf(offset) - 1; ; line--) {
      const comment = alone.get(line);
      if (!comment) return lines.reverse();
      const written = text.slice(comment.start, comment.end);
      // An acceptance is for the compiler; what stands above it is still about the same thing.
      if (!isAcceptance(written)) lines.push(written.replace(/^# ?/, "").trimEnd());
    }
  };
}
