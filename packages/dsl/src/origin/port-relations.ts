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
 * What both stand for, both of one scheme; `null` when they have no port in common.
 *
 * @example
 * ```ts
 * intersectPorts("any", 8443);     // 8443
 * intersectPorts("default", 8443); // null
 * ```
 */
export function intersectPorts(one: PortPattern, other: PortPattern): PortPattern | null {
  if (coversPort(one, other)) return other;
  return coversPort(other, one) ? one : null;
}
