import type { Span } from "../text/span.js";

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
  /** Comments that are alone on their line, by the offset where the next line begins. */
  const byLineEnd = new Map<number, Span>();
  for (const comment of comments) {
    const lineStart = text.lastIndexOf("\n", comment.start) + 1;
    if (text.slice(lineStart, comment.start).trim() === "") byLineEnd.set(comment.end + 1, comment);
  }
  return (offset) => {
    const lines: string[] = [];
    let lineStart = text.lastIndexOf("\n", offset - 1) + 1;
    for (let comment = byLineEnd.get(lineStart); comment; comment = byLineEnd.get(lineStart)) {
      lines.unshift(text.slice(comment.start, comment.end).replace(/^# ?/, "").trimEnd());
      lineStart = text.lastIndexOf("\n", comment.start) + 1;
    }
    return lines;
  };
}
