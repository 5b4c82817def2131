import { countOf } from "../diagnostics/findings.js";
import type { FileProblem } from "../disk/problem.js";
import type { Command } from "./arguments.js";
import { type BuiltFile, build } from "./build.js";
import { type Console, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { fixFiles } from "./fix.js";
import { findInputs } from "./inputs.js";
import { isUpToDate } from "./outputs.js";
import { printReport } from "./report.js";

type CheckCommand = Extract<Command, { readonly kind: "check" }>;

/** The outputs that are missing or are not what their policy becomes. */
function findStaleOutputs(files: readonly BuiltFile[]): FileProblem[] {
  const stale = files.flatMap(({ outputs }) => outputs ?? []).filter((output) => !isUpToDate(output));
  return stale.map(({ path }) => ({ path, problem: "is not what its policy compiles to; run cors-compile" }));
}

/** `cors-compile check`: says what is wrong with policies, and writes nothing unless it is to fix them. */
export function runCheck(command: CheckCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  const fixed = command.fix ? fixFiles(inputs, command) : { changed: [], problems: [] };
  const isPretty = command.format === "pretty";
  for (const path of isPretty ? fixed.changed : []) console.out(`fixed ${path}\n`);
  const { result, files, usageProblem } = build(inputs, command);
  if (usageProblem !== null) return printUsageProblem(usageProblem, console);
  const unreadable = [...problems, ...fixed.problems, ...result.unreadable];
  const stale = command.outputs ? findStaleOutputs(files) : [];
  const exitCode = printReport({ ...result, unreadable: [...unreadable, ...stale] }, command, console);
  const isFine = exitCode === 0 && result.diagnostics.length === 0;
  if (isPretty && isFine && !command.quiet) {
    console.error(`nothing is wrong with ${countOf(result.files.length, "file")}\n`);
  }
  // An output that is behind its policy is at fault like a policy; it could be read.
  return unreadable.length === 0 && stale.length > 0 ? 1 : exitCode;
}
