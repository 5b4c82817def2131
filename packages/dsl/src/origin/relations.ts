/*
 * Exact relations between origin patterns, within the well-formed origins of docs/language.md ("Matching a request's
 * Origin"). They are worked out on the patterns and never by trying origins; tests compare them with the runtime's
 * matcher, which is what decides in the end.
 */

import type { ClaimPattern } from "./claim-pattern.js";
import { coversHost, exampleHost, findCommonHost } from "./host-relations.js";
import type { OriginPattern } from "./pattern.js";
import { coversPort, findCommonPort } from "./port-relations.js";

/** Shown where any host at all would do. */
const PLAIN_EXAMPLE_HOST = "example.com";

/**
 * Whether every origin that `narrower` stands for is one that `wider` stands for.
 *
 * @example
 * ```ts
 * covers(parse("https://*.example.com"), parse("https://a.example.com")); // true
 * covers(parse("https://*.example.com"), parse("https://example.com"));   // false
 * covers(parse("http://localhost:*"), parse("http://localhost"));         // true
 * ```
 */
export function covers(wider: OriginPattern, narrower: OriginPattern): boolean {
  if (wider.kind === "null" || narrower.kind === "null") return wider.kind === narrower.kind;
  return (
    wider.scheme === narrower.scheme && coversPort(wider.port, narrower.port) && coversHost(wider.host, narrower.host)
  );
}

type WithHost = Exclude<ClaimPattern, { readonly kind: "null" }>;

function findCommonHostOf(one: WithHost, other: WithHost): string | null {
  if (one.kind === "tuple")
    return other.kind === "tuple" ? findCommonHost(one.host, other.host) : exampleHost(one.host);
  return other.kind === "tuple" ? exampleHost(other.host) : PLAIN_EXAMPLE_HOST;
}

/**
 * An origin that both patterns stand for, as a browser writes it and among the shortest; `null` when they have nothing
 * in common. The order of the two does not matter.
 *
 * @example
 * ```ts
 * findCommonOrigin(parse("https://*.example.com:*"), parse("https://*.eu.example.com:8443")); // "https://a.eu.example.com:8443"
 * findCommonOrigin(parse("https://a-*.example.dev"), parse("https://*-b.example.dev"));       // "https://a-b.example.dev"
 * findCommonOrigin(parse("http://*:*"), parse("http://127.0.0.1:3000"));                      // "http://127.0.0.1:3000"
 * findCommonOrigin(parse("https://*.example.com"), parse("https://example.com"));             // null
 * ```
 */
export function findCommonOrigin(one: ClaimPattern, other: ClaimPattern): string | null {
  if (one.kind === "null" || other.kind === "null") return one.kind === other.kind ? "null" : null;
  if (one.scheme !== other.scheme) return null;
  const port = findCommonPort(one.port, other.port);
  const host = findCommonHostOf(one, other);
  if (port === null || host === null) return null;
  return `${one.scheme}://${host}${port === "default" ? "" : `:${port}`}`;
}

/**
 * Whether there is an origin that both patterns stand for.
 *
 * @example
 * ```ts
 * intersects(parse("https://preview-*.example.dev"), parse("https://*-staging.example.dev")); // true
 * intersects(parse("https://example.com"), parse("https://example.com:8443"));                // false
 * ```
 */
export function intersects(one: ClaimPattern, other: ClaimPattern): boolean {
  return findCommonOrigin(one, other) !== null;
}
