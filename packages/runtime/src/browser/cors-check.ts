/* Fetch Standard, "CORS check". */

import { HEADER } from "../decision.js";
import { getHeader } from "./header-list.js";
import type { CorsModeRequest } from "./request.js";
import type { ServerResponse } from "./server.js";

/** What a CORS check fails at: no Allow-Origin, one that is another than the page's, no Allow-Credentials `true`. */
export type CorsCheckFailure = "allow-origin-missing" | "allow-origin-different" | "allow-credentials-not-true";

/**
 * The CORS check, of the response to a preflight as of that to the request itself. Always by the request's own
 * credentials mode; a preflight has no credentials to speak of.
 *
 * @returns `null` when it succeeds.
 *
 * @example
 * ```ts
 * const response = { status: 200, headers: [["Access-Control-Allow-Origin", "*"]] } as const;
 * findCorsCheckFailure({ origin: "https://a.example.com", credentials: "omit" }, response); // null
 * findCorsCheckFailure({ origin: "https://a.example.com", credentials: "include" }, response);
 * // "allow-origin-different"
 * ```
 */
export function findCorsCheckFailure(
  { origin, credentials }: Pick<CorsModeRequest, "origin" | "credentials">,
  { headers }: ServerResponse,
): CorsCheckFailure | null {
  const allowOrigin = getHeader(HEADER.allowOrigin, headers);
  if (allowOrigin === null) return "allow-origin-missing";
  if (credentials !== "include" && allowOrigin === "*") return null;
  if (allowOrigin !== origin) return "allow-origin-different";
  if (credentials !== "include") return null;
  return getHeader(HEADER.allowCredentials, headers) === "true" ? null : "allow-credentials-not-true";
}
