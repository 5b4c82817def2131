import type { Outline } from "./outline.js";
import type { Piece } from "./pieces.js";

/** A line of the result. */
export interface Line {
  /** How many blocks and lists it is in. */
  readonly depth: number;
  /** Its code without separators that a line end replaces. Empty where a comment stands alone. */
  readonly code: readonly Piece[];
  readonly comment: Piece | null;
  /** Whether an empty line stands before it. */
  readonly spaced: boolean;
}

/** Whether a line end belongs between two pieces that follow each other. */
function isBreak(previous: Piece, piece: Piece, inList: boolean): boolean {
  if (piece.lineEnds > 0) return true;
  // An acceptance is about one line: broken, it would be about less.
  if (piece.kind === "comment" || piece.accepted) return false;
  // A list without items stays as it is; it is a mistake anyway.
  if (inList && previous.kind === "opening" && piece.kind === "closing") return false;
  return previous.kind === "opening" || piece.kind === "closing" || (previous.kind === "comma" && inList);
}

/** A comma at the end of a line or list separates nothing. */
function withoutIdleCommas(code: readonly Piece[]): readonly Piece[] {
  return code.filter(({ kind }, index) => {
    const next = code[index + 1];
    return kind !== "comma" || (next !== undefined && next.kind !== "closing");
  });
}

/** Whether the last code of a line opens a block or list. */
export function endsOpen({ code }: Line): boolean {
  return code.at(-1)?.kind === "opening";
}

/**
 * Lays pieces out in lines: a statement a line, in brackets an item a line. Lines are broken and never joined.
 */
export function layOut(pieces: readonly Piece[]): Line[] {
  const lines: Line[] = [];
  /** The brackets that are open. */
  const open: Piece[] = [];
  let current: Piece[] = [];

  const endLine = (depth: number): void => {
    const [first] = current;
    if (!first) return;
    const last = lines.at(-1);
    const comment = current.find(({ kind }) => kind === "comment") ?? null;
    const code = withoutIdleCommas(current.filter(({ kind }) => kind !== "comment"));
    const spaced = first.lineEnds > 1 && last !== undefined && !endsOpen(last) && first.kind !== "closing";
    lines.push({ depth, code, comment, spaced });
    current = [];
  };

  let depth = 0;
  let previous: Piece | undefined;
  for (const piece of pieces) {
    if (previous && isBreak(previous, piece, open.at(-1)?.text === "[")) endLine(depth);
    if (piece.kind === "closing") open.pop();
    if (current.length === 0) depth = open.length;
    if (piece.kind === "opening") open.push(piece);
    current.push(piece);
    previous = piece;
  }
  endLine(depth);
  return lines;
}

/** Puts an empty line between two declarations of several lines where there is none, above the second one's comments. */
export function separateDeclarations(lines: readonly Line[], outline: Outline): Line[] {
  const separated: Line[] = [];
  /** Where the empty line would go: behind a declaration, as long as nothing but comments has followed. */
  let place: number | null = null;
  for (const line of lines) {
    const [first] = line.code;
    const isDeclaration = first !== undefined && outline.declarations.has(first.start);
    if (line.spaced) place = null;
    separated.push(line);
    const behind = place === null ? undefined : separated[place];
    if (place !== null && behind && isDeclaration && endsOpen(line)) separated[place] = { ...behind, spaced: true };
    if (first) {
      const isEnd = !isDeclaration && outline.declarationEnds.has(line.code.at(-1)?.end ?? -1);
      place = isEnd ? separated.length : null;
    }
  }
  return separated;
}
