/** A stretch of a source text, in UTF-16 code units. Lines and columns are computed when they are shown. */
export interface Span {
  readonly start: number;
  /** The offset behind the last character. */
  readonly end: number;
}

/** The smallest span that has both in it. */
export function joinSpans(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

/** Whether the two share a character. */
export function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
