/** A source text and what to call it. */
export interface SourceFile {
  /** As diagnostics and the generated module show it: a path as the user wrote it, or `<stdin>`. */
  readonly name: string;
  readonly text: string;
}

/** A place for people: both from 1, the column in UTF-16 code units as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The offset at which the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The line of an offset, without its end. */
export function lineTextAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  const line = text.slice(lineStartOf(text, offset), end < 0 ? text.length : end);
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** Where an offset is. */
export function positionAt(text: string, offset: number): Position {
  const lineStart = lineStartOf(text, offset);
  let line = 1;
  for (let end = text.indexOf("\n"); end >= 0 && end < lineStart; end = text.indexOf("\n", end + 1)) line++;
  return { line, column: offset - lineStart + 1 };
}
