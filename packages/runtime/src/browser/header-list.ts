/* Fetch Standard, "Headers". Bytes are characters here, as in the Standard's isomorphic decoding. */

import { isToken } from "../characters.js";
import type { Header } from "../decision.js";

const HTTP_TAB_OR_SPACE = "\t ";
const HTTP_WHITESPACE = "\t\n\r ";

/**
 * Puts ASCII letters, and these alone, into lower case: `toLowerCase` makes a `k` of the Kelvin sign.
 *
 * @example
 * ```ts
 * byteLowercase("X-Request-ID"); // "x-request-id"
 * ```
 */
export function byteLowercase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function strip(text: string, characters: string): string {
  const units = text.split("");
  const isKept = (unit: string) => !characters.includes(unit);
  // Where nothing is kept both are -1, and the slice is empty.
  return text.slice(units.findIndex(isKept), units.findLastIndex(isKept) + 1);
}

/**
 * Fetch's "normalize" of a header value that a script gives: without white space around it, line ends included.
 *
 * @example
 * ```ts
 * normalizeHeaderValue(" text/plain\r\n"); // "text/plain"
 * ```
 */
export function normalizeHeaderValue(value: string): string {
  return strip(value, HTTP_WHITESPACE);
}

function linesOf(name: string, headers: readonly Header[]): string[] {
  return headers
    .filter(([other]) => byteLowercase(other) === byteLowercase(name))
    .map(([, value]) => strip(value, HTTP_TAB_OR_SPACE));
}

/**
 * Fetch's "get": the values of all lines of a name, joined. So two lines of one origin are no origin.
 *
 * @returns `null` when there is no such header.
 *
 * @example
 * ```ts
 * getHeader("access-control-allow-origin", [["Access-Control-Allow-Origin", " * "]]); // "*"
 * ```
 */
export function getHeader(name: string, headers: readonly Header[]): string | null {
  const lines = linesOf(name, headers);
  return lines.length === 0 ? null : lines.join(", ");
}

/**
 * Fetch's "extract header list values" for the headers of CORS that are lists of tokens. Empty elements are ignored
 * (RFC 9110, 5.6.1.2); one element that is no token spoils the whole header.
 *
 * @returns `null` when there is no such header.
 *
 * @example
 * ```ts
 * extractTokens("Access-Control-Allow-Methods", [["Access-Control-Allow-Methods", "PUT,, DELETE"]]); // ["PUT", "DELETE"]
 * extractTokens("Access-Control-Allow-Methods", [["Access-Control-Allow-Methods", "PUT; DELETE"]]); // "failure"
 * ```
 */
export function extractTokens(name: string, headers: readonly Header[]): readonly string[] | null | "failure" {
  const lines = linesOf(name, headers);
  if (lines.length === 0) return null;
  const elements = lines
    .flatMap((line) => line.split(","))
    .map((element) => strip(element, HTTP_TAB_OR_SPACE))
    .filter((element) => element !== "");
  return elements.every(isToken) ? elements : "failure";
}

/**
 * Fetch's "get, decode, and split" without the empty elements: a comma inside a quoted string does not separate.
 *
 * @example
 * ```ts
 * splitHeaderValue('PUT, "a,b"'); // ["PUT", '"a,b"']
 * ```
 */
export function splitHeaderValue(value: string): readonly string[] {
  // A quoted string that is not closed goes on to the end, behind a lone backslash too.
  const elements = value.match(/(?:[^",]|"(?:[^"\\]|\\.)*\\?(?:"|$))+/gs) ?? [];
  return elements.map((element) => strip(element, HTTP_TAB_OR_SPACE));
}

/**
 * Fetch's "convert header names to a sorted-lowercase set".
 *
 * @example
 * ```ts
 * toSortedLowercaseSet(["X-B", "x-a", "x-b"]); // ["x-a", "x-b"]
 * ```
 */
export function toSortedLowercaseSet(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(byteLowercase))].sort();
}
