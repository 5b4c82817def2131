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

/** Which delimiter stands there, white space as a space; the empty text: none. At the end of all a comma stands, so to say. */
function delimiterAt(value: string, index: number): "," | " " | "" {
  const code = index < value.length ? value.charCodeAt(index) : Character.COMMA;
  if (code === Character.COMMA) return ",";
  return code === Character.SPACE || code === Character.TAB ? " " : "";
}

/** Makes the test for a policy's names, which are tokens in lower case. */
export function createRequestHeadersTest(list: Iterable<string>): RequestHeadersTest {
  // As numbers: to ask a string for one takes longer than to compare two.
  const names = [...new Set(list)].map((name) => [...name].map((character) => character.charCodeAt(0)));
  const most = 2 * names.length + Limit.MOST_EMPTY_ELEMENTS;

  /**
   * Where the name of the policy ends, in any case, that stands at `start`; 0 when none does. Compared where it stands,
   * one name after another, before anybody knows how long it is: so a name that is allowed is read once, and nothing is
   * cut out or hashed.
   */
  function findEnd(value: string, start: number): number {
    for (let position = 0; position < names.length; position++) {
      // The casts hold: both indexes are below the lengths.
      const name = names[position] as number[];
      const end = start + name.length;
      let index = start;
      while (index < end && end <= value.length) {
        const code = value.charCodeAt(index);
        const expected = name[index - start] as number;
        // ASCII alone: lower case makes ASCII letters of others, the Kelvin sign's is k.
        if (code !== expected && (code + 32 !== expected || code < 65 || code > 90)) break;
        index++;
      }
      if (index === end && delimiterAt(value, end)) return end;
    }
    return 0;
  }

  // What is read is bounded by these counts and by the policy's names: of a longer value the rest is not looked at.
  return (value, longestReported) => {
    let refused = "";
    let elements = 0;
    let emptyElements = 0;
    let whiteSpace = 0;
    let isEmpty = true;
    for (let index = 0; index <= value.length; index++) {
      const delimiter = delimiterAt(value, index);
      if (delimiter === ",") {
        if (++elements > most || (isEmpty && ++emptyElements > Limit.MOST_EMPTY_ELEMENTS)) return null;
        isEmpty = true;
      } else if (delimiter) {
        if (++whiteSpace > most) return null;
      } else {
        // Two words in one element are one name with white space in it.
        if (!isEmpty) return null;
        isEmpty = false;
        let end = findEnd(value, index);
        if (!end) {
          // Of a longer name the rest is one name more in the element. Where nothing is told, the empty text is no token.
          for (end = index; end - index < longestReported && !delimiterAt(value, end); ) end++;
          const name = value.slice(index, end);
          if (!isToken(name)) return null;
          refused ||= name.toLowerCase();
        }
        index = end - 1;
      }
    }
    return refused;
  };
}
