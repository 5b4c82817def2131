/* Fetch Standard, "Main fetch" and "HTTP fetch", as far as CORS goes. */

import type { CorsRequest, Header } from "../decision.js";
import { type CorsCheckFailure, findCorsCheckFailure } from "./cors-check.js";
import { getHeader } from "./header-list.js";
import {
  createPreflight,
  findPreflightFailure,
  needsPreflight,
  type Preflight,
  type PreflightFailure,
} from "./preflight.js";
import { basicHeaderNames, readableHeaderNames } from "./readable-headers.js";
import { type CorsModeRequest, createRequest, type PageRequest, type Refusal } from "./request.js";
import type { Server, ServerResponse } from "./server.js";

/** What a page experiences. All but `readable` are one and the same TypeError to its script. */
export type Experience =
  /** The API refuses, and nothing is sent. */
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  /** The request itself is not sent. */
  | {
      readonly outcome: "preflight-failed";
      readonly preflight: Preflight;
      readonly failure: PreflightFailure;
      /** The response to the preflight. */
      readonly response: ServerResponse;
    }
  /** The request is sent, and done by the server; the page does not get to see the response. */
  | {
      readonly outcome: "blocked";
      readonly preflight: Preflight | null;
      readonly failure: CorsCheckFailure;
      readonly response: ServerResponse;
    }
  | ReadableExperience;

/** The page gets the response. */
export interface ReadableExperience {
  readonly outcome: "readable";
  /** The preflight that passed; `null` when none was needed. */
  readonly preflight: Preflight | null;
  /** In whole: of the headers, the page may read only some. */
  readonly response: ServerResponse;
  /** The names of the response's headers that the page may read, in lower case, sorted. */
  readonly headerNames: readonly string[];
}

/** The request itself on its way: the facts that a server looks at, and all headers that CORS has a part in. */
export interface ActualRequest {
  readonly facts: CorsRequest;
  readonly headers: readonly Header[];
}

/** What a browser is going to send for a page. */
export interface FetchPlan {
  readonly request: CorsModeRequest;
  /** What is sent before; `null` when it is not needed. */
  readonly preflight: Preflight | null;
  readonly actual: ActualRequest;
}

/**
 * Tells what a browser sends for a page: a preflight or not, and then, if that passes, the request itself.
 *
 * @example
 * ```ts
 * planFetch({ origin: "https://app.example.com", method: "GET", headers: [], credentials: "omit" });
 * // { preflight: null, actual: { headers: [["Accept", "*\/*"], ["Origin", "https://app.example.com"]], … }, … }
 * ```
 */
export function planFetch(page: PageRequest): FetchPlan | Refusal {
  const request = createRequest(page);
  if (typeof request === "string") return request;

  const { method, headers } = request;
  const isSameOrigin = page.isSameOrigin ?? false;
  // "Append a request `Origin` header": without CORS, only requests that may change something have one.
  const origin = isSameOrigin && (method === "GET" || method === "HEAD") ? null : request.origin;
  const accept: readonly Header[] = getHeader("Accept", headers) === null ? [["Accept", "*/*"]] : [];
  const originHeader: readonly Header[] = origin === null ? [] : [["Origin", origin]];
  return {
    request,
    preflight: !isSameOrigin && needsPreflight(request) ? createPreflight(request) : null,
    actual: {
      // A script can't set Access-Control-Request-*: they are forbidden request-headers.
      facts: { method, origin, requestMethod: null, requestHeaders: null },
      headers: [...headers, ...accept, ...originHeader],
    },
  };
}

/**
 * Does what a browser does when a page fetches from a server, step by step: gives out each request that it sends, takes
 * the response, and returns what the page experiences. So that one and the same algorithm asks servers that answer at
 * once and servers that take their time.
 *
 * A model of the Fetch Standard, where a browser differs from it too. Not in it: the preflight cache, redirects (the
 * first response is taken for the last), 304 from the HTTP cache, and all that is not CORS, such as cookie policy.
 *
 * @example
 * ```ts
 * const steps = fetchInSteps(page);
 * let step = steps.next();
 * while (!step.done) step = steps.next(await ask(step.value));
 * step.value.outcome; // "readable" if the server allows it
 * ```
 */
export function* fetchInSteps(page: PageRequest): Generator<Preflight | ActualRequest, Experience, ServerResponse> {
  const plan = planFetch(page);
  if (typeof plan === "string") return { outcome: "refused", refusal: plan };
  const { request, preflight, actual } = plan;

  if (preflight !== null) {
    const response = yield preflight;
    const failure = findPreflightFailure(request, response);
    if (failure !== null) return { outcome: "preflight-failed", preflight, failure, response };
  }

  const response = yield actual;
  if (page.isSameOrigin) return { outcome: "readable", preflight, response, headerNames: basicHeaderNames(response) };
  const failure = findCorsCheckFailure(request, response);
  if (failure !== null) return { outcome: "blocked", preflight, failure, response };
  return { outcome: "readable", preflight, response, headerNames: readableHeaderNames(request, response) };
}

/**
 * As {@link fetchInSteps}, with a server that answers at once.
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
  const steps = fetchInSteps(page);
  let step = steps.next();
  while (!step.done) step = steps.next(server(step.value.facts));
  return step.value;
}
