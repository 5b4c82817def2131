/* Fetch Standard, "Request class": from what a script asks for to the request that is fetched. */

import { isToken } from "../characters.js";
import type { Header } from "../decision.js";
import { getHeader, normalizeHeaderValue } from "./header-list.js";
import { isForbiddenMethod, normalizeMethod } from "./method.js";
import { corsUnsafeRequestHeaderNames, isForbiddenRequestHeader } from "./request-header.js";

/** A request's credentials mode. `same-origin`, the default of `fetch()`, is as good as `omit` across origins. */
export type CredentialsMode = "omit" | "same-origin" | "include";

/**
 * What a script asks `fetch()` for. The mode is `cors`, and the server of another origin, unless that is said.
 *
 * @example
 * ```ts
 * const page: PageRequest = {
 *   origin: "https://app.example.com",
 *   method: "put",
 *   headers: [["Content-Type", "application/json"]],
 *   credentials: "include",
 * };
 * ```
 */
export interface PageRequest {
  /** The page's origin, serialized; `null` for an opaque one. */
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly credentials: CredentialsMode;
  /** A text. `fetch()` adds a Content-Type for it where the script sets none. */
  readonly body?: string | undefined;
  /** Set by listeners on XMLHttpRequest's `upload`, and by a body that is a stream: there is always a preflight. */
  readonly uploadListener?: boolean | undefined;
  /** The server's origin is the page's own, so that CORS has no part in it. */
  readonly isSameOrigin?: boolean | undefined;
}

/** What the Standard calls a request, as far as CORS looks at it. */
export interface CorsModeRequest {
  readonly origin: string;
  /** Normalized. */
  readonly method: string;
  /** Without the forbidden ones. */
  readonly headers: readonly Header[];
  /** The CORS-unsafe request-header names. */
  readonly unsafeNames: readonly string[];
  readonly credentials: CredentialsMode;
  /** The use-CORS-preflight flag. */
  readonly useCorsPreflight: boolean;
}

/** Why a script gets a TypeError at once, and nothing is sent. */
export type Refusal = "method-malformed" | "method-forbidden" | "header-malformed" | "body-forbidden";

/** "Extract a body" from a string. */
const TYPE_OF_TEXT: Header = ["Content-Type", "text/plain;charset=UTF-8"];
const METHODS_WITHOUT_BODY: readonly string[] = ["GET", "HEAD"];

/** Web IDL's ByteString, without what can't be in a header value. */
const HEADER_VALUE = /^[\x01-\x09\x0b\x0c\x0e-\xff]*$/;

/**
 * Makes the request that a script asks for, or tells why there is none.
 *
 * @example
 * ```ts
 * createRequest({ origin: "null", method: "put", headers: [["Cookie", "a=b"]], credentials: "omit" });
 * // { method: "PUT", headers: [], … }
 * createRequest({ origin: "null", method: "trace", headers: [], credentials: "omit" }); // "method-forbidden"
 * ```
 */
export function createRequest(page: PageRequest): CorsModeRequest | Refusal {
  if (!isToken(page.method)) return "method-malformed";
  if (isForbiddenMethod(page.method)) return "method-forbidden";

  const given = page.headers.map(([name, value]): Header => [name, normalizeHeaderValue(value)]);
  // Before the forbidden ones are dropped: a malformed value of such a header is an error all the same.
  if (!given.every(([name, value]) => isToken(name) && HEADER_VALUE.test(value))) return "header-malformed";
  const own = given.filter((header) => !isForbiddenRequestHeader(header));

  const method = normalizeMethod(page.method);
  const hasBody = page.body !== undefined;
  if (hasBody && METHODS_WITHOUT_BODY.includes(method)) return "body-forbidden";
  const headers = hasBody && getHeader("Content-Type", own) === null ? [...own, TYPE_OF_TEXT] : own;

  return {
    origin: page.origin,
    method,
    headers,
    unsafeNames: corsUnsafeRequestHeaderNames(headers),
    credentials: page.credentials,
    useCorsPreflight: page.uploadListener ?? false,
  };
}
