import { toPrintable } from "../diagnostics/pretty.js";
import type { Comparison } from "./comparison.js";
import { type Notation, printComparison } from "./print-comparison.js";

const TEXT: Notation = {
  quote: toPrintable,
  section: (title) => ["", title],
  group: (title) => [`  ${title}`],
  entry: (lines, details) => [...lines.map((line) => `    ${line}`), ...details.map((detail) => `      ${detail}`)],
  renamed: (lines) => ["", "renamed or moved, and otherwise unchanged", ...lines.map((line) => `  ${line}`)],
  page: (sections, summary) => (sections.length > 0 ? [...sections.slice(1), "", summary] : [summary]),
};

/**
 * Writes a comparison for people at a terminal, the summary in the last line.
 *
 * @example
 * ```ts
 * process.stdout.write(printText(compareSides(before, after)));
 * ```
 */
export function printText(comparison: Comparison): string {
  return printComparison(comparison, TEXT);
}
