/* Fetch Standard, "CORS filtered response", and "Main fetch", step 14. */

import { HEADER } from "../decision.js";
import { byteLowercase, extractTokens, toSortedLowercaseSet } from "./header-list.js";
import type { CorsModeRequest } from "./request.js";
import type { ServerResponse } from "./server.js";

/** The "CORS-safelisted response-header names", in lower case: a page may read these whatever is exposed. */
export const CORS_SAFELISTED_RESPONSE_HEADER_NAMES: readonly string[] = [
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
];

/** No list can expose these. */
const FORBIDDEN_NAMES: readonly string[] = ["set-cookie", "set-cookie2"];

/** Whether a page may read a header of that name in any case. */
export function isCorsSafelistedResponseHeaderName(name: string): boolean {
  return CORS_SAFELISTED_RESPONSE_HEADER_NAMES.includes(byteLowercase(name));
}

/** Whether no page may read a header of that name, whatever is exposed. */
export function isForbiddenResponseHeaderName(name: string): boolean {
  return FORBIDDEN_NAMES.includes(byteLowercase(name));
}

/** "Basic filtered response": the names of a response's headers where the page and the server are of one origin. */
export function basicHeaderNames({ headers }: ServerResponse): readonly string[] {
  return toSortedLowercaseSet(headers.map(([name]) => name)).filter((name) => !isForbiddenResponseHeaderName(name));
}

/**
 * The names of a response's headers that the page may read, as `Headers` gives them: in lower case, sorted.
 *
 * @example
 * ```ts
 * readableHeaderNames({ credentials: "omit" }, {
 *   status: 200,
 *   headers: [["ETag", '"1"'], ["Pragma", "no-cache"], ["X-Id", "7"], ["Access-Control-Expose-Headers", "ETag"]],
 * }); // ["etag", "pragma"]
 * ```
 */
export function readableHeaderNames(
  { credentials }: Pick<CorsModeRequest, "credentials">,
  { headers }: ServerResponse,
): readonly string[] {
  const listed = extractTokens(HEADER.exposeHeaders, headers);
  // A list that can't be parsed exposes nothing; the fetch does not fail for it.
  const exposed = new Set(listed === "failure" ? null : listed?.map(byteLowercase));
  // With credentials, `*` is the name of a header.
  const exposesAll = credentials !== "include" && exposed.has("*");
  return toSortedLowercaseSet(headers.map(([name]) => name)).filter(
    (name) =>
      isCorsSafelistedResponseHeaderName(name) ||
      ((exposesAll || exposed.has(name)) && !isForbiddenResponseHeaderName(name)),
  );
}
