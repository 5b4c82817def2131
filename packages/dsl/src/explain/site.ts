import { isPublicSuffix } from "../origin/public-suffix.js";

/**
 * The part of a host's name that somebody registers (URL Standard, "registrable domain"): what is below it is theirs. A
 * last label of which the Public Suffix List knows nothing counts as a suffix, too, as by the list's own last rule.
 *
 * @example
 * ```ts
 * siteOf("eu.app.example.co.uk"); // "example.co.uk"
 * siteOf("shop.github.io");       // "shop.github.io"
 * siteOf("localhost");            // "localhost"
 * ```
 */
export function siteOf(name: string): string {
  const labels = name.split(".");
  for (let length = 2; length < labels.length; length++) {
    const site = labels.slice(-length).join(".");
    if (!isPublicSuffix(site)) return site;
  }
  return name;
}
