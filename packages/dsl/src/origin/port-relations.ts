import type { PortPattern } from "./pattern.js";

/** One port of an origin; `default` is the one that is not written. */
export type Port = Exclude<PortPattern, "any">;

/**
 * Whether one stands for each port of the other, both of one scheme. A number is never the scheme's default, which the
 * parser refuses, so the two ways to write a port have nothing in common.
 *
 * @example
 * ```ts
 * coversPort("any", "default"); // true
 * coversPort(8443, "any");      // false
 * ```
 */
export function coversPort(wider: PortPattern, narrower: PortPattern): boolean {
  return wider === "any" || wider === narrower;
}

/**
 * A port that both stand for, the unwritten one where it is among them; `null` when there is none.
 *
 * @example
 * ```ts
 * findCommonPort("any", "any");     // "default"
 * findCommonPort("any", 8443);      // 8443
 * findCommonPort("default", 8443);  // null
 * ```
 */
export function findCommonPort(one: PortPattern, other: PortPattern): Port | null {
  if (one === "any") return other === "any" ? "default" : other;
  return coversPort(other, one) ? one : null;
}
