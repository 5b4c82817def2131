import { parseOriginPattern } from "./parse.js";
import type { OriginPattern, PortPattern } from "./pattern.js";
import type { Parsed } from "./problem.js";

/** `http://*`: every well-formed host, by name or by address. */
export interface AnyHostPattern {
  readonly kind: "any-host";
  readonly scheme: string;
  readonly port: PortPattern;
}

/**
 * What a `never` claim speaks about. Nobody is let in by a claim, so it may be wider than what a policy may list.
 *
 * @example
 * ```ts
 * const anyHost: ClaimPattern = { kind: "any-host", scheme: "http", port: "default" }; // never http://*
 * ```
 */
export type ClaimPattern = OriginPattern | AnyHostPattern;

/** A bare `*` for a host; what may follow a host ends it, even where that is a mistake with a code of its own. */
const ANY_HOST = /^([^:]*:\/\/)\*(?=$|[:/?#\\])/;

/** A host that fits every scheme and has nothing wrong with it. */
const PLAIN_HOST = "localhost";

/**
 * Parses the pattern of a `never` claim: an origin pattern, or one whose host is a bare `*`. A lone `*` is none.
 *
 * @example
 * ```ts
 * parseClaimPattern("http://*:*");            // { value: { kind: "any-host", scheme: "http", port: "any" } }
 * parseClaimPattern("https://*.example.com"); // as parseOriginPattern
 * parseClaimPattern("https://*:443");         // { problem: { code: "origin-default-port" } }
 * ```
 */
export function parseClaimPattern(text: string): Parsed<ClaimPattern> {
  // With a plain host in place of the star, what is wrong around it gets the same codes as everywhere.
  const parsed = parseOriginPattern(text.replace(ANY_HOST, `$1${PLAIN_HOST}`));
  if (!ANY_HOST.test(text) || "problem" in parsed || parsed.value.kind === "null") return parsed;
  const { scheme, port } = parsed.value;
  return { value: { kind: "any-host", scheme, port } };
}
