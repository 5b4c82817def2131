import { lineStartOf, lineTextAt, positionAt } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import type { Diagnostic } from "./diagnostic.js";

/** How parts of the text are set off from each other. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly fix: (text: string) => string;
}

/** No colours. */
export const PLAIN: Style = { error: String, warning: String, strong: String, faint: String, fix: String };

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

interface Numbered extends Place {
  readonly line: number;
}

/** The places of one file, the lines around them only named. */
function renderPlaces(
  places: readonly Numbered[],
  gutter: (text: string) => string,
  width: number,
  style: Style,
  mark: (text: string) => string,
): string[] {
  return places.flatMap((place, index) => {
    const shown = excerpt(place.span.file.text, place);
    const previous = places[index - 1]?.line;
    const gap = previous !== undefined && place.line > previous + 1 ? [style.faint("...".padStart(width + 1))] : [];
    const line = place.line === previous ? [] : [`${gutter(String(place.line))} ${shown.line}`.trimEnd()];
    const underline = `${shown.underline}${place.label}`;
    return [...gap, ...line, `${gutter("")} ${place.mark === "^" ? mark(underline) : style.faint(underline)}`];
  });
}

/**
 * Shows a diagnostic with its source lines, those of other files below.
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
export function renderDiagnostic({ code, severity, message, span, related, fix }: Diagnostic, style: Style): string {
  const number = (place: Place): Numbered => ({
    ...place,
    line: positionAt(place.span.file.text, place.span.start).line,
  });
  const places = [
    number({ span, label: "", mark: "^" }),
    ...related.map((other) => number({ span: other.span, label: ` ${toPrintable(other.message)}`, mark: "-" })),
  ];
  const width = Math.max(2, ...places.map(({ line }) => String(line).length));
  const gutter = (text: string) => style.faint(`${text.padStart(width + 1)} |`);
  const mark = severity === "error" ? style.error : style.warning;
  const files = [...new Set(places.map((place) => place.span.file))];
  const sections = files.flatMap((file) => {
    const inFile = places.filter((place) => place.span.file === file);
    const [first] = inFile;
    if (!first) return [];
    const { line, column } = positionAt(file.text, first.span.start);
    const arrow = file === span.file ? "-->" : ":::";
    const heading = `${style.faint(`${" ".repeat(width)} ${arrow}`)} ${toPrintable(file.name)}:${line}:${column}`;
    const sorted = inFile.toSorted((one, other) => one.span.start - other.span.start);
    return [heading, gutter(""), ...renderPlaces(sorted, gutter, width, style, mark)];
  });
  const lines = [`${mark(`${severity}[${code}]`)}${style.strong(`: ${toPrintable(message)}`)}`, ...sections];
  if (fix) lines.push(`${style.faint(`${" ".repeat(width + 1)} =`)} ${style.fix(`fix: ${toPrintable(fix.title)}`)}`);
  return lines.map((text) => `${text}\n`).join("");
}
