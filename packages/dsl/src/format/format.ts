import { createCollector } from "../diagnostics/collector.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { parse } from "../syntax/parse.js";
import { write } from "./columns.js";
import { layOut, separateDeclarations } from "./lines.js";
import { outlineOf } from "./outline.js";
import { readPieces } from "./pieces.js";

/** What became of a text that was to be formatted. */
export interface FormatResult {
  /** The text in the one style there is; as it was where there are diagnostics. */
  readonly text: string;
  /** Why the text can't be formatted: what is wrong with its syntax. Other mistakes do not matter here. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more diagnostics there were. */
  readonly omitted: number;
}

/** A text that begins with this character has another before it: the first would be read as a byte-order mark. */
function keepFirstCharacter(text: string): string {
  return text.startsWith("\uFEFF") ? `\uFEFF${text}` : text;
}

/**
 * Formats a `.cors` source text. There is one style and no option. What the text means stays the same, and every
 * comment stays next to what it was next to. Lines end in LF, and a byte-order mark is left out.
 *
 * A text whose syntax is wrong is left as it is. It never throws, whatever the text is.
 *
 * @param text - The source text.
 * @param name - What diagnostics call it.
 *
 * @example
 * ```ts
 * const { text, diagnostics } = format("origins [https://a.example.com,https://b.example.com]\n");
 * // origins [
 * //   https://a.example.com
 * //   https://b.example.com
 * // ]
 * ```
 */
export function format(text: string, name = "policy.cors"): FormatResult {
  const collector = createCollector();
  // The parser reports what is wrong with the syntax; whatever else is wrong is found later.
  const tree = parse({ name, text }, collector);
  const { diagnostics, omitted } = collector.collected();
  if (diagnostics.length > 0) return { text, diagnostics, omitted };
  const outline = outlineOf(tree);
  const lines = separateDeclarations(layOut(readPieces(text, outline)), outline);
  return { text: keepFirstCharacter(write(lines, outline)), diagnostics: [], omitted: 0 };
}
