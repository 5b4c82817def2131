import type { SourceFile } from "./source-file.js";

/** A stretch of a source text, in UTF-16 code units. Lines and columns are computed when they are shown. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  /** The offset behind the last character. */
  readonly end: number;
}

/** The smallest span that has both in it; both are of one file. */
export function joinSpans(first: Span, last: Span): Span {
  return { file: first.file, start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

/** The place directly before a span, where something can be written. */
export function before({ file, start }: Span): Span {
  return { file, start, end: start };
}

/** The place directly behind a span. */
export function behind({ file, end }: Span): Span {
  return { file, start: end, end };
}

/** Whether the two share a character. */
export function overlap(one: Span, other: Span): boolean {
  return one.file === other.file && one.start < other.end && other.start < one.end;
}
