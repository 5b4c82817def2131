import { existsSync } from "node:fs";
import { toPrintable } from "../diagnostics/pretty.js";
import { STDIN } from "../disk/disk-host.js";
import type { FileProblem } from "../disk/problem.js";
import type { Command } from "./arguments.js";
import { type Build, type BuiltFile, build } from "./build.js";
import { type Console, printFileProblem, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs } from "./inputs.js";
import { writeOutputs } from "./outputs.js";
import { printReport } from "./report.js";
import { removeLeftovers } from "./temporary-files.js";

/** What `cors-compile` without a subcommand is to do. */
export type CompileCommand = Extract<Command, { readonly kind: "compile" }>;

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

/** The outputs of a file with errors that are older than it. */
export function findStaleOutputs({ targets, outputs }: BuiltFile): string[] {
  return outputs === null ? targets.filter((path) => existsSync(path)) : [];
}

function printStaleOutputs(file: BuiltFile, console: Console): void {
  const stale = findStaleOutputs(file);
  if (stale.length > 0) {
    console.error(`${toPrintable(stale.join(", "))} left as before, from an earlier version of the policy\n`);
  }
}

/** Prints what is wrong, and writes what can be. Files without errors are written even if others have some. */
export function writeBuild(
  { result, files }: Build,
  problems: readonly FileProblem[],
  command: CompileCommand,
  console: Console,
): ExitCode {
  const exitCode = printReport({ ...result, unreadable: [...problems, ...result.unreadable] }, command, console);
  for (const file of files) printStaleOutputs(file, console);
  if (!command.stdout) removeLeftovers(files.flatMap(({ input, targets }) => [input.path, ...targets]));
  const written = files.map((file) => write(file, command, console));
  return written.includes(false) ? 2 : exitCode;
}

/** `cors-compile`: compiles policies and writes what they become. */
export function runCompile(command: CompileCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  if (command.stdout && inputs.length > 1) {
    return printUsageProblem(`--stdout takes one policy file, and these are ${inputs.length}`, console);
  }
  const built = build(inputs, command);
  if (built.usageProblem !== null) return printUsageProblem(built.usageProblem, console);
  return writeBuild(built, problems, command, console);
}
