import type { Command } from "./arguments.js";
import { type BuiltFile, build } from "./build.js";
import { type Console, countOf, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { fixFiles } from "./fix.js";
import { findInputs } from "./inputs.js";
import { isUpToDate } from "./outputs.js";
import { printReport } from "./report.js";

type CheckCommand = Extract<Command, { readonly kind: "check" }>;

/** Says which outputs are missing or are not what their policy becomes. */
function checkOutputs(files: readonly BuiltFile[], console: Console): boolean {
  const stale = files.flatMap(({ outputs }) => outputs ?? []).filter((output) => !isUpToDate(output));
  for (const { path } of stale) console.error(`${path} is not what its policy compiles to; run cors-compile\n`);
  return stale.length === 0;
}

/** `cors-compile check`: says what is wrong with policies, and writes nothing unless it is to fix them. */
export function runCheck(command: CheckCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  const fixed = command.fix ? fixFiles(inputs, command) : { changed: [], problems: [] };
  for (const path of fixed.changed) console.out(`fixed ${path}\n`);
  const { result, files, usageProblem } = build(inputs, command);
  if (usageProblem !== null) return printUsageProblem(usageProblem, console);
  const exitCode = printReport(result, [...problems, ...fixed.problems], command, console);
  const isFine = exitCode === 0 && result.diagnostics.length === 0;
  if (isFine && !command.quiet) console.error(`nothing is wrong with ${countOf(result.files.length, "file")}\n`);
  const areUpToDate = !command.outputs || checkOutputs(files, console);
  return exitCode === 0 && !areUpToDate ? 1 : exitCode;
}
