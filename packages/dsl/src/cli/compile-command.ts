import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CompiledFile, compileFiles } from "../compile.js";
import { toPrintable } from "../diagnostics/pretty.js";
import type { Command } from "./arguments.js";
import { type Console, printFileProblem } from "./console.js";
import { createDiskHost } from "./disk-host.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs, type Input, STDIN } from "./inputs.js";
import { emit, outputPaths, writeOutputs } from "./outputs.js";
import { printReport } from "./report.js";

type CompileCommand = Extract<Command, { readonly kind: "compile" }>;

/** Where a policy file's outputs go; `null` for standard output. */
function targetsOf(input: Input, { emit, outDir, stdout }: CompileCommand): readonly string[] | null {
  if (stdout || input.path === STDIN) return null;
  return outputPaths(outDir === null ? input.path : join(outDir, input.pathInTree), emit);
}

/** Two files with one place for their outputs; `null` when each has its own. */
function findCollision(inputs: readonly Input[], command: CompileCommand): string | null {
  const byTarget = new Map<string, string>();
  for (const input of inputs) {
    const [target] = targetsOf(input, command) ?? [];
    const other = target === undefined ? undefined : byTarget.get(target);
    if (other !== undefined) return `${other} and ${input.path} would both be written to ${target}`;
    if (target !== undefined) byTarget.set(target, input.path);
  }
  return null;
}

/** Writes what a file without errors has become. */
function writeFile(file: CompiledFile, input: Input, command: CompileCommand, console: Console): ExitCode {
  const sourceName = input.path === STDIN ? "standard input" : input.pathInTree;
  const texts = emit(file.policies ?? [], sourceName, command.emit);
  const targets = targetsOf(input, command);
  if (!targets) {
    console.out(texts[0] ?? "");
    return 0;
  }
  const changed = writeOutputs(targets.map((path, index) => ({ path, text: texts[index] ?? "" })));
  if ("problem" in changed) {
    printFileProblem(changed, console);
    return 2;
  }
  console.out(changed.length > 0 ? `wrote ${changed.join(", ")}\n` : `${input.path} is up to date\n`);
  return 0;
}

/** Says which outputs of a file with errors are older than it. */
function printStaleOutputs(input: Input, command: CompileCommand, console: Console): void {
  const stale = (targetsOf(input, command) ?? []).filter((path) => existsSync(path));
  if (stale.length > 0) {
    console.error(`${toPrintable(stale.join(", "))} left as before, from an earlier version of the policy\n`);
  }
}

function findUsageProblem(inputs: readonly Input[], command: CompileCommand): string | null {
  if (command.stdout && inputs.length > 1) return `--stdout takes one policy file, and these are ${inputs.length}`;
  return findCollision(inputs, command);
}

/** `cors-compile`: compiles policies and writes what they become. Files without errors are written even if others have some. */
export function runCompile(command: CompileCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  const usageProblem = findUsageProblem(inputs, command);
  if (usageProblem !== null) {
    console.error(`cors-compile: ${toPrintable(usageProblem)}\n`);
    return 2;
  }
  const paths = inputs.map(({ path }) => path);
  const result = compileFiles(paths, createDiskHost({ allowOutside: command.allowOutside }), command.profile);
  if (command.profile !== null && inputs.length > 0 && !result.profiles.includes(command.profile)) {
    const known =
      result.profiles.length > 0 ? `these files name ${result.profiles.join(", ")}` : "these files name none";
    console.error(`cors-compile: there is no profile ${toPrintable(command.profile)}; ${known}\n`);
    return 2;
  }
  let exitCode = printReport(result, problems, console);
  for (const input of inputs) {
    const file = result.files.find(({ path }) => path === input.path);
    if (!file) continue;
    // A file of sets alone is there to be imported, and becomes nothing.
    if (!file.policies) printStaleOutputs(input, command, console);
    else if (file.policies.length > 0 && writeFile(file, input, command, console) === 2) exitCode = 2;
  }
  return exitCode;
}
