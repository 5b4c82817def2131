import { type CompileResult, compile } from "../compile.js";
import { createCollector } from "../diagnostics/collector.js";
import { renderDiagnostic } from "../diagnostics/pretty.js";
import { decode } from "../text/decode.js";
import type { SourceFile } from "../text/source-file.js";
import { type Console, countOf } from "./console.js";
import { type Input, readInput, STDIN } from "./inputs.js";
import type { FileProblem } from "./problem.js";

/** A policy file that has been read and compiled. */
export interface CompiledFile {
  readonly source: SourceFile;
  readonly result: CompileResult;
}

/** Reads and compiles one policy file. */
export function compileFile(input: Input): CompiledFile | FileProblem {
  const bytes = readInput(input);
  if ("problem" in bytes) return bytes;
  const name = input.path === STDIN ? "<stdin>" : input.path;
  const collector = createCollector();
  const text = decode(bytes, collector.report);
  const source = { name, text };
  // What is not text has nothing else to be said about.
  if (collector.count() > 0) return { source, result: { policies: [], ...collector.collected() } };
  return { source, result: compile(text) };
}

/** Prints what is wrong with a file. */
export function printDiagnostics({ source, result }: CompiledFile, { error, style }: Console): void {
  const blocks = result.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source, style));
  if (result.omitted > 0) blocks.push(`… and ${countOf(result.omitted, "more error")} in ${source.name}\n`);
  if (blocks.length > 0) error(`${blocks.join("\n")}\n`);
}
