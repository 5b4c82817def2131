import type { Diagnostic } from "./diagnostic.js";

/** What a report is about: what `compileFiles` found out. */
export interface Findings {
  /** The files that were compiled. */
  readonly files: readonly { readonly path: string }[];
  /** What could not be read, or is wrong with a file as a whole. */
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many more diagnostics there were. */
  readonly omitted: number;
  /** How many of these are errors. */
  readonly omittedErrors: number;
}

/** How much has been found. */
export interface Summary {
  /** How many files were compiled. */
  readonly files: number;
  /** All errors, with those that are not listed. */
  readonly errors: number;
  /** All warnings, with those that are not listed. */
  readonly warnings: number;
  /** How many of the errors and warnings are not listed: of one file, a hundred are. */
  readonly omitted: number;
  /** How many files could not be read, or have a problem as a whole. */
  readonly problems: number;
}

/**
 * Counts what has been found.
 *
 * @example
 * ```ts
 * const { errors } = summarize(compileFiles(["api.cors"], host));
 * ```
 */
export function summarize({ files, unreadable, diagnostics, omitted, omittedErrors }: Findings): Summary {
  const listedErrors = diagnostics.filter(({ severity }) => severity === "error").length;
  return {
    files: files.length,
    errors: listedErrors + omittedErrors,
    warnings: diagnostics.length - listedErrors + omitted - omittedErrors,
    omitted,
    problems: unreadable.length,
  };
}

/** `1 error`, `2 errors`. */
export function countOf(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/**
 * A summary in a line.
 *
 * @example
 * ```ts
 * describeSummary({ files: 3, errors: 1, warnings: 2, omitted: 0, problems: 0 }); // "1 error and 2 warnings in 3 files"
 * ```
 */
export function describeSummary({ files, errors, warnings, omitted, problems }: Summary): string {
  const notListed = omitted > 0 ? `, ${omitted} of them not listed` : "";
  const withProblems = problems > 0 ? `; ${countOf(problems, "more file")} with a problem` : "";
  return `${countOf(errors, "error")} and ${countOf(warnings, "warning")} in ${countOf(files, "file")}${notListed}${withProblems}`;
}
