/* Fetch Metadata Request Headers, and the HTML Standard's "same site". */

import type { Header } from "../decision.js";

/** How a page and a server belong together, as `Sec-Fetch-Site` says it. */
export type Site = "same-origin" | "same-site" | "cross-site";

const LABELS_OF_SITE = 2;

const IPV4_ADDRESS = /^[0-9.]+$/;

/**
 * A host's last two labels: its registrable domain by the Public Suffix List's rule for all that is not in the list,
 * whose thousands of lines are not here. Addresses have no labels; those of IPv6 have no dots either.
 */
function siteOf(host: string): string {
  return IPV4_ADDRESS.test(host) ? host : host.split(".").slice(-LABELS_OF_SITE).join(".");
}

/**
 * How a page at an origin and a server at a URL belong together.
 *
 * @example
 * ```ts
 * findSite("https://app.example.com", "https://api.example.com/orders"); // "same-site"
 * ```
 */
export function findSite(pageOrigin: string, url: string): Site {
  const server = new URL(url);
  if (pageOrigin === server.origin) return "same-origin";
  if (pageOrigin === "null") return "cross-site";
  const page = new URL(pageOrigin);
  return page.protocol === server.protocol && siteOf(page.hostname) === siteOf(server.hostname)
    ? "same-site"
    : "cross-site";
}

/** Secure Contexts, "potentially trustworthy URL", for those that a page can fetch. */
function isTrustworthy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isLoopback = hostname === "[::1]" || /^127\.[0-9.]+$/.test(hostname) || /^(?:.+\.)?localhost$/.test(hostname);
  return protocol === "https:" || isLoopback;
}

/**
 * The headers by which browsers tell a server where a request of `fetch()` comes from. There are none over plain HTTP,
 * but to the machine itself.
 */
export function createFetchMetadata(site: Site, url: string): readonly Header[] {
  if (!isTrustworthy(url)) return [];
  return [
    ["Sec-Fetch-Dest", "empty"],
    ["Sec-Fetch-Mode", "cors"],
    ["Sec-Fetch-Site", site],
  ];
}
