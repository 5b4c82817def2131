import type { CompileResult } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderDiagnostic } from "../diagnostics/pretty.js";
import type { ReportOptions } from "./arguments.js";
import { type Console, countOf, printFileProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import type { FileProblem } from "./problem.js";

function countOfSeverity(diagnostics: readonly Diagnostic[], severity: Diagnostic["severity"]): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}

/** Prints what could not be read and what is wrong, and how much that is; says how the command has to end. */
export function printReport(
  result: CompileResult,
  problems: readonly FileProblem[],
  { quiet }: ReportOptions,
  console: Console,
): ExitCode {
  const unreadable = [...problems, ...result.unreadable];
  const shown = quiet ? result.diagnostics.filter(({ severity }) => severity === "error") : result.diagnostics;
  for (const problem of unreadable) printFileProblem(problem, console);
  for (const diagnostic of shown) console.error(`${renderDiagnostic(diagnostic, console.style)}\n`);
  if (result.omitted > 0) console.error(`… and ${result.omitted} more\n\n`);
  const errors = countOfSeverity(result.diagnostics, "error") + result.omittedErrors;
  const warnings = countOfSeverity(result.diagnostics, "warning") + result.omitted - result.omittedErrors;
  const isWorth = errors > 0 || warnings > 0;
  if (!quiet && isWorth) {
    const files = countOf(result.files.length, "file");
    console.error(`${countOf(errors, "error")} and ${countOf(warnings, "warning")} in ${files}\n`);
  }
  return unreadable.length > 0 ? 2 : errors > 0 ? 1 : 0;
}
