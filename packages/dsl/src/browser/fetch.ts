/* Fetch Standard, "Main fetch" and "HTTP fetch", as far as CORS goes. */

import { type CorsCheckFailure, findCorsCheckFailure } from "./cors-check.js";
import {
  createPreflight,
  findPreflightFailure,
  needsPreflight,
  type Preflight,
  type PreflightFailure,
} from "./preflight.js";
import { readableHeaderNames } from "./readable-headers.js";
import { createRequest, type PageRequest, type Refusal } from "./request.js";
import type { Server } from "./server.js";

/** What a page experiences. All but `readable` are one and the same TypeError to its script. */
export type Experience =
  /** The API refuses, and nothing is sent. */
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  /** The request itself is not sent. */
  | { readonly outcome: "preflight-failed"; readonly preflight: Preflight; readonly failure: PreflightFailure }
  /** The request is sent, and done by the server; the page does not get to see the response. */
  | { readonly outcome: "blocked"; readonly preflight: Preflight | null; readonly failure: CorsCheckFailure }
  | {
      readonly outcome: "readable";
      /** The preflight that passed; `null` when none was needed. */
      readonly preflight: Preflight | null;
      readonly status: number;
      /** The names of the response's headers that the page may read, in lower case, sorted. */
      readonly headerNames: readonly string[];
    };

/**
 * Does what a browser does when a page fetches from a server of another origin.
 *
 * A model of the Fetch Standard, where a browser differs from it too. Not in it: the preflight cache, redirects (the
 * first response is taken for the last), 304 from the HTTP cache, and all that is not CORS, such as cookie policy.
 *
 * @example
 * ```ts
 * const server = createMatcherServer(createMatcher(policy));
 * simulateFetch(
 *   { origin: "https://app.example.com", method: "PATCH", headers: [], credentials: "include" },
 *   server,
 * ).outcome; // "readable" if the policy allows it, with credentials
 * ```
 */
export function simulateFetch(page: PageRequest, server: Server): Experience {
  const request = createRequest(page);
  if (typeof request === "string") return { outcome: "refused", refusal: request };

  const preflight = needsPreflight(request) ? createPreflight(request) : null;
  if (preflight !== null) {
    const failure = findPreflightFailure(request, server(preflight.facts));
    if (failure !== null) return { outcome: "preflight-failed", preflight, failure };
  }

  const { origin, method } = request;
  // A script can't set Access-Control-Request-*: they are forbidden request-headers.
  const response = server({ method, origin, requestMethod: null, requestHeaders: null });
  const failure = findCorsCheckFailure(request, response);
  if (failure !== null) return { outcome: "blocked", preflight, failure };
  const headerNames = readableHeaderNames(request, response);
  return { outcome: "readable", preflight, status: response.status, headerNames };
}
