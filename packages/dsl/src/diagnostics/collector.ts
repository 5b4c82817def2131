import { overlap } from "../text/span.js";
import type { Diagnostic, Report } from "./diagnostic.js";

/** So many diagnostics are kept for one file; the others are counted. */
export const MOST_DIAGNOSTICS = 100;

/** The diagnostics of one file. */
export interface CollectedDiagnostics {
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there were. */
  readonly omitted: number;
}

/** Gathers what the stages report about one file, so that nothing is said twice. */
export interface Collector {
  readonly report: Report;
  /** How many diagnostics there have been so far. */
  readonly count: () => number;
  readonly collected: () => CollectedDiagnostics;
}

/** Makes an empty collector. */
export function createCollector(): Collector {
  const kept: Diagnostic[] = [];
  let omitted = 0;

  /** A word with a forbidden character in it is wrong for that reason; the checks of the word would say it again. */
  const isConsequence = ({ code, span }: Diagnostic) =>
    code !== "unknown-character" &&
    kept.some((other) => other.code === "unknown-character" && overlap(other.span, span));

  return {
    report(diagnostic) {
      if (kept.length >= MOST_DIAGNOSTICS) omitted++;
      else if (!isConsequence(diagnostic)) kept.push(diagnostic);
    },
    count: () => kept.length + omitted,
    collected: () => ({ diagnostics: kept.toSorted((a, b) => a.span.start - b.span.start), omitted }),
  };
}
