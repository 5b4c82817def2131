import type { Line } from "./lines.js";
import type { Outline } from "./outline.js";
import type { Piece } from "./pieces.js";

const INDENT = "  ";

/** A line whose code is a text. */
interface Written {
  readonly line: Line;
  readonly code: string;
}

/** What stands between two pieces of one line. */
function separatorOf(previous: Piece, piece: Piece): string {
  const isEmpty = previous.kind === "opening" && piece.kind === "closing";
  return piece.kind === "comma" || isEmpty ? "" : " ";
}

function join(code: readonly Piece[]): string {
  let text = "";
  let previous: Piece | undefined;
  for (const piece of code) {
    text += previous ? separatorOf(previous, piece) + piece.text : piece.text;
    previous = piece;
  }
  return text;
}

function hasBrackets({ code }: Line): boolean {
  return code.some(({ kind }) => kind === "opening" || kind === "closing");
}

/**
 * Groups what makes up one column: lines that follow each other without an empty line between them, and all fit. A line
 * that does not fit, as none with a bracket does, is alone; so those of a column are in one block or list.
 */
function columnsOf<T>(items: readonly T[], lineOf: (item: T) => Line, fits: (line: Line) => boolean): T[][] {
  const columns: T[][] = [];
  let previous: Line | null = null;
  for (const item of items) {
    const line = lineOf(item);
    const continues = previous !== null && fits(previous) && fits(line) && !line.spaced;
    const column = columns.at(-1);
    if (continues && column) column.push(item);
    else columns.push([item]);
    previous = line;
  }
  return columns;
}

/** The largest of some numbers. There can be more of them than a function takes arguments. */
function largestOf(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.max(one, other), 0);
}

/** Writes the code of lines; the values of settings, and what is claimed, in columns. */
function writeCode(lines: readonly Line[], { rows }: Outline): Written[] {
  const isRow = (line: Line) =>
    line.code[0] !== undefined && rows.has(line.code[0].start) && line.code.length > 1 && !hasBrackets(line);
  return columnsOf(lines, (line) => line, isRow).flatMap((column) => {
    const width = largestOf(column.map(({ code }) => code[0]?.text.length ?? 0));
    return column.map((line) => {
      const [head, ...values] = line.code;
      const code = head && isRow(line) ? `${head.text.padEnd(width)} ${join(values)}` : join(line.code);
      return { line, code: code === "" ? "" : INDENT.repeat(line.depth) + code };
    });
  });
}

/** Adds the comments behind code, in columns as far from the longest line as the nearest was from its own. */
function writeComments(lines: readonly Written[]): string[] {
  const isCommented = (line: Line) => line.code.length > 0 && line.comment !== null && !hasBrackets(line);
  return columnsOf(lines, ({ line }) => line, isCommented).flatMap((column) => {
    const width = largestOf(column.map(({ code }) => code.length));
    const gap = column.reduce((least, { line }) => Math.min(least, line.comment?.gap ?? 0), Number.POSITIVE_INFINITY);
    return column.map(({ line: { comment, depth }, code }) => {
      if (!comment) return code;
      return code === ""
        ? INDENT.repeat(depth) + comment.text
        : code.padEnd(width) + " ".repeat(Math.max(1, gap)) + comment.text;
    });
  });
}

/** Writes lines as a text. */
export function write(lines: readonly Line[], outline: Outline): string {
  const texts = writeComments(writeCode(lines, outline));
  return texts.map((text, index) => `${lines[index]?.spaced ? "\n" : ""}${text}\n`).join("");
}
