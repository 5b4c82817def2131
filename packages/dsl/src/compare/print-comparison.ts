import { createPositions, type Positions } from "../diagnostics/positions.js";
import type { Span } from "../text/span.js";
import type { Comparison } from "./comparison.js";
import { type Phrase, printCount, quote } from "./phrase.js";
import { describeSummary } from "./summary.js";
import { describeRenamed, describeSections, type Entry, type PlacedPhrase } from "./wording.js";

/** How a comparison is written down. */
export interface Notation {
  /** Sets a text of the policies apart, and makes it harmless. */
  readonly quote: (text: string) => string;
  /** What is before and behind each kind of line. */
  readonly section: (title: string) => readonly string[];
  readonly group: (title: string) => readonly string[];
  /** The lines of one change, and what there is to know about it. */
  readonly entry: (lines: readonly string[], details: readonly string[]) => readonly string[];
  /** Policies that have only been renamed or moved. */
  readonly renamed: (lines: readonly string[]) => readonly string[];
  /** All of it, with the summary. */
  readonly page: (sections: readonly string[], summary: string) => readonly string[];
}

/** What is said in one line may be written in many places. */
const MOST_PLACES = 3;

/** Writes a comparison: a section for each policy that has changed. */
export function printComparison(comparison: Comparison, notation: Notation): string {
  const positions = createPositions();
  const print = (phrase: Phrase): string =>
    phrase.map((piece) => (typeof piece === "string" ? piece : notation.quote(piece.quoted))).join("");
  const printLine = ({ phrase, places }: PlacedPhrase): string =>
    print([...phrase, ...describePlaces(places, positions)]);
  const printEntry = ({ lines, details }: Entry) => notation.entry(lines.map(printLine), details.map(print));

  const sections = describeSections(comparison).flatMap(({ title, groups }) => [
    ...notation.section(print(title)),
    ...groups.flatMap((group) => [...notation.group(group.title), ...group.entries.flatMap(printEntry)]),
  ]);
  const renamed = describeRenamed(comparison).map(print);
  const body = [...sections, ...(renamed.length > 0 ? notation.renamed(renamed) : [])];
  return notation
    .page(body, describeSummary(comparison))
    .map((line) => `${line}\n`)
    .join("");
}

function describePlaces(places: readonly Span[], positions: Positions): Phrase {
  const names = new Set(places.map(({ file, start }) => `${file.name}:${positions.at(file, start).line}`));
  if (names.size === 0) return [];
  const shown = [...names].slice(0, MOST_PLACES).flatMap((name, index) => [index === 0 ? " (" : ", ", quote(name)]);
  return [...shown, names.size > MOST_PLACES ? ` and ${printCount(names.size - MOST_PLACES)} more)` : ")"];
}
