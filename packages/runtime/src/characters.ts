/*
 * Constant enums are the one way by which the build writes a number in place and leaves `const` alone: told to write all
 * constants in place, it makes `let` of the rest, which V8 takes for what can change, and a decision takes twice as long.
 */
// biome-ignore lint/suspicious/noConstEnum: of this package alone, and not in its types
export const enum Character {
  TAB = 9,
  SPACE = 32,
  COMMA = 44,
  HYPHEN = 45,
  DOT = 46,
  ZERO = 48,
  UNDERSCORE = 95,
}

/** The visible ASCII characters that a token can't have (RFC 9110, 5.6.2). */
const DELIMITERS = '"(),/:;<=>?@[\\]{}';

export function isDigit(code: number): boolean {
  return code >= Character.ZERO && code <= 57;
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
