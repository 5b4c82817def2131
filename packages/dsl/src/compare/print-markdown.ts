import { toPrintable } from "../diagnostics/pretty.js";
import type { Comparison } from "./comparison.js";
import { type Notation, printComparison } from "./print-comparison.js";

/**
 * A text of the policies in a comment on a pull request. As code it is shown as it is: no link, picture, mention of a
 * person or HTML comes of it. It must not end the code, which a run of as many backticks as began it does (CommonMark
 * 0.31, 6.1), and so does a line end.
 */
function printCode(text: string): string {
  const printable = toPrintable(text);
  const longest = Math.max(0, ...[...printable.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // Backticks at an end of it would be taken for those around it.
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${printable}${space}${fence}`;
}

const MARKDOWN: Notation = {
  quote: printCode,
  section: (title) => ["", `#### ${title}`],
  group: (title) => ["", `**${title.charAt(0).toUpperCase()}${title.slice(1)}**`, ""],
  entry(lines, details) {
    const [line = "", ...others] = lines;
    const isOne = others.length === 0;
    const below = [...(isOne ? [] : lines), ...details].map((detail) => `  - ${detail}`);
    return [`- ${isOne ? line : "these origins"}`, ...below];
  },
  renamed: (lines) => ["", "#### Renamed or moved, and otherwise unchanged", "", ...lines.map((line) => `- ${line}`)],
  page: (sections, summary) => [`### CORS policies: ${summary}`, ...sections],
};

/**
 * Writes a comparison for a comment on a pull request, the summary in its heading. Nothing that a policy or the name of
 * a file says can be anything but text there.
 *
 * @example
 * ```ts
 * writeFileSync("comment.md", printMarkdown(compareSides(before, after)));
 * ```
 */
export function printMarkdown(comparison: Comparison): string {
  return printComparison(comparison, MARKDOWN);
}
