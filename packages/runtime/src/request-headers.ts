/*
 * Access-Control-Request-Headers against a policy's list. Browsers send unique names in lower case, sorted, joined by
 * `,`; Firefox repeats names, gateways add blanks and empty elements, people with curl write `X-One, X-Two`. All of
 * these are accepted, within bounds that follow from the policy and never from the request (CVE-2025-47908: a
 * megabyte of commas; CVE-2026-69207: `split(/\s*,\s*\/)` is quadratic on blanks).
 */

const MOST_EMPTY_ELEMENTS = 16;
/** For the reason alone: a longer name is called malformed rather than carried into a log. */
const LONGEST_REPORTED_NAME = 128;

const COMMA = 44;
const SPACE = 32;
const TAB = 9;
/** The visible ASCII characters that a token can't have. */
const DELIMITERS = '"(),/:;<=>?@[\\]{}';

/** Whether `text` is a token (RFC 9110, 5.6.2), which methods and header names are. */
export function isToken(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= SPACE || code > 126 || DELIMITERS.includes(text.charAt(index))) return false;
  }
  return text !== "";
}

function mostElements(numberOfNames: number): number {
  return 2 * numberOfNames + MOST_EMPTY_ELEMENTS;
}

/** Tells whether every name in a value of Access-Control-Request-Headers is allowed. */
export type RequestHeadersTest = (value: string) => boolean;

/**
 * Makes the test for a policy's names, which are tokens in lower case.
 *
 * One pass that ends at the first name that is refused or where a bound is passed; a value that can't be within the
 * bounds is refused by its length alone.
 */
export function createRequestHeadersTest(names: readonly string[]): RequestHeadersTest {
  const allowed = new Set(names);
  const longestName = names.reduce((longest, name) => Math.max(longest, name.length), 0);
  const most = mostElements(allowed.size);
  const longestValue = most * (longestName + 2) - 1;
  return (value) => {
    if (value.length > longestValue) return false;
    let elements = 0;
    let emptyElements = 0;
    let whiteSpace = 0;
    let position = 0;
    while (position <= value.length) {
      // One element: white space, perhaps a name, white space, then a comma or the end.
      let nameStart = -1;
      let nameEnd = -1;
      let upperCase = false;
      for (; position < value.length; position++) {
        const code = value.charCodeAt(position);
        if (code === COMMA) break;
        if (code === SPACE || code === TAB) {
          if (++whiteSpace > most) return false;
          continue;
        }
        // A second word in the element, or a name that is longer than any that is allowed.
        if (nameStart >= 0 && (nameEnd !== position || position - nameStart >= longestName)) return false;
        // Only A-Z is folded: the lower case of some letters beyond ASCII is an ASCII letter (the Kelvin sign's is k).
        if (code > 127) return false;
        upperCase ||= code >= 65 && code <= 90;
        if (nameStart < 0) nameStart = position;
        nameEnd = position + 1;
      }
      position++;
      if (++elements > most) return false;
      if (nameStart < 0) {
        if (++emptyElements > MOST_EMPTY_ELEMENTS) return false;
      } else {
        const name = value.slice(nameStart, nameEnd);
        if (!allowed.has(upperCase ? name.toLowerCase() : name)) return false;
      }
    }
    return true;
  };
}

/**
 * Finds what is wrong with a value that the test has refused: the first name in it that is not allowed, in lower case,
 * or `null` when the value is malformed (not tokens, or past the bounds).
 */
export function findRefusedHeader(value: string, names: readonly string[]): string | null {
  const allowed = new Set(names);
  const most = mostElements(allowed.size);
  if (value.length > most * (LONGEST_REPORTED_NAME + 2)) return null;
  const elements = value.split(",");
  let emptyElements = 0;
  let whiteSpace = 0;
  let refused: string | null = null;
  for (const element of elements) {
    const name = element.trim();
    whiteSpace += element.length - name.length;
    if (name === "") emptyElements++;
    else if (name.length > LONGEST_REPORTED_NAME || !isToken(name)) return null;
    else if (!allowed.has(name.toLowerCase())) refused ??= name.toLowerCase();
  }
  const withinBounds = elements.length <= most && emptyElements <= MOST_EMPTY_ELEMENTS && whiteSpace <= most;
  return withinBounds ? refused : null;
}
