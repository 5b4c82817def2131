import type { ClaimPattern } from "../claim-pattern.js";
import { printOriginPattern } from "../pattern.js";

/** What a set is made of: a pattern, or `*`, which alone stands for values that are no well-formed origin. */
export type SetPattern = "*" | ClaimPattern;

/**
 * Writes a pattern as the language does. Each has one text, so equal texts are equal patterns.
 *
 * @example
 * ```ts
 * printSetPattern({ kind: "any-host", scheme: "http", port: "any" }); // "http://*:*"
 * ```
 */
export function printSetPattern(pattern: SetPattern): string {
  if (pattern === "*") return pattern;
  if (pattern.kind !== "any-host") return printOriginPattern(pattern);
  // In place of the host that is a star, one that prints as itself.
  const { scheme, port } = pattern;
  return printOriginPattern({ kind: "tuple", scheme, host: { kind: "name", name: "*" }, port });
}
