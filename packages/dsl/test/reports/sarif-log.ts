import type { Log, Region, Result } from "sarif";

/** The results of a log's first run. */
export function resultsOf({ runs }: Log): readonly Result[] {
  return runs[0]?.results ?? [];
}

/** The text of a region by its offsets, and by its lines and columns. */
export function readRegion(text: string, region: Region | undefined): readonly [byOffset: string, byLine: string] {
  const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0, charOffset = -1, charLength = 0 } = region ?? {};
  const lines = text.split(/(?<=\n)/);
  const offsetOf = (line: number, column: number) => lines.slice(0, line - 1).join("").length + column - 1;
  const byLine = text.slice(offsetOf(startLine, startColumn), offsetOf(endLine, endColumn));
  return [text.slice(charOffset, charOffset + charLength), byLine];
}
