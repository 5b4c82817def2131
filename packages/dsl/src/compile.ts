import type { CompiledPolicy } from "@corslang/runtime";
import { toCompiledPolicy } from "./compile/to-compiled-policy.js";
import { createCollector } from "./diagnostics/collector.js";
import type { Diagnostic, Report } from "./diagnostics/diagnostic.js";
import { applyAcceptances } from "./program/accept.js";
import { type CheckedProgram, checkProgram } from "./program/check-program.js";
import { createMemoryHost, type Host } from "./program/host.js";
import { checkLeftovers } from "./program/leftovers.js";
import { type LoadedFile, loadProgram, type ParsedFiles, readParsed } from "./program/load.js";
import { createUsage } from "./program/usage.js";
import type { SourceFile } from "./text/source-file.js";

/** A policy that a source file defines. */
export interface Policy {
  readonly compiled: CompiledPolicy;
  /** The comment lines directly above it in the source. */
  readonly documentation: readonly string[];
}

/** What became of one of the files that were to be compiled. */
export interface CompiledFile {
  readonly path: string;
  readonly source: SourceFile;
  /** The policies in the order of the text, `default` first; `null` when there is an error in any file that it needs. */
  readonly policies: readonly Policy[] | null;
}

/** What became of some files. */
export interface CompileResult {
  readonly files: readonly CompiledFile[];
  /** Files that could not be read, with the reason. */
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
  /** The profiles that any of the files names. */
  readonly profiles: readonly string[];
  /** All that is wrong, by file and in the order of the text, at most a hundred for each file. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more diagnostics there were. */
  readonly omitted: number;
  /** How many of these are errors. */
  readonly omittedErrors: number;
}

/** How to compile. */
export interface CompileOptions {
  /** The profile to compile for; none when left out. */
  readonly profile?: string | null | undefined;
  /** Codes of warnings that are errors; `warnings` is all of them. */
  readonly deny?: readonly string[] | undefined;
}

interface Entry {
  readonly path: string;
  readonly file: LoadedFile;
  readonly program: CheckedProgram;
  readonly importedFiles: readonly string[];
  readonly failed: boolean;
}

function toPolicies({ program, failed }: Entry, profile: string | null): readonly Policy[] | null {
  if (failed) return null;
  // A profile that these files do not name changes nothing in them.
  const checked = program.policies.get(profile) ?? program.policies.get(null) ?? [];
  return checked.map((policy) => ({ compiled: toCompiledPolicy(policy), documentation: policy.documentation }));
}

/**
 * Compiles `.cors` files together: each is read once, and what they use of each other is taken into account.
 *
 * It never throws, whatever the files are: what is wrong with them comes back as diagnostics, each with a stable code, a
 * sentence, a span, other places that take part, and a fix where there is a mechanical one.
 *
 * @param paths - The files, as the host reads them.
 * @param host - Reads files.
 */
export function compileFiles(paths: readonly string[], host: Host, options: CompileOptions = {}): CompileResult {
  const { profile = null, deny = [] } = options;
  const collector = createCollector();
  const parsedFiles: ParsedFiles = new Map();
  const usage = createUsage();
  const unreadable: { path: string; problem: string }[] = [];
  const entries: Entry[] = [];
  for (const path of paths) {
    const parsed = readParsed(path, parsedFiles, host);
    if ("problem" in parsed) {
      unreadable.push({ path, problem: parsed.problem });
      continue;
    }
    let failed = false;
    const warnings: Diagnostic[] = [];
    const report: Report = (diagnostic) => {
      failed ||= diagnostic.severity === "error";
      if (diagnostic.severity === "warning") warnings.push(diagnostic);
      else collector.report(diagnostic);
    };
    const program = loadProgram(parsed, parsedFiles, host, report);
    const checked = checkProgram(program, usage, report, () => failed);
    // Warnings about what is not right yet would be noise, and may be about what an error has hidden.
    if (!failed) for (const warning of warnings) collector.report(warning);
    const importedFiles = program.files.map((file) => file.path).filter((other) => other !== path);
    entries.push({ path, file: program.entry, program: checked, importedFiles, failed });
  }
  const imported = new Set(entries.flatMap(({ importedFiles }) => importedFiles));
  for (const { file, failed } of entries) {
    // With an error something that uses them may have been lost.
    if (!failed) checkLeftovers(file, imported, usage, collector.report);
  }
  const collected = collector.collected();
  // The syntax errors of a file are counted where it is parsed, all others here.
  const counts = [collected, ...[...parsedFiles.values()].flatMap((parsed) => ("problem" in parsed ? [] : [parsed]))];
  const trees = entries.map(({ file, failed }) => ({ tree: file.tree, failed }));
  const isEntry = new Set(trees.map(({ tree }) => tree.file));
  const others = collected.diagnostics.filter(({ span }) => !isEntry.has(span.file));
  const own = trees.flatMap(({ tree, failed }) => {
    const diagnostics = collected.diagnostics.filter(({ span }) => span.file === tree.file);
    const kept = failed ? diagnostics : applyAcceptances(tree, diagnostics);
    return raiseWarnings(kept, deny).toSorted((one, other) => one.span.start - other.span.start);
  });
  const denied = new Set(own.filter(({ severity }) => severity === "error").map(({ span }) => span.file));
  return {
    files: entries.map((entry) => {
      const source = entry.file.tree.file;
      return { path: entry.path, source, policies: denied.has(source) ? null : toPolicies(entry, profile) };
    }),
    unreadable,
    profiles: [...new Set(entries.flatMap(({ program }) => program.profiles))].sort(),
    diagnostics: [...others, ...own],
    omitted: counts.reduce((sum, { omitted }) => sum + omitted, 0),
    omittedErrors: counts.reduce((sum, { omittedErrors }) => sum + omittedErrors, 0),
  };
}

/** Makes errors of the warnings that are denied. */
function raiseWarnings(diagnostics: readonly Diagnostic[], deny: readonly string[]): Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    deny.includes("warnings") || deny.includes(diagnostic.code) ? { ...diagnostic, severity: "error" } : diagnostic,
  );
}

/** What became of one source text. */
export interface CompileTextResult {
  /** The policies in the order of the text, `default` first. Empty when there is any error. */
  readonly policies: readonly Policy[];
  readonly diagnostics: readonly Diagnostic[];
  readonly omitted: number;
}

/**
 * Compiles one `.cors` source text that imports nothing.
 *
 * @example
 * ```ts
 * const { policies, diagnostics } = compile("origins https://app.example.com\ncredentials true\n");
 * if (diagnostics.length === 0) createMatcher(policies[0].compiled);
 * ```
 */
export function compile(text: string, options: CompileOptions = {}): CompileTextResult {
  const path = "policy.cors";
  const { files, diagnostics, omitted } = compileFiles([path], createMemoryHost({ [path]: text }), options);
  return { policies: files[0]?.policies ?? [], diagnostics, omitted };
}
