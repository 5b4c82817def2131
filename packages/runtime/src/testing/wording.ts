import type { PageRequest } from "../browser/request.js";

const MOST_ITEMS = 12;

/**
 * Puts names into a sentence; of many the first ones.
 *
 * @example
 * ```ts
 * enumerate(["GET", "HEAD", "PUT"]); // "GET, HEAD and PUT"
 * ```
 */
export function enumerate(names: readonly string[]): string {
  const shown =
    names.length > MOST_ITEMS ? [...names.slice(0, MOST_ITEMS), `${names.length - MOST_ITEMS} more`] : names;
  return [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter(Boolean).join(" and ");
}

/**
 * Says what a page asks for, for a sentence.
 *
 * @param what - The method, with the URL where there is one.
 *
 * @example
 * ```ts
 * describeFetch("PUT", page); // "PUT with Content-Type and credentials from https://app.example.com"
 * ```
 */
export function describeFetch(
  what: string,
  { origin, headers, credentials }: Pick<PageRequest, "origin" | "headers" | "credentials">,
): string {
  const parts = [...headers.map(([name]) => name), ...(credentials === "include" ? ["credentials"] : [])];
  return `${what}${parts.length > 0 ? ` with ${enumerate(parts)}` : ""} from ${origin}`;
}
