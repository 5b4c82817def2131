import { existsSync } from "node:fs";
import { toPrintable } from "../diagnostics/pretty.js";
import type { Command } from "./arguments.js";
import { type BuiltFile, build } from "./build.js";
import { type Console, printFileProblem, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs, STDIN } from "./inputs.js";
import { writeOutputs } from "./outputs.js";
import { printReport } from "./report.js";

type CompileCommand = Extract<Command, { readonly kind: "compile" }>;

/** Writes what a file without errors has become; says whether that could be written. */
function write({ input, outputs }: BuiltFile, { stdout }: CompileCommand, console: Console): boolean {
  if (!outputs || outputs.length === 0) return true;
  if (stdout || input.path === STDIN) {
    console.out(outputs[0]?.text ?? "");
    return true;
  }
  const changed = writeOutputs(outputs);
  if ("problem" in changed) {
    printFileProblem(changed, console);
    return false;
  }
  console.out(changed.length > 0 ? `wrote ${changed.join(", ")}\n` : `${input.path} is up to date\n`);
  return true;
}

/** Says which outputs of a file with errors are older than it. */
function printStaleOutputs({ targets, outputs }: BuiltFile, console: Console): void {
  const stale = outputs === null ? targets.filter((path) => existsSync(path)) : [];
  if (stale.length > 0) {
    console.error(`${toPrintable(stale.join(", "))} left as before, from an earlier version of the policy\n`);
  }
}

/** `cors-compile`: compiles policies and writes what they become. Files without errors are written even if others have some. */
export function runCompile(command: CompileCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  if (command.stdout && inputs.length > 1) {
    return printUsageProblem(`--stdout takes one policy file, and these are ${inputs.length}`, console);
  }
  const { result, files, usageProblem } = build(inputs, command);
  if (usageProblem !== null) return printUsageProblem(usageProblem, console);
  const exitCode = printReport({ ...result, unreadable: [...problems, ...result.unreadable] }, command, console);
  for (const file of files) printStaleOutputs(file, console);
  const written = files.map((file) => write(file, command, console));
  return written.includes(false) ? 2 : exitCode;
}
