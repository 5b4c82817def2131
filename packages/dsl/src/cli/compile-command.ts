import { existsSync } from "node:fs";
import { join } from "node:path";
import { toPrintable } from "../diagnostics/pretty.js";
import type { Command } from "./arguments.js";
import { type Console, countOf, printFileProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs, type Input, STDIN } from "./inputs.js";
import { emit, outputPaths, writeOutputs } from "./outputs.js";
import { type CompiledFile, compileFile, printDiagnostics } from "./policies.js";

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
  const texts = emit(
    file.result.policies,
    file.source.name === "<stdin>" ? "standard input" : input.pathInTree,
    command.emit,
  );
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
  if (stale.length > 0)
    console.error(`${toPrintable(stale.join(", "))} left as before, from an earlier version of the policy\n`);
}

/** `cors-compile`: compiles policies and writes what they become. Files without errors are written even if others have some. */
export function runCompile(command: CompileCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  for (const problem of problems) printFileProblem(problem, console);
  const collision = findCollision(inputs, command);
  if (collision !== null) {
    console.error(`cors-compile: ${toPrintable(collision)}\n`);
    return 2;
  }
  if (command.stdout && inputs.length > 1) {
    console.error(`cors-compile: --stdout takes one policy file, and these are ${inputs.length}\n`);
    return 2;
  }
  let exitCode: ExitCode = problems.length > 0 ? 2 : 0;
  let errors = 0;
  for (const input of inputs) {
    const file = compileFile(input);
    if ("problem" in file) {
      printFileProblem(file, console);
      exitCode = 2;
    } else if (file.result.diagnostics.length > 0) {
      printDiagnostics(file, console);
      printStaleOutputs(input, command, console);
      errors += file.result.diagnostics.length + file.result.omitted;
    } else if (writeFile(file, input, command, console) === 2) {
      exitCode = 2;
    }
  }
  if (errors > 0) console.error(`${countOf(errors, "error")} in ${countOf(inputs.length, "file")}\n`);
  return exitCode === 0 && errors > 0 ? 1 : exitCode;
}
