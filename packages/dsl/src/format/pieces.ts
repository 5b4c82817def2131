import { lex, type Token, type TokenKind } from "../syntax/lex.js";
import { Comma, Comment, LeftBrace, LeftBracket, LineEnd, RightBrace, RightBracket } from "../syntax/tokens.js";
import type { Outline } from "./outline.js";

/** A part of a text that the formatter moves and does not change. */
export interface Piece {
  readonly kind: "word" | "comma" | "opening" | "closing" | "comment";
  /** Without the white space at the ends of its lines; only what is left as it is has more than one. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many line ends stand between it and the piece before it. */
  readonly lineEnds: number;
  /** How much white space stands between it and the piece before it, where they are on one line. */
  readonly gap: number;
  /** Whether its line is to stay whole, for an acceptance is about it. */
  readonly accepted: boolean;
}

const KINDS: ReadonlyMap<TokenKind, Piece["kind"]> = new Map([
  [Comma, "comma"],
  [LeftBrace, "opening"],
  [LeftBracket, "opening"],
  [RightBrace, "closing"],
  [RightBracket, "closing"],
  [Comment, "comment"],
]);

/** Only spaces, tabs and the first half of CRLF: what else looks like white space is part of a word or comment. */
const WHITE_SPACE = " \t\r";

/** By hand: a regular expression takes quadratic time on white space that is not at the end. */
function trimLineEnd(line: string): string {
  let { length } = line;
  while (length > 0 && WHITE_SPACE.includes(line.charAt(length - 1))) length--;
  return line.slice(0, length);
}

function trimLines(text: string): string {
  return text.split("\n").map(trimLineEnd).join("\n");
}

/** The offsets at which a token is cut into pieces. */
function cutsOf({ image, startOffset }: Token, { appends }: Outline): number[] {
  const append = appends.get(startOffset);
  const end = startOffset + image.length;
  return append ? [append.start, append.end].filter((offset) => offset > startOffset && offset < end) : [];
}

/** Takes a text apart into pieces, comments among them, in the order of the text. */
export function readPieces(text: string, outline: Outline): Piece[] {
  const { tokens, comments } = lex(text);
  const pieces: Piece[] = [];
  let lineStart = 0;
  let lineEnds = 0;
  /** The end of the last piece. */
  let end = 0;

  const add = (kind: Piece["kind"], start: number, pieceEnd: number): void => {
    const accepted = outline.acceptedLines.has(lineStart);
    const gap = start - end;
    end = pieceEnd;
    pieces.push({ kind, text: trimLines(text.slice(start, end)), start, end, lineEnds, gap, accepted });
    lineEnds = 0;
  };

  for (const token of [...tokens, ...comments].sort((one, other) => one.startOffset - other.startOffset)) {
    const { tokenType, startOffset, image } = token;
    const tokenEnd = startOffset + image.length;
    const verbatim = outline.verbatim.get(startOffset);
    const isInside = startOffset < end;
    if (tokenType === LineEnd) {
      lineStart = tokenEnd;
      if (!isInside) lineEnds++;
    } else if (verbatim) {
      add("word", startOffset, verbatim.end);
    } else if (!isInside) {
      const cuts = [startOffset, ...cutsOf(token, outline), tokenEnd];
      cuts.slice(1).forEach((cut, index) => {
        add(KINDS.get(tokenType) ?? "word", cuts[index] ?? startOffset, cut);
      });
    }
  }
  return pieces;
}
