/*
 * Access-Control-Request-Headers against a policy's list. Browsers send unique names in lower case, sorted, joined by
 * `,`; Firefox repeats names, gateways add blanks and empty elements, people with curl write `X-One, X-Two`. All of
 * these are accepted, within bounds that follow from the policy and never from the request (CVE-2025-47908: a
 * megabyte of commas; CVE-2026-69207: `split(/\s*,\s*\/)` is quadratic on blanks).
 */

import { Character, isToken } from "./characters.js";
import { Limit } from "./limits.js";

/**
 * Compares a value of Access-Control-Request-Headers with a policy's names.
 *
 * @param longestReported - How long a name can be that is refused and told; 0: none is told, and all ends at the first.
 * @returns The first name that is refused, in lower case; the empty string: every name is allowed; `null`: the value is
 * malformed, or nothing is told.
 */
export type RequestHeadersTest = (value: string, longestReported: number) => string | null;

/** Makes the test for a policy's names, which are tokens in lower case. */
export function createRequestHeadersTest(list: Iterable<string>): RequestHeadersTest {
  const names = [...new Set(list)];
  let longestAllowed = 0;
  for (const name of names) longestAllowed = Math.max(longestAllowed, name.length);
  const most = 2 * names.length + Limit.MOST_EMPTY_ELEMENTS;

  /**
   * Whether the element is a name of the policy, in any case. Compared where it stands, one name after another: nothing
   * is cut out or hashed, so that nothing is allocated, and the worst value takes half as long as with a Set.
   */
  function isAllowed(value: string, start: number, end: number): boolean {
    for (const name of names) {
      let index = start;
      for (; name.length === end - start && index < end; index++) {
        let code = value.charCodeAt(index);
        // ASCII alone: lower case makes ASCII letters of others, the Kelvin sign's is k.
        if (code > 64 && code < 91) code += 32;
        if (code !== name.charCodeAt(index - start)) break;
      }
      if (index === end) return true;
    }
    return false;
  }

  return (value, longestReported) => {
    // A policy's own names are never malformed, however long.
    const longestName = Math.max(longestAllowed, longestReported);
    // What can't be within the bounds is refused by its length alone.
    if (value.length >= most * (longestName + 2)) return null;
    let refused = "";
    let elements = 0;
    let emptyElements = 0;
    let whiteSpace = 0;
    let nameStart = -1;
    let nameEnd = 0;
    for (let index = 0; index <= value.length; index++) {
      const code = index < value.length ? value.charCodeAt(index) : Character.COMMA;
      if (code === Character.COMMA) {
        if (++elements > most) return null;
        if (nameStart < 0) {
          if (++emptyElements > Limit.MOST_EMPTY_ELEMENTS) return null;
        } else if (!isAllowed(value, nameStart, nameEnd)) {
          // Nothing is cut out where nothing is told; the empty text is no token.
          const name = value.slice(nameStart, longestReported && nameEnd);
          if (name.length > longestName || !isToken(name)) return null;
          refused ||= name.toLowerCase();
        }
        nameStart = -1;
      } else if (code === Character.SPACE || code === Character.TAB) {
        if (++whiteSpace > most) return null;
      } else {
        if (nameStart < 0) nameStart = nameEnd = index;
        // Two words in one element are one name with white space in it.
        if (nameEnd++ < index) return null;
      }
    }
    return refused;
  };
}
