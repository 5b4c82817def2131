import type { CheckedOrigin } from "../check/checked-policy.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { coversHost } from "../origin/host-relations.js";
import { isLoopback } from "../origin/loopback.js";
import { parseOriginPattern } from "../origin/parse.js";
import { type HostPattern, isOneOrigin, type TuplePattern } from "../origin/pattern.js";
import { coversPort } from "../origin/port-relations.js";
import { suggestOrigin } from "../origin/suggest.js";
import { siteOf } from "./site.js";

/** In what a refused origin differs from the nearest item, the nearest first. */
const DIFFERENCES = [
  /** http in place of https, or the other way round. */
  "scheme",
  "port",
  "scheme-and-port",
  /** `localhost`, `127.0.0.1` and `[::1]` are one machine and three hosts. */
  "loopback-name",
  "www",
  /** `https://*.example.com` does not stand for `https://example.com`. */
  "bare-domain",
  /** A partial label stands for one label. */
  "too-many-labels",
  /** A star stands for one character at least. */
  "nothing-for-star",
  /** `https://example.com` stands for itself alone. */
  "subdomain",
  /** Another site, whose name begins or ends like one that is listed. */
  "look-alike",
  /** A character or two, within one site. */
  "typo",
  /** A character or two that make another site of it. */
  "typo-of-site",
] as const;

/** In what a refused origin differs from the nearest item. */
export type Difference = (typeof DIFFERENCES)[number];

/** What comes nearest to a refused origin. */
export type OriginMiss =
  | {
      readonly kind: "differs";
      readonly difference: Difference;
      readonly item: CheckedOrigin;
      /** The profile that alone has the item; `null` where the policy that is asked has it. */
      readonly profile: string | null;
    }
  /** Not as browsers write it; with what was probably meant, and whether that is allowed. */
  | { readonly kind: "not-serialized"; readonly serialized: string | null; readonly isAllowed: boolean }
  /** A host with a dot at its end: browsers do send that, and it is another host. */
  | { readonly kind: "trailing-dot"; readonly without: string; readonly isAllowed: boolean }
  | { readonly kind: "null-origin" }
  /** `origins none`. */
  | { readonly kind: "nobody" }
  | { readonly kind: "nothing-near" };

/** The name of a host, or the base of those that a pattern stands for. */
function nameOf(host: HostPattern): string {
  switch (host.kind) {
    case "name":
      return host.name;
    case "address":
      return host.address;
    case "subdomains":
    case "partial-label":
      return host.base;
  }
}

function isWww(one: string, other: string): boolean {
  return one === `www.${other}` || other === `www.${one}`;
}

/** How a host that is refused comes near what an item stands for. */
function compareHosts(listed: HostPattern, refused: HostPattern): Difference | null {
  const [base, host] = [nameOf(listed), nameOf(refused)];
  if (isLoopback(listed) && isLoopback(refused)) return "loopback-name";
  if (listed.kind === "name" && isWww(base, host)) return "www";
  if (listed.kind === "subdomains" && base === host) return "bare-domain";
  if (host.endsWith(`.${base}`)) {
    if (listed.kind === "name") return "subdomain";
    if (listed.kind !== "partial-label") return null;
    const front = host.slice(0, -base.length - 1);
    const isFramed = front.startsWith(listed.before) && front.endsWith(listed.after);
    const isInside = front.split(".").some((label) => label.startsWith(listed.before) && label.endsWith(listed.after));
    if (front.includes(".")) return isInside || isFramed ? "too-many-labels" : null;
    return front === listed.before + listed.after ? "nothing-for-star" : null;
  }
  const isAddress = listed.kind === "address" || refused.kind === "address";
  const isAlike = !isAddress && (host.endsWith(base) || host.startsWith(`${base}.`));
  return isAlike && siteOf(host) !== siteOf(base) ? "look-alike" : null;
}

function compare(listed: TuplePattern, refused: TuplePattern): Difference | null {
  if (!coversHost(listed.host, refused.host)) return compareHosts(listed.host, refused.host);
  const isScheme = listed.scheme === refused.scheme;
  if (coversPort(listed.port, refused.port)) return isScheme ? null : "scheme";
  return isScheme ? "port" : "scheme-and-port";
}

function findTypo(refused: TuplePattern, items: readonly CheckedOrigin[]): OriginMiss {
  const byName = new Map<string, CheckedOrigin>();
  for (const item of items) {
    if (item.pattern.kind !== "null" && !byName.has(nameOf(item.pattern.host))) {
      byName.set(nameOf(item.pattern.host), item);
    }
  }
  const host = nameOf(refused.host);
  const nearest = findNearest(host, [...byName.keys()]);
  const item = byName.get(nearest ?? "");
  if (nearest === null || !item) return { kind: "nothing-near" };
  const difference = siteOf(nearest) === siteOf(host) ? "typo" : "typo-of-site";
  return { kind: "differs", difference, item, profile: null };
}

function findNearestItem(refused: TuplePattern, items: readonly CheckedOrigin[]): OriginMiss {
  let nearest: { readonly difference: Difference; readonly item: CheckedOrigin } | null = null;
  for (const item of items) {
    const difference = item.pattern.kind === "null" ? null : compare(item.pattern, refused);
    if (difference === null) continue;
    if (!nearest || DIFFERENCES.indexOf(difference) < DIFFERENCES.indexOf(nearest.difference)) {
      nearest = { difference, item };
    }
  }
  if (nearest) return { kind: "differs", ...nearest, profile: null };
  return findTypo(refused, items);
}

/** One origin as browsers write it; `null` for anything else, patterns for several included. */
function parseOne(origin: string): TuplePattern | null {
  const parsed = parseOriginPattern(origin);
  if ("problem" in parsed || parsed.value.kind === "null") return null;
  return isOneOrigin(parsed.value) ? parsed.value : null;
}

/**
 * Finds what comes nearest to an origin that a policy refuses. It only finds words; nothing is decided by it.
 *
 * @param isAllowed - Whether the policy allows another origin.
 *
 * @example
 * ```ts
 * findOriginMiss("https://example.com:8443", policy.origins, isAllowed); // { kind: "differs", difference: "port", … }
 * ```
 */
export function findOriginMiss(
  origin: string,
  items: readonly CheckedOrigin[],
  isAllowed: (origin: string) => boolean,
): OriginMiss {
  if (origin === "null") return { kind: "null-origin" };
  const refused = parseOne(origin);
  if (refused === null) {
    const serialized = suggestOrigin(origin);
    if (serialized === null) return { kind: "not-serialized", serialized, isAllowed: false };
    const isWithoutDot = origin.replace(/\.(?=:\d+$|$)/, "") === serialized;
    return isWithoutDot
      ? { kind: "trailing-dot", without: serialized, isAllowed: isAllowed(serialized) }
      : { kind: "not-serialized", serialized, isAllowed: isAllowed(serialized) };
  }
  return items.length === 0 ? { kind: "nobody" } : findNearestItem(refused, items);
}
