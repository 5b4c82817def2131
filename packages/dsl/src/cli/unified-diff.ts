import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk, structuredPatch } from "diff";

/** Two texts with more different lines than this are shown one behind the other: comparing takes quadratic time. */
const MOST_CHANGES = 4000;

const CONTEXT = 3;

function linesOf(text: string, sign: "-" | "+"): string[] {
  const lines = text.split("\n").map((line) => sign + line);
  // What is behind the last line end is no line.
  if (lines.at(-1) === sign) return lines.slice(0, -1);
  return [...lines, "\\ No newline at end of file"];
}

/** A hunk that takes everything out and puts everything in. */
function replaceAll(before: string, after: string): StructuredPatchHunk {
  const removed = linesOf(before, "-");
  const added = linesOf(after, "+");
  const countOf = (lines: readonly string[]) => lines.filter((line) => !line.startsWith("\\")).length;
  return {
    oldStart: 1,
    oldLines: countOf(removed),
    newStart: 1,
    newLines: countOf(added),
    lines: removed.concat(added),
  };
}

/**
 * How a text differs from another, as `diff -u` shows it and `patch -p0` takes it.
 *
 * @example
 * ```ts
 * unifiedDiff("api.cors", "origins  *\n", "origins *\n");
 * // --- api.cors
 * // +++ api.cors
 * // @@ -1,1 +1,1 @@
 * // -origins  *
 * // +origins *
 * ```
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const options = { context: CONTEXT, maxEditLength: MOST_CHANGES };
  const patch = structuredPatch(path, path, before, after, undefined, undefined, options) ?? {
    oldFileName: path,
    newFileName: path,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [replaceAll(before, after)],
  };
  return formatPatch(patch, FILE_HEADERS_ONLY);
}
