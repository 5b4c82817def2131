import { isToken as isTokenByTheLetter } from "@corslang/runtime/testing";

/** A quote can be in a token, by the letter; who writes one around a name does not mean it. */
const QUOTED = /^'.*'$|^`.*`$/;

const LONGEST_NAME = 200;

/** A text without quotes around it and punctuation behind it. */
export function unwrap(text: string): string {
  return text.length > LONGEST_NAME ? text : text.replace(/^["'`]+|["'`:;]+$/g, "");
}

/** Whether a text is a token (RFC 9110, 5.6.2), as methods and header names are; not quoted, and without a `*`. */
export function isToken(text: string): boolean {
  return isTokenByTheLetter(text) && !QUOTED.test(text) && !text.includes("*");
}
