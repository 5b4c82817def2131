import { createToken, Lexer, type TokenType } from "chevrotain";

/*
 * An atom is whatever stands between white space and `, { } [ ]`. What it means depends on where it stands, so that
 * there are no keyword tokens: a misspelt setting is still an atom, and is reported by name instead of being lost.
 */

/** Ends a setting; means nothing elsewhere. */
export const LineEnd = createToken({ name: "LineEnd", pattern: /\r?\n/, line_breaks: true });

const WhiteSpace = createToken({ name: "WhiteSpace", pattern: /[ \t]+/, group: Lexer.SKIPPED });

const COMMENT = /#[^\n]*/y;
const BEFORE_COMMENT = " \t\n[{,";

/** `#` begins a comment only where a word could begin, so that no origin with a fragment loses its end unseen. */
function matchComment(text: string, offset: number): RegExpExecArray | null {
  if (offset > 0 && !BEFORE_COMMENT.includes(text.charAt(offset - 1))) return null;
  COMMENT.lastIndex = offset;
  return COMMENT.exec(text);
}

/** `# …` to the end of the line. */
export const Comment = createToken({
  name: "Comment",
  pattern: { exec: matchComment },
  start_chars_hint: ["#"],
  line_breaks: false,
  group: "comments",
});

export const Comma = createToken({ name: "Comma", pattern: "," });
export const LeftBrace = createToken({ name: "LeftBrace", pattern: "{" });
export const RightBrace = createToken({ name: "RightBrace", pattern: "}" });
export const LeftBracket = createToken({ name: "LeftBracket", pattern: "[" });
export const RightBracket = createToken({ name: "RightBracket", pattern: "]" });

/** What atoms are made of. A carriage return that ends no line is reported with the other forbidden characters. */
const CHARACTER = "(?:[^ \\t\\r\\n,{}[\\]]|\\r(?!\\n))";
/** In UTF-16 code units. Far more than anything means; beyond, another atom begins: the engine's stack has an end too. */
export const LONGEST_ATOM = 100_000;
const CHARACTERS = `${CHARACTER}{0,${LONGEST_ATOM}}`;
const BRACKETED_ADDRESS = `://\\[${CHARACTERS}\\]?${CHARACTERS}`;

/** A word, origin, name or number. After `://` a bracketed address belongs to it: `http://[::1]:3000`. */
export const Atom = createToken({
  name: "Atom",
  pattern: new RegExp(`(?:(?!://\\[)${CHARACTER}){1,${LONGEST_ATOM}}(?:${BRACKETED_ADDRESS})?|${BRACKETED_ADDRESS}`),
  line_breaks: false,
});

/** All of them, in the order in which they are tried. */
export const TOKENS: TokenType[] = [
  LineEnd,
  WhiteSpace,
  Comment,
  Comma,
  LeftBrace,
  RightBrace,
  LeftBracket,
  RightBracket,
  Atom,
];
