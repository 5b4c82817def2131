/**
 * Adds names to a value of the `Vary` header: merged, each name once without regard to case and as it is spelled last, `*` left as it is
 * (RFC 9110, 12.5.5: `*` already says that anything may matter).
 *
 * @param value - What the response has so far, if anything.
 * @param names - The names to add, as a value of the header.
 * @returns The value to send; the empty string when there is nothing to send.
 *
 * @example
 * ```ts
 * mergeVary("Accept-Encoding", "Origin"); // "Accept-Encoding, Origin"
 * mergeVary("origin", "Origin");          // "Origin"
 * mergeVary("*", "Origin");               // "*"
 * ```
 */
export function mergeVary(value: string | undefined | null, names: string): string {
  if (!value) return names;
  const elements = `${value},${names}`.split(",").map((name) => name.trim());
  if (elements.includes("*")) return value;
  return [...new Map(elements.filter(Boolean).map((name) => [name.toLowerCase(), name])).values()].join(", ");
}
