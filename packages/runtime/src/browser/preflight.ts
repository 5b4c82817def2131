/* Fetch Standard, "CORS-preflight fetch". Without the cache: every preflight is a browser's first. */

import { type CorsRequest, HEADER, type Header } from "../decision.js";
import { type CorsCheckFailure, findCorsCheckFailure } from "./cors-check.js";
import { byteLowercase, extractTokens } from "./header-list.js";
import { isCorsSafelistedMethod } from "./method.js";
import type { CorsModeRequest } from "./request.js";
import type { ServerResponse } from "./server.js";

/** A preflight on its way: the facts that a server looks at, and the headers that carry them. */
export interface Preflight {
  readonly facts: CorsRequest & { readonly origin: string; readonly requestMethod: string };
  /** In the Standard's order, without what CORS has no part in (`User-Agent` and the like). */
  readonly headers: readonly Header[];
}

/** The step that a preflight fails at, in the order of the steps. */
export type PreflightFailure =
  | { readonly step: "cors-check"; readonly failure: CorsCheckFailure }
  | { readonly step: "ok-status"; readonly status: number }
  /** Allow-Methods or Allow-Headers has something in it that is no token. */
  | { readonly step: "parse"; readonly header: string }
  | { readonly step: "method"; readonly method: string }
  /** With the first name that is not allowed. */
  | { readonly step: "headers"; readonly name: string };

/** The "CORS non-wildcard request-header names": `*` does not cover them. */
const NON_WILDCARD_NAME = "authorization";

/**
 * Whether a request is preceded by a preflight ("Main fetch", step 12).
 *
 * @example
 * ```ts
 * needsPreflight({ method: "POST", unsafeNames: [], useCorsPreflight: false }); // false
 * needsPreflight({ method: "GET", unsafeNames: ["x-request-id"], useCorsPreflight: false }); // true
 * ```
 */
export function needsPreflight({
  method,
  unsafeNames,
  useCorsPreflight,
}: Pick<CorsModeRequest, "method" | "unsafeNames" | "useCorsPreflight">): boolean {
  return useCorsPreflight || !isCorsSafelistedMethod(method) || unsafeNames.length > 0;
}

/**
 * Makes a request's preflight.
 *
 * @example
 * ```ts
 * createPreflight({ origin: "https://a.example.com", method: "PUT", unsafeNames: ["content-type", "x-a"] }).headers;
 * // Accept, Access-Control-Request-Method: PUT, Access-Control-Request-Headers: content-type,x-a, Origin
 * ```
 */
export function createPreflight({
  origin,
  method,
  unsafeNames,
}: Pick<CorsModeRequest, "origin" | "method" | "unsafeNames">): Preflight {
  // Step 5: by `,` without a space, "for better or worse"; no header at all for no names.
  const requestHeaders = unsafeNames.length > 0 ? unsafeNames.join(",") : null;
  const headersOfNames: readonly Header[] =
    requestHeaders === null ? [] : [["Access-Control-Request-Headers", requestHeaders]];
  return {
    facts: { method: "OPTIONS", origin, requestMethod: method, requestHeaders },
    headers: [["Accept", "*/*"], ["Access-Control-Request-Method", method], ...headersOfNames, ["Origin", origin]],
  };
}

/**
 * Steps 7 and 8: whether the response to a preflight lets the request go.
 *
 * @returns `null` when it does.
 *
 * @example
 * ```ts
 * const response = { status: 204, headers: [["Access-Control-Allow-Origin", "*"]] } as const;
 * findPreflightFailure(request, response); // for a PUT: { step: "method", method: "PUT" }
 * ```
 */
export function findPreflightFailure(request: CorsModeRequest, response: ServerResponse): PreflightFailure | null {
  const failure = findCorsCheckFailure(request, response);
  if (failure !== null) return { step: "cors-check", failure };
  if (response.status < 200 || response.status > 299) return { step: "ok-status", status: response.status };

  const methods = extractTokens(HEADER.allowMethods, response.headers);
  if (methods === "failure") return { step: "parse", header: HEADER.allowMethods };
  const names = extractTokens(HEADER.allowHeaders, response.headers);
  if (names === "failure") return { step: "parse", header: HEADER.allowHeaders };

  const isWildcard = (list: ReadonlySet<string>) => request.credentials !== "include" && list.has("*");

  // Step 7.4 is there for the cache, yet lets any method pass where there are an upload listener and no Allow-Methods.
  const allowedMethods = new Set(methods ?? (request.useCorsPreflight ? [request.method] : null));
  const isMethodAllowed =
    allowedMethods.has(request.method) || isCorsSafelistedMethod(request.method) || isWildcard(allowedMethods);
  if (!isMethodAllowed) return { step: "method", method: request.method };

  const allowedNames = new Set(names?.map(byteLowercase));
  // Step 7.6 before 7.7: Authorization is told first.
  if (request.unsafeNames.includes(NON_WILDCARD_NAME) && !allowedNames.has(NON_WILDCARD_NAME)) {
    return { step: "headers", name: NON_WILDCARD_NAME };
  }
  const refused = isWildcard(allowedNames) ? undefined : request.unsafeNames.find((name) => !allowedNames.has(name));
  return refused === undefined ? null : { step: "headers", name: refused };
}
