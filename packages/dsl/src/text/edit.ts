import type { Span } from "./span.js";

/** A replacement in a source text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Applies edits to the text that they are about. Of two that overlap the first is applied. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { span, text: written } of edits.toSorted((one, other) => one.span.start - other.span.start)) {
    if (span.start < position) continue;
    parts.push(text.slice(position, span.start), written);
    position = span.end;
  }
  return parts.join("") + text.slice(position);
}
