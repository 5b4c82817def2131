import { type Console, countOf, printFileProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs } from "./inputs.js";
import { compileFile, printDiagnostics } from "./policies.js";

/** `cors-compile check`: says what is wrong with policies and writes nothing. */
export function runCheck(paths: readonly string[], console: Console): ExitCode {
  const { inputs, problems } = findInputs(paths);
  const files = inputs.map(compileFile);
  let errors = 0;
  let unreadable = problems.length;
  for (const problem of problems) printFileProblem(problem, console);
  for (const file of files) {
    if ("problem" in file) {
      unreadable++;
      printFileProblem(file, console);
    } else {
      errors += file.result.diagnostics.length + file.result.omitted;
      printDiagnostics(file, console);
    }
  }
  if (inputs.length > 0) console.error(`${countOf(errors, "error")} in ${countOf(inputs.length, "file")}\n`);
  return unreadable > 0 ? 2 : errors > 0 ? 1 : 0;
}
