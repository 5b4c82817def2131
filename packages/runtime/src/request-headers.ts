/*
 * Access-Control-Request-Headers against a policy's list. Browsers send unique names in lower case, sorted, joined by
 * `,`; Firefox repeats names, gateways add blanks and empty elements, people with curl write `X-One, X-Two`. All of
 * these are accepted, within bounds that follow from the policy and never from the request (CVE-2025-47908: a
 * megabyte of commas; CVE-2026-69207: `split(/\s*,\s*\/)` is quadratic on blanks).
 */

import { COMMA, isToken, SPACE, TAB } from "./characters.js";
import { LONGEST_REPORTED_NAME, MOST_EMPTY_ELEMENTS } from "./limits.js";

/** Compares values of Access-Control-Request-Headers with a policy's names. */
export type RequestHeadersTest = readonly [
  /** Whether every name in the value is allowed. */
  allowsNames: (value: string) => boolean,
  /** For a value that is not allowed: the first name that is to blame, in lower case; `null`: it is malformed. */
  findRefusedName: (value: string) => string | null,
];

/** Makes the test for a policy's names, which are tokens in lower case. */
export function createRequestHeadersTest(names: Iterable<string>): RequestHeadersTest {
  const allowed = new Set(names);
  let longestAllowed = 0;
  for (const name of allowed) longestAllowed = Math.max(longestAllowed, name.length);
  const most = 2 * allowed.size + MOST_EMPTY_ELEMENTS;

  /**
   * Whether the value is within the bounds and `accepts` takes each of its names; two words in one element are one name
   * with white space in it. One pass that ends where either fails; a value that can't be within the bounds is refused
   * by its length alone.
   */
  function scan(value: string, longestName: number, accepts: (name: string) => boolean): boolean {
    if (value.length >= most * (longestName + 2)) return false;
    let elements = 0;
    let emptyElements = 0;
    let whiteSpace = 0;
    let nameStart = -1;
    let nameEnd = -1;
    for (let index = 0; index <= value.length; index++) {
      const code = index < value.length ? value.charCodeAt(index) : COMMA;
      if (code === COMMA) {
        if (++elements > most) return false;
        if (nameStart < 0) {
          if (++emptyElements > MOST_EMPTY_ELEMENTS) return false;
        } else if (!accepts(value.slice(nameStart, nameEnd))) {
          return false;
        }
        nameStart = -1;
      } else if (code === SPACE || code === TAB) {
        if (++whiteSpace > most) return false;
      } else {
        if (nameStart < 0) nameStart = index;
        nameEnd = index + 1;
        // Beyond ASCII, lower case makes ASCII letters of others: the Kelvin sign's is k.
        if (code > 127 || nameEnd - nameStart > longestName) return false;
      }
    }
    return true;
  }

  // In lower case only where it has to be: browsers send names that way.
  const isAllowed = (name: string) => allowed.has(name) || allowed.has(name.toLowerCase());
  return [
    (value) => scan(value, longestAllowed, isAllowed),
    (value) => {
      let refused: string | null = null;
      // A policy's own names are never malformed, however long.
      const isWellFormed = scan(value, Math.max(longestAllowed, LONGEST_REPORTED_NAME), (name) => {
        if (!isAllowed(name)) refused ??= name.toLowerCase();
        return isToken(name);
      });
      return isWellFormed ? refused : null;
    },
  ];
}
