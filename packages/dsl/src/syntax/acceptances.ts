import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";

/** `# corslang allow CODE: reason`: a comment that accepts a warning. */
export interface Acceptance {
  readonly code: string;
  /** The empty string where it is missing. */
  readonly reason: string;
  /** The comment. */
  readonly span: Span;
  /** The line of code that it is about; `null` where none follows. */
  readonly line: Span | null;
}

const ACCEPTANCE = /^#\s*corslang\s+allow\s+([^\s:]+)\s*:?\s*(.*?)\s*$/;

/** Whether a comment is an acceptance, and so no documentation. */
export function isAcceptance(comment: string): boolean {
  return ACCEPTANCE.test(comment);
}

function lineAround(file: SourceFile, offset: number): Span {
  const end = file.text.indexOf("\n", offset);
  return { file, start: file.text.lastIndexOf("\n", offset - 1) + 1, end: end < 0 ? file.text.length : end };
}

/**
 * Finds the acceptances among a file's comments. One at the end of a line is about that line, one alone on a line about
 * the next line of code.
 *
 * @param comments - The spans of all comments, in the order of the text.
 * @param code - The offsets of all other tokens but line ends, in the order of the text.
 */
export function findAcceptances(
  file: SourceFile,
  comments: readonly Span[],
  code: readonly number[],
): readonly Acceptance[] {
  let following = 0;
  return comments.flatMap((span) => {
    while ((code[following] ?? span.end) < span.end) following++;
    const [, acceptedCode, reason = ""] = ACCEPTANCE.exec(file.text.slice(span.start, span.end)) ?? [];
    if (acceptedCode === undefined) return [];
    const own = lineAround(file, span.start);
    const isAlone = file.text.slice(own.start, span.start).trim() === "";
    const next = isAlone ? code[following] : span.start;
    return [{ code: acceptedCode, reason, span, line: next === undefined ? null : lineAround(file, next) }];
  });
}
