import type { Position, SourceFile } from "../text/source-file.js";

const BYTE_ORDER_MARK = "\uFEFF";

/** Where offsets are, for reports with many of them. */
export interface Positions {
  /** The same as `positionAt`: what the other messages of the compiler show. */
  readonly at: (file: SourceFile, offset: number) => Position;
  /**
   * The same for tools that know nothing of a byte-order mark, and only of lines that exist: behind a line end that is
   * the last character of a file there is no further line for them, and the place is one behind that character.
   */
  readonly inArtifact: (file: SourceFile, offset: number) => Position;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/** The index of the last line that starts at the offset or before it. */
function findLine(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** How many characters of a file are no text. */
export function markLength({ text }: SourceFile): number {
  return text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
}

/**
 * Finds the lines of each file once: a hundred diagnostics with their fixes, each counted from the start of a file of a
 * million lines, would take seconds.
 *
 * @example
 * ```ts
 * createPositions().at({ name: "api.cors", text: "origins *\nmethods *\n" }, 18); // { line: 2, column: 9 }
 * ```
 */
export function createPositions(): Positions {
  const known = new Map<SourceFile, readonly number[]>();

  function at(file: SourceFile, offset: number): Position {
    const starts = known.get(file) ?? findLineStarts(file.text);
    known.set(file, starts);
    const line = findLine(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  }

  function inArtifact(file: SourceFile, offset: number): Position {
    const isBehindLastLine = offset === file.text.length && file.text.endsWith("\n");
    const { line, column } = at(file, isBehindLastLine ? offset - 1 : offset);
    const columnInText = line === 1 ? Math.max(1, column - markLength(file)) : column;
    return { line, column: isBehindLastLine ? columnInText + 1 : columnInText };
  }

  return { at, inArtifact };
}
