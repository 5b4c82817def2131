import { type IToken, Lexer, type TokenType } from "chevrotain";
import { TOKENS } from "./tokens.js";

/** A token, or a comment. */
export type Token = IToken;
/** What a token is. */
export type TokenKind = TokenType;

/** What a text consists of, each in the order of the text. */
export interface Lexed {
  /** Line ends included, white space left out. */
  readonly tokens: IToken[];
  readonly comments: IToken[];
}

// Made once, at the first file: making it takes longer than reading a file does.
let lexer: Lexer | undefined;

/** A byte-order mark is accepted; as a space it changes no offset. */
function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
}

function isPresent(token: IToken | undefined): token is IToken {
  return token !== undefined;
}

/**
 * Takes a text apart into tokens and comments. Every text has them; there is nothing that does not fit.
 *
 * @example
 * ```ts
 * lex("origins * # all\n").tokens.map(({ image }) => image); // ["origins", "*", "\n"]
 * ```
 */
export function lex(text: string): Lexed {
  lexer ??= new Lexer(TOKENS, { positionTracking: "onlyOffset", skipValidations: true });
  const { tokens, groups, errors } = lexer.tokenize(withoutByteOrderMark(text));
  if (errors.length > 0) throw new Error(`the tokens do not cover the text: ${errors[0]?.message}`);
  return { tokens, comments: (groups.comments ?? []).filter(isPresent) };
}
