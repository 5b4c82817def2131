import type { HostPattern, PortPattern } from "../pattern.js";
import { MALFORMED } from "./example-order.js";
import { findFreeAnyHost, findFreeHost } from "./host-search.js";
import { portsToTry } from "./port-search.js";
import type { SetPattern } from "./set-pattern.js";

type PatternWithHost = Exclude<SetPattern, "*" | { readonly kind: "null" }>;

function hasHost(pattern: SetPattern): pattern is PatternWithHost {
  return pattern !== "*" && pattern.kind !== "null";
}

type HostsByPort = ReadonlyMap<PortPattern, readonly (HostPattern | "any-host")[]>;

function hostsByPort(patterns: readonly PatternWithHost[]): HostsByPort {
  const hosts = new Map<PortPattern, (HostPattern | "any-host")[]>();
  for (const pattern of patterns) {
    const atPort = hosts.get(pattern.port) ?? [];
    hosts.set(pattern.port, atPort);
    atPort.push(pattern.kind === "tuple" ? pattern.host : pattern.kind);
  }
  return hosts;
}

function findFreeOrigin(pattern: PatternWithHost, exceptions: readonly SetPattern[]): string | null {
  const { scheme } = pattern;
  const taken = hostsByPort(exceptions.filter(hasHost).filter((exception) => exception.scheme === scheme));
  for (const port of portsToTry(scheme, pattern.port, new Set(taken.keys()))) {
    const takenHere = [...(taken.get(port) ?? []), ...(taken.get("any") ?? [])];
    if (takenHere.includes("any-host")) continue;
    const hosts = takenHere.filter((host) => host !== "any-host");
    const host = pattern.kind === "any-host" ? findFreeAnyHost(hosts) : findFreeHost(pattern.host, hosts);
    if (host !== null) return `${scheme}://${host}${port === "default" ? "" : `:${port}`}`;
  }
  return null;
}

/**
 * A value that a pattern stands for and none of its exceptions does; `null` when they stand for all of it. The default port
 * comes before others, then a short host before a long one; of `*`, https before http before what is no origin.
 *
 * @example
 * ```ts
 * findFreeValue(parse("https://*.example.com"), [parse("https://a.example.com")]);      // "https://b.example.com"
 * findFreeValue(parse("http://localhost:*"), [parse("http://localhost")]);              // "http://localhost:3000"
 * findFreeValue(parse("https://a.example.com"), [parse("https://*.example.com")]);      // null
 * findFreeValue("*", [parseClaim("https://*:*"), parseClaim("http://*:*")]);            // "null"
 * ```
 */
export function findFreeValue(pattern: SetPattern, exceptions: readonly SetPattern[]): string | null {
  if (exceptions.includes("*")) return null;
  const isNullTaken = exceptions.some((exception) => exception !== "*" && exception.kind === "null");
  if (pattern === "*") {
    for (const scheme of ["https", "http"]) {
      const origin = findFreeOrigin({ kind: "any-host", scheme, port: "any" }, exceptions);
      if (origin !== null) return origin;
    }
    return isNullTaken ? MALFORMED : "null";
  }
  if (pattern.kind === "null") return isNullTaken ? null : "null";
  return findFreeOrigin(pattern, exceptions);
}
