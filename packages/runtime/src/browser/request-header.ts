/* Fetch Standard, "Headers": which headers a script may set, and which of them need no preflight. */

import type { Header } from "../decision.js";
import { byteLowercase, normalizeHeaderValue, splitHeaderValue, toSortedLowercaseSet } from "./header-list.js";
import { isForbiddenMethod } from "./method.js";

const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  "accept-charset",
  "accept-encoding",
  "access-control-request-headers",
  "access-control-request-method",
  "connection",
  "content-length",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

/** Forbidden only where the value names a forbidden method: servers take these for another method. */
const METHOD_OVERRIDES: ReadonlySet<string> = new Set(["x-http-method", "x-http-method-override", "x-method-override"]);

/** What the form element could always send. */
const SAFELISTED_MIME_TYPES: ReadonlySet<string> = new Set([
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
]);

const LONGEST_SAFELISTED_VALUE = 128;
const LARGEST_SAFELISTED_SUM = 1024;

const UNSAFE_BYTE = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;
const LANGUAGE_VALUE = /^[0-9A-Za-z *,\-.;=]*$/;
/** "Parse a single range header value" without white space; a suffix range, `bytes=-500`, is not safelisted. */
const RANGE_VALUE = /^bytes=(?<start>[0-9]+)-(?<end>[0-9]*)$/;

/**
 * Whether a header is a "forbidden request-header". A script that sets one gets no error; the header is not sent.
 *
 * @example
 * ```ts
 * isForbiddenRequestHeader(["Cookie", "a=b"]); // true
 * isForbiddenRequestHeader(["X-HTTP-Method-Override", "PUT"]); // false: PUT is no forbidden method
 * ```
 */
export function isForbiddenRequestHeader([name, value]: Header): boolean {
  const lowercaseName = byteLowercase(name);
  if (FORBIDDEN_NAMES.has(lowercaseName)) return true;
  if (lowercaseName.startsWith("proxy-") || lowercaseName.startsWith("sec-")) return true;
  return METHOD_OVERRIDES.has(lowercaseName) && splitHeaderValue(value).some(isForbiddenMethod);
}

/** "Parse a MIME type" (MIME Sniffing Standard), where nothing is asked of the parameters. */
function essenceOf(mimeType: string): string {
  return byteLowercase(normalizeHeaderValue(mimeType.split(";", 1).join()));
}

function isSafelistedRange(value: string): boolean {
  const { start, end } = RANGE_VALUE.exec(value)?.groups ?? {};
  // Not as numbers: a value has room for more digits than these keep apart.
  return start !== undefined && (!end || BigInt(start) <= BigInt(end));
}

/**
 * Whether a header is a "CORS-safelisted request-header", which needs no preflight. Name and value decide together.
 *
 * @example
 * ```ts
 * isCorsSafelistedRequestHeader(["Content-Type", "text/plain"]); // true
 * isCorsSafelistedRequestHeader(["Content-Type", "application/json"]); // false
 * ```
 */
export function isCorsSafelistedRequestHeader([name, value]: Header): boolean {
  if (value.length > LONGEST_SAFELISTED_VALUE) return false;
  switch (byteLowercase(name)) {
    case "accept":
      return !UNSAFE_BYTE.test(value);
    case "accept-language":
    case "content-language":
      return LANGUAGE_VALUE.test(value);
    case "content-type":
      return !UNSAFE_BYTE.test(value) && SAFELISTED_MIME_TYPES.has(essenceOf(value));
    case "range":
      return isSafelistedRange(value);
    default:
      return false;
  }
}

/**
 * The "CORS-unsafe request-header names": what a preflight asks for, in lower case, unique and sorted. Values that
 * are safelisted one by one become unsafe together when their sum is too large.
 *
 * What the user agent itself adds (`Accept`, `Accept-Language`) is not counted: its length is the user agent's
 * affair, and it could matter only within a few bytes of that limit.
 *
 * @example
 * ```ts
 * corsUnsafeRequestHeaderNames([["X-B", "1"], ["Accept", "text/html"], ["X-A", "1"]]); // ["x-a", "x-b"]
 * ```
 */
export function corsUnsafeRequestHeaderNames(headers: readonly Header[]): readonly string[] {
  const safelisted = headers.filter(isCorsSafelistedRequestHeader);
  const sum = safelisted.reduce((length, [, value]) => length + value.length, 0);
  const unsafe =
    sum > LARGEST_SAFELISTED_SUM ? headers : headers.filter((header) => !isCorsSafelistedRequestHeader(header));
  return toSortedLowercaseSet(unsafe.map(([name]) => name));
}
