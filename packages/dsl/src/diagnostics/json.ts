import type { Span } from "../text/span.js";
import type { Diagnostic } from "./diagnostic.js";
import { type Findings, type Summary, summarize } from "./findings.js";
import type { Severity } from "./messages.js";
import { createPositions, type Positions } from "./positions.js";
import { documentationOf, TOOL_NAME } from "./project.js";

/** The version of the JSON report's shape. Members may be added within a version; none changes its meaning. */
export const REPORT_VERSION = 1;

/** A place between two characters. */
export interface JsonPosition {
  /** UTF-16 code units from the start of the text, a byte-order mark included. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A stretch of a file. */
export interface JsonPlace {
  /** The file as it was named to the compiler, or as the import of it resolves. */
  readonly file: string;
  readonly start: JsonPosition;
  /** Behind the last character; the same as `start` for a place where something is missing. */
  readonly end: JsonPosition;
}

/** Another place that takes part in a problem. */
export interface JsonRelated extends JsonPlace {
  readonly message: string;
}

/** What to write instead of what is at a place. */
export interface JsonEdit extends JsonPlace {
  readonly text: string;
}

/** A mechanical correction. */
export interface JsonFix {
  readonly title: string;
  /** Whether `check --fix` applies it; others are for a person to decide. */
  readonly safe: boolean;
  readonly edits: readonly JsonEdit[];
}

/** Something that is wrong with a file. */
export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where the code is explained. */
  readonly url: string;
  readonly related: readonly JsonRelated[];
  readonly fix: JsonFix | null;
}

/** The JSON report. */
export interface JsonReport {
  readonly version: typeof REPORT_VERSION;
  readonly tool: { readonly name: typeof TOOL_NAME; readonly version: string };
  readonly summary: Summary;
  readonly diagnostics: readonly JsonDiagnostic[];
  /** What could not be read, or is wrong with a file as a whole. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** The place of a span in a report. */
export function toJsonPlace({ file, start, end }: Span, positions: Positions): JsonPlace {
  return {
    file: file.name,
    start: { offset: start, ...positions.at(file, start) },
    end: { offset: end, ...positions.at(file, end) },
  };
}

function toDiagnostic(
  { code, severity, message, span, related, fix }: Diagnostic,
  positions: Positions,
): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    url: documentationOf(code),
    ...toJsonPlace(span, positions),
    related: related.map((other) => ({ message: other.message, ...toJsonPlace(other.span, positions) })),
    fix: fix && {
      title: fix.title,
      safe: fix.safe,
      edits: fix.edits.map((edit) => ({ ...toJsonPlace(edit.span, positions), text: edit.text })),
    },
  };
}

/**
 * Makes the data of the JSON report. `schemas/report.schema.json` describes it.
 *
 * @example
 * ```ts
 * const { summary, diagnostics } = toJsonReport(compileFiles(["api.cors"], host), "1.0.0");
 * ```
 */
export function toJsonReport(findings: Findings, toolVersion: string): JsonReport {
  const positions = createPositions();
  return {
    version: REPORT_VERSION,
    tool: { name: TOOL_NAME, version: toolVersion },
    summary: summarize(findings),
    diagnostics: findings.diagnostics.map((diagnostic) => toDiagnostic(diagnostic, positions)),
    problems: findings.unreadable.map(({ path, problem }) => ({ file: path, message: problem })),
  };
}

/**
 * Writes the JSON report. The same findings give the same text.
 *
 * @example
 * ```ts
 * process.stdout.write(renderJson(compileFiles(["api.cors"], host), "1.0.0"));
 * ```
 */
export function renderJson(findings: Findings, toolVersion: string): string {
  return `${JSON.stringify(toJsonReport(findings, toolVersion), null, 2)}\n`;
}
