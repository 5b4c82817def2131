import type { Edit } from "../src/diagnostics/diagnostic.js";

/** Applies edits to a text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.span.start - one.span.start)
    .reduce((result, { span, text: written }) => result.slice(0, span.start) + written + result.slice(span.end), text);
}
