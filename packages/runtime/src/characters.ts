// Numbers come first in a file without imports: minifiers then write them in place.
export const TAB = 9;
export const SPACE = 32;
export const COMMA = 44;
export const HYPHEN = 45;
export const DOT = 46;
export const ZERO = 48;
export const UNDERSCORE = 95;

/** The visible ASCII characters that a token can't have (RFC 9110, 5.6.2). */
const DELIMITERS = '"(),/:;<=>?@[\\]{}';

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= 57;
}

/** Of letters, those in lower case alone. */
export function isLetterOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || isDigit(code);
}

/** Whether `text` is a token, which methods and header names are. */
export function isToken(text: string): boolean {
  return (
    text !== "" &&
    [...text].every((character) => character > " " && character <= "~" && !DELIMITERS.includes(character))
  );
}
