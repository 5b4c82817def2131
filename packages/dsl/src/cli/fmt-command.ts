import { createCollector } from "../diagnostics/collector.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { countOf } from "../diagnostics/findings.js";
import { renderDiagnostic, toPrintable } from "../diagnostics/pretty.js";
import { createDiskHost, STDIN } from "../disk/disk-host.js";
import type { FileProblem } from "../disk/problem.js";
import { type FormatResult, format } from "../format/format.js";
import { decode } from "../text/decode.js";
import { type Console, printFileProblem, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { findInputs } from "./inputs.js";
import { writeSources } from "./sources.js";
import { unifiedDiff } from "./unified-diff.js";

/** What `cors-compile fmt` is to do. */
export interface FmtCommand {
  readonly paths: readonly string[];
  /** Name the files that are not in format, and write nothing. */
  readonly check: boolean;
  /** Show what would change, and write nothing. */
  readonly diff: boolean;
}

/** A file that has been read. */
interface FormattedFile {
  readonly path: string;
  /** As messages call it. */
  readonly name: string;
  readonly before: string;
  readonly result: FormatResult;
}

function isChanged({ before, result }: FormattedFile): boolean {
  return result.text !== before;
}

function readFormatted(path: string): FormattedFile | FileProblem {
  const content = createDiskHost({ allowOutside: true }).read(path);
  if (typeof content === "object" && "problem" in content) return { path, problem: content.problem };
  const name = path === STDIN ? "<stdin>" : path;
  const collector = createCollector();
  const file = typeof content === "string" ? { name, text: content } : decode(name, content, collector.report);
  const { diagnostics, omitted } = collector.collected();
  // What is not text has nothing else to be said about.
  const isText = diagnostics.length === 0;
  const result = isText ? format(file.text, name) : { text: file.text, diagnostics, omitted };
  return { path, name, before: file.text, result };
}

function printDiagnostics(diagnostics: readonly Diagnostic[], omitted: number, console: Console): void {
  for (const diagnostic of diagnostics) console.error(`${renderDiagnostic(diagnostic, console.style)}\n`);
  if (omitted > 0) console.error(`… and ${omitted} more\n\n`);
}

/** Prints why files can't be formatted; says whether there are such. */
function printFaults(files: readonly FormattedFile[], console: Console): boolean {
  const faulty = files.filter(({ result }) => result.diagnostics.length > 0);
  for (const { name, result } of faulty) {
    printDiagnostics(result.diagnostics, result.omitted, console);
    console.error(`${toPrintable(name)} left as it is: only what can be read can be formatted\n`);
  }
  return faulty.length > 0;
}

/** Says which files are not in format, and with `--diff` how. */
function printDifferences(files: readonly FormattedFile[], { check, diff }: FmtCommand, console: Console): void {
  const changed = files.filter(isChanged);
  for (const { name, before, result } of changed) {
    console.out(diff ? unifiedDiff(name, before, result.text) : `${toPrintable(name)}\n`);
  }
  if (!check) return;
  const count = countOf(files.length, "file");
  if (changed.length > 0) console.error(`${changed.length} of ${count} not in format; run cors-compile fmt\n`);
  else console.error(`nothing to format in ${count}\n`);
}

/** Writes what has changed in place; says whether that could be done. */
function writeFormatted(files: readonly FormattedFile[], console: Console): boolean {
  const changed = files.filter(isChanged);
  const problem = writeSources(changed.map(({ path, result }) => ({ path, text: result.text })));
  if (problem) {
    printFileProblem(problem, console);
    return false;
  }
  for (const { name } of changed) console.out(`formatted ${toPrintable(name)}\n`);
  if (changed.length === 0) console.error(`nothing to format in ${countOf(files.length, "file")}\n`);
  return true;
}

/**
 * `cors-compile fmt`: writes policies in the one style there is. Files with syntax errors are left as they are; the
 * others are written all or none.
 *
 * @example
 * ```ts
 * process.exitCode = runFmt({ paths: ["policies"], check: true, diff: false }, console);
 * ```
 */
export function runFmt(command: FmtCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  const isStdin = inputs.some(({ path }) => path === STDIN);
  if (isStdin && inputs.length > 1) {
    return printUsageProblem("standard input is formatted to standard output, and can't be mixed with files", console);
  }
  const read = inputs.map(({ path }) => readFormatted(path));
  const unreadable = [...problems, ...read.flatMap((one) => ("problem" in one ? [one] : []))];
  const files = read.flatMap((one) => ("problem" in one ? [] : [one]));
  for (const problem of unreadable) printFileProblem(problem, console);
  const areFaulty = printFaults(files, console);
  const formatted = files.filter(({ result }) => result.diagnostics.length === 0);
  let failed = unreadable.length > 0;
  let differs = false;
  if (command.check || command.diff) {
    printDifferences(formatted, command, console);
    differs = formatted.some(isChanged);
  } else if (isStdin) {
    for (const { result } of formatted) console.out(result.text);
  } else if (formatted.length > 0 && !writeFormatted(formatted, console)) {
    failed = true;
  }
  return failed ? 2 : areFaulty || differs ? 1 : 0;
}
