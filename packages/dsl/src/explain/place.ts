import { toPrintable } from "../diagnostics/pretty.js";
import type { ResolvedItem } from "../resolve/resolved-policy.js";
import { positionAt } from "../text/source-file.js";
import type { Span } from "../text/span.js";

/** Where something is written, and the way from the policy to there: through `extends` and sets. */
export type Place = Pick<ResolvedItem, "span" | "trail">;

function describeSpan({ file, start }: Span): string {
  const { line, column } = positionAt(file.text, start);
  return `${toPrintable(file.name)}:${line}:${column}`;
}

/**
 * Names a place.
 *
 * @example
 * ```ts
 * describePlace(item); // "shared.cors:2:3, through `@apps`, imported from shared.cors, at api.cors:3:9"
 * ```
 */
export function describePlace({ span, trail }: Place): string {
  const way = trail.map((step) => `, ${toPrintable(step.message)}, at ${describeSpan(step.span)}`);
  return `${describeSpan(span)}${way.join("")}`;
}
