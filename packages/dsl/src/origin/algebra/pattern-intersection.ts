import { coversHost } from "../host-relations.js";
import { LONGEST_HOST, LONGEST_LABEL } from "../limits.js";
import type { HostPattern, PortPattern, TuplePattern } from "../pattern.js";
import { intersectPorts } from "../port-relations.js";
import { intersectLabels } from "./label-intersection.js";
import { printSetPattern, type SetPattern } from "./set-pattern.js";

/** How many characters a host can have in front of a base and its dot. */
export function roomBefore(base: string): number {
  return LONGEST_HOST - 1 - base.length;
}

/**
 * All hosts that both stand for, as patterns.
 *
 * Nearly always, two patterns with a common host are one within the other: both bases are ends of that host, so one base
 * is within the other, and a partial label stands for one label only. The exception are two partial labels of one base.
 */
function intersectHosts(one: HostPattern, other: HostPattern): readonly HostPattern[] {
  if (coversHost(one, other)) return [other];
  if (coversHost(other, one)) return [one];
  if (one.kind !== "partial-label" || other.kind !== "partial-label" || one.base !== other.base) return [];
  const { base } = one;
  const { labels, partialLabel } = intersectLabels(one, other, Math.min(LONGEST_LABEL, roomBefore(base)));
  const names = labels.map((label): HostPattern => ({ kind: "name", name: `${label}.${base}` }));
  return partialLabel ? [...names, { kind: "partial-label", ...partialLabel, base }] : names;
}

/**
 * All values that both patterns stand for, as patterns of which none covers another; none where they have nothing in
 * common. One that covers the other gives back that other itself.
 *
 * @example
 * ```ts
 * intersectPatterns(parse("https://*.example.com:*"), parse("https://*.eu.example.com:8443")); // https://*.eu.example.com:8443
 * intersectPatterns(parse("https://a*.example.dev"), parse("https://*b.example.dev")); // https://ab.example.dev, https://a*b.example.dev
 * intersectPatterns("*", parseClaim("http://*"));                                      // http://*
 * ```
 */
export function intersectPatterns(one: SetPattern, other: SetPattern): readonly SetPattern[] {
  if (one === "*") return [other];
  if (other === "*") return [one];
  if (one.kind === "null" || other.kind === "null") return one.kind === other.kind ? [other] : [];
  const port = one.scheme === other.scheme ? intersectPorts(one.port, other.port) : null;
  if (port === null) return [];
  const withPort = <Pattern extends { readonly port: PortPattern }>(pattern: Pattern): Pattern =>
    pattern.port === port ? pattern : { ...pattern, port };
  if (one.kind === "any-host") return [withPort(other)];
  if (other.kind === "any-host") return [withPort(one)];
  return intersectHosts(one.host, other.host).map((host): TuplePattern => {
    const whole = host === other.host ? other : one;
    return withPort(host === whole.host ? whole : { ...whole, host });
  });
}

/**
 * Whether one pattern stands for everything that the other does.
 *
 * @example
 * ```ts
 * coversPattern(parse("https://*.example.com"), parse("https://a.example.com")); // true
 * coversPattern(parse("https://*.example.com"), parse("https://example.com"));   // false
 * ```
 */
export function coversPattern(wider: SetPattern, narrower: SetPattern): boolean {
  const [common, ...others] = intersectPatterns(wider, narrower);
  return common !== undefined && others.length === 0 && printSetPattern(common) === printSetPattern(narrower);
}
