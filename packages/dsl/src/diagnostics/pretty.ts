import { lineStartOf, lineTextAt, positionAt, type SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import type { Diagnostic } from "./diagnostic.js";

/** How parts of the text are set off from each other. */
export interface Style {
  readonly error: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly fix: (text: string) => string;
}

/** No colours. */
export const PLAIN: Style = { error: String, strong: String, faint: String, fix: String };

/** More of a source line than this is cut off around the place. */
const WIDEST_LINE = 120;

/** Characters that would move the cursor, colour the terminal or turn the direction of writing. */
const UNPRINTABLE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** A text of a stranger's, safe to print: a file may hold escape sequences for the reviewer's terminal. */
export function toPrintable(text: string): string {
  return text.replace(UNPRINTABLE, "\uFFFD");
}

interface Place {
  readonly span: Span;
  readonly label: string;
  readonly mark: "^" | "-";
}

interface Excerpt {
  readonly line: string;
  readonly underline: string;
}

/** A source line and what stands below it. Tabs are kept in both, so that they line up at any tab width. */
function excerpt(text: string, { span, mark }: Place): Excerpt {
  const lineStart = lineStartOf(text, span.start);
  const whole = lineTextAt(text, span.start);
  const from = span.start - lineStart > WIDEST_LINE / 2 ? span.start - lineStart - WIDEST_LINE / 4 : 0;
  const shown = whole.slice(from, from + WIDEST_LINE);
  const start = span.start - lineStart - from;
  const length = Math.max(1, Math.min(span.end - lineStart - from, shown.length) - start);
  const indent = shown.slice(0, start).replace(/[^\t]/g, " ").padEnd(start);
  const before = from > 0 ? "…" : "";
  const after = from + WIDEST_LINE < whole.length ? "…" : "";
  return {
    line: `${before}${toPrintable(shown)}${after}`,
    underline: `${before && " "}${indent}${mark.repeat(length)}`,
  };
}

/**
 * Shows a diagnostic with its source lines.
 *
 * ```text
 * error[origin-uppercase]: `https://App.example.com` has upper-case letters, …
 *   --> api.cors:1:9
 *    |
 *  1 | origins https://App.example.com
 *    |         ^^^^^^^^^^^^^^^^^^^^^^^
 *    = fix: write `https://app.example.com`
 * ```
 */
export function renderDiagnostic(diagnostic: Diagnostic, source: SourceFile, style: Style): string {
  const { code, message, span, related, fix } = diagnostic;
  const places: Place[] = [
    { span, label: "", mark: "^" } as const,
    ...related.map((place) => ({ span: place.span, label: ` ${place.message}`, mark: "-" }) as const),
  ].sort((one, other) => one.span.start - other.span.start);
  const lineNumbers = places.map((place) => positionAt(source.text, place.span.start).line);
  const width = Math.max(...lineNumbers.map((line) => String(line).length), 2);
  const gutter = (text: string) => style.faint(`${text.padStart(width + 1)} |`);

  const { line, column } = positionAt(source.text, span.start);
  const lines = [
    `${style.error(`error[${code}]`)}${style.strong(`: ${toPrintable(message)}`)}`,
    `${style.faint(`${" ".repeat(width)} -->`)} ${toPrintable(source.name)}:${line}:${column}`,
    gutter(""),
  ];
  places.forEach((place, index) => {
    const shown = excerpt(source.text, place);
    const number = lineNumbers[index] ?? 0;
    const previous = lineNumbers[index - 1];
    if (previous !== undefined && number > previous + 1) lines.push(style.faint("...".padStart(width + 1)));
    if (number !== previous) lines.push(`${gutter(String(number))} ${shown.line}`.trimEnd());
    const underline = `${shown.underline}${place.label}`;
    lines.push(`${gutter("")} ${place.mark === "^" ? style.error(underline) : style.faint(underline)}`);
  });
  if (fix) lines.push(`${style.faint(`${" ".repeat(width + 1)} =`)} ${style.fix(`fix: ${toPrintable(fix.title)}`)}`);
  return lines.map((text) => `${text}\n`).join("");
}
