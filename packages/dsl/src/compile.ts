import type { CompiledPolicy } from "@corslang/runtime";
import type { CheckedPolicy } from "./check/checked-policy.js";
import { toCompiledPolicy } from "./compile/to-compiled-policy.js";
import { type Collector, createCollector } from "./diagnostics/collector.js";
import type { Diagnostic, Report } from "./diagnostics/diagnostic.js";
import { collectAcceptances } from "./program/accept.js";
import { type CheckedProgram, checkProgram } from "./program/check-program.js";
import { createMemoryHost, type Host } from "./program/host.js";
import { checkLeftovers } from "./program/leftovers.js";
import { type LoadedFile, loadProgram, type ParsedFile, type ParsedFiles, readParsed } from "./program/load.js";
import { createUsage, type Usage } from "./program/usage.js";
import type { PolicyDeclaration } from "./resolve/scope.js";
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
  /** The profiles that it names, or what it imports does. */
  readonly profiles: readonly string[];
  /** The policies in the order of the text, `default` first; `null` when there is an error in any file that it needs. */
  readonly policies: readonly Policy[] | null;
  /** The same for any profile; all of them have been checked. */
  readonly policiesFor: (profile: string | null) => readonly Policy[] | null;
}

/** As {@link CompiledFile}, with the policies as they are before they become data: each item with its place. */
export interface CheckedFile extends Pick<CompiledFile, "path" | "source" | "profiles"> {
  /** For any profile; `null` when there is an error in any file that it needs. */
  readonly checkedFor: (profile: string | null) => readonly CheckedPolicy[] | null;
  /** The policies as the file itself writes them: where something can be added. */
  readonly declarations: readonly PolicyDeclaration[];
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

/** As {@link CompileResult}, before policies become data. */
export interface CheckResult extends Omit<CompileResult, "files"> {
  readonly files: readonly CheckedFile[];
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
  /** What is told about it if it has no errors. */
  readonly warnings: Diagnostic[];
}

function toPolicy(policy: CheckedPolicy): Policy {
  return { compiled: toCompiledPolicy(policy), documentation: policy.documentation };
}

/** What the entries of a run have in common. */
interface Run {
  readonly host: Host;
  readonly parsedFiles: ParsedFiles;
  readonly usage: Usage;
  readonly collector: Collector;
}

function checkEntry(parsed: ParsedFile, { host, parsedFiles, usage, collector }: Run): Entry {
  let failed = false;
  const warnings: Diagnostic[] = [];
  const report: Report = (diagnostic) => {
    failed ||= diagnostic.severity === "error";
    if (diagnostic.severity === "warning") warnings.push(diagnostic);
    else collector.report(diagnostic);
  };
  const { path } = parsed;
  const program = loadProgram(parsed, parsedFiles, host, report);
  const checked = checkProgram(program, usage, report, () => failed);
  const importedFiles = program.files.map((file) => file.path).filter((other) => other !== path);
  return { path, file: program.entry, program: checked, importedFiles, failed, warnings };
}

/**
 * Tells the warnings of entries without errors, but for accepted ones; those that are denied as errors. Warnings about
 * what is not right yet would be noise, and may be about what an error has hidden.
 *
 * @returns The entries that a denied warning is about.
 */
function tellWarnings(
  entries: readonly Entry[],
  deny: readonly string[],
  { parsedFiles, usage, collector }: Run,
): Set<Entry> {
  const fine = entries.filter(({ failed }) => !failed);
  const imported = new Set(entries.flatMap(({ importedFiles }) => importedFiles));
  const denied = new Set<Entry>();
  const tell = (entry: Entry, diagnostic: Diagnostic): void => {
    const isDenied = deny.includes("warnings") || deny.includes(diagnostic.code);
    if (isDenied) denied.add(entry);
    collector.report(isDenied ? { ...diagnostic, severity: "error" } : diagnostic);
  };
  const trees = [...parsedFiles.values()].flatMap((parsed) => ("problem" in parsed ? [] : [parsed.tree]));
  const acceptances = collectAcceptances(trees);
  for (const entry of fine) {
    checkLeftovers(entry.file, imported, usage, (diagnostic) => entry.warnings.push(diagnostic));
    for (const warning of entry.warnings) if (!acceptances.accept(warning)) tell(entry, warning);
  }
  for (const entry of fine) for (const fault of acceptances.findFaults(entry.file.tree)) tell(entry, fault);
  return denied;
}

/**
 * Checks `.cors` files together: each is read once, and what they use of each other is taken into account. For what asks
 * about policies and not for their outputs.
 *
 * @param paths - The files, as the host reads them.
 * @param deny - Codes of warnings that are errors; `warnings` is all of them.
 *
 * @example
 * ```ts
 * checkFiles(["api.cors"], host).files[0]?.checkedFor(null)?.[0]?.settings.methods?.items[0]?.span;
 * ```
 */
export function checkFiles(paths: readonly string[], host: Host, deny: readonly string[] = []): CheckResult {
  const run: Run = { host, parsedFiles: new Map(), usage: createUsage(), collector: createCollector() };
  const unreadable: { path: string; problem: string }[] = [];
  const entries: Entry[] = [];
  for (const path of paths) {
    const parsed = readParsed(path, run.parsedFiles, host);
    if ("problem" in parsed) unreadable.push({ path, problem: parsed.problem });
    else entries.push(checkEntry(parsed, run));
  }
  const denied = tellWarnings(entries, deny, run);
  const collected = run.collector.collected();
  // The syntax errors of a file are counted where it is parsed, all others here.
  const counts = [
    collected,
    ...[...run.parsedFiles.values()].flatMap((parsed) => ("problem" in parsed ? [] : [parsed])),
  ];
  return {
    files: entries.map((entry) => {
      const hasErrors = entry.failed || denied.has(entry);
      const { path, file, program } = entry;
      const { policies, profiles } = program;
      // A profile that these files do not name changes nothing in them.
      const checkedFor = (name: string | null) => (hasErrors ? null : (policies.get(name) ?? policies.get(null) ?? []));
      return { path, source: file.tree.file, profiles, checkedFor, declarations: program.scope.policies };
    }),
    unreadable,
    profiles: [...new Set(entries.flatMap(({ program }) => program.profiles))].sort(),
    diagnostics: collected.diagnostics,
    omitted: counts.reduce((sum, { omitted }) => sum + omitted, 0),
    omittedErrors: counts.reduce((sum, { omittedErrors }) => sum + omittedErrors, 0),
  };
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
  const { profile = null, deny } = options;
  const { files, ...rest } = checkFiles(paths, host, deny);
  return {
    ...rest,
    files: files.map(({ path, source, profiles, checkedFor }) => {
      const policiesFor = (name: string | null) => checkedFor(name)?.map(toPolicy) ?? null;
      return { path, source, profiles, policies: policiesFor(profile), policiesFor };
    }),
  };
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

/**
 * Says what is wrong with one `.cors` source text that imports nothing. Of several files, `compileFiles` says it.
 *
 * @example
 * ```ts
 * check("origins https://App.example.com\n").diagnostics[0].code; // "origin-uppercase"
 * ```
 */
export function check(text: string, options: CompileOptions = {}): Omit<CompileTextResult, "policies"> {
  const { diagnostics, omitted } = compile(text, options);
  return { diagnostics, omitted };
}
