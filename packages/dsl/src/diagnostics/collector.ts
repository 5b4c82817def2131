import type { SourceFile } from "../text/source-file.js";
import { overlap } from "../text/span.js";
import type { Diagnostic, Report } from "./diagnostic.js";

/** So many diagnostics are kept for one file; the others are counted. */
export const MOST_DIAGNOSTICS = 100;

/** What has been reported. */
export interface CollectedDiagnostics {
  /** By file, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there were. */
  readonly omitted: number;
  /** How many of these are errors. */
  readonly omittedErrors: number;
}

/** Gathers what the stages report, so that nothing is said twice. */
export interface Collector {
  readonly report: Report;
  /** How many errors there have been so far. */
  readonly count: () => number;
  readonly collected: () => CollectedDiagnostics;
}

/** Makes an empty collector. */
export function createCollector(): Collector {
  const byFile = new Map<SourceFile, Diagnostic[]>();
  const known = new Set<string>();
  let errors = 0;
  let omitted = 0;
  let omittedErrors = 0;

  /** A word with a forbidden character in it is wrong for that reason; the checks of the word would say it again. */
  const isConsequence = ({ code, span }: Diagnostic, kept: readonly Diagnostic[]) =>
    code !== "unknown-character" &&
    kept.some((other) => other.code === "unknown-character" && overlap(other.span, span));

  return {
    report(diagnostic) {
      const { code, message, severity, span } = diagnostic;
      // A policy is checked once for each profile, and every time in what extends it.
      const key = `${code} ${span.start} ${span.end} ${span.file.name} ${message}`;
      if (known.has(key)) return;
      const kept = byFile.get(span.file) ?? [];
      byFile.set(span.file, kept);
      if (isConsequence(diagnostic, kept)) return;
      if (severity === "error") errors++;
      if (kept.length >= MOST_DIAGNOSTICS) {
        omitted++;
        if (severity === "error") omittedErrors++;
        return;
      }
      known.add(key);
      kept.push(diagnostic);
    },
    count: () => errors,
    collected: () => ({
      diagnostics: [...byFile.values()].flatMap((kept) => kept.toSorted((a, b) => a.span.start - b.span.start)),
      omitted,
      omittedErrors,
    }),
  };
}
