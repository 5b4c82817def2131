import { createCollector } from "../diagnostics/collector.js";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.js";
import { parse } from "../syntax/parse.js";
import { applyEdits } from "../text/edit.js";
import type { UnsafeOrigin } from "./definition.js";
import type { DefinitionFix } from "./policy-error.js";
import type { Path, Problem } from "./problem.js";
import { toWordsOfObjects } from "./wording.js";
import type { Place, WrittenDefinition } from "./write-definition.js";

/** What the lines of an item say, read by the language's own parser. */
function readValues(lines: string): (string | UnsafeOrigin)[] {
  const file = { name: "policy.cors", text: `origins [\n${lines}\n]\n` };
  const [setting] = parse(file, createCollector()).settings;
  return (setting?.items ?? []).map(({ text, unsafe }) => (unsafe ? { unsafe: text } : text));
}

/** The values that a fix leaves at a place; `null` where it is about more than that. */
function translateFix(fix: Fix, place: Place, text: string): DefinitionFix | null {
  const { title, safe, edits } = fix;
  if (!edits.every(({ span }) => span.start >= place.start && span.end <= place.end)) return null;
  const fixed = applyEdits(text, edits);
  const values = readValues(fixed.slice(place.start, place.end + fixed.length - text.length));
  return { title: toWordsOfObjects(title), safe, values };
}

/** Says of a definition what the compiler has said of its text. */
export function translateDiagnostic(diagnostic: Diagnostic, { text, places }: WrittenDefinition): Problem {
  const { code, message, span, fix } = diagnostic;
  const place = places.find(({ start, end }) => span.start >= start && span.start < end);
  // What is missing has no place of its own.
  const path: Path = code === "missing-origins" ? ["origins"] : (place?.path ?? []);
  return {
    code,
    path,
    message: toWordsOfObjects(message),
    fix: fix && place ? translateFix(fix, place, text) : null,
  };
}
