import { compileFiles } from "../compile.js";
import type { Command } from "./arguments.js";
import { type Console, countOf } from "./console.js";
import { createDiskHost } from "./disk-host.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs } from "./inputs.js";
import { printReport } from "./report.js";

type CheckCommand = Extract<Command, { readonly kind: "check" }>;

/** `cors-compile check`: says what is wrong with policies and writes nothing. */
export function runCheck({ paths, allowOutside }: CheckCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(paths);
  const result = compileFiles(
    inputs.map(({ path }) => path),
    createDiskHost({ allowOutside }),
  );
  const exitCode = printReport(result, problems, console);
  if (result.diagnostics.length === 0 && result.files.length > 0) {
    console.error(`nothing is wrong with ${countOf(result.files.length, "file")}\n`);
  }
  return exitCode;
}
