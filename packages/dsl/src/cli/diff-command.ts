import packageJson from "../../package.json" with { type: "json" };
import { compareSides } from "../compare/compare-sides.js";
import { type Comparison, isChanged, isWidened } from "../compare/comparison.js";
import { printJson } from "../compare/json-comparison.js";
import { printMarkdown } from "../compare/print-markdown.js";
import { printText } from "../compare/print-text.js";
import { type Console, printFileProblem, printUsageProblem } from "./console.js";
import { type DiffSource, readSides, type Side } from "./diff-sides.js";
import type { ExitCode } from "./exit-code.js";
import { printReport } from "./report.js";

/** How a comparison is written. */
export const DIFF_FORMATS = ["pretty", "markdown", "json"] as const;

/** What ends the command with 1. */
export const FAILURES = ["widened", "changed"] as const;

/** What `cors-compile diff` is to do. */
export interface DiffCommand {
  readonly source: DiffSource;
  readonly format: (typeof DIFF_FORMATS)[number];
  readonly failOn: (typeof FAILURES)[number] | null;
}

/** Prints what keeps a side from being compared; says how the command has to end for it. */
function reportErrors({ result }: Side, console: Console): ExitCode {
  return printReport(result, { format: "pretty", quiet: true }, console);
}

function print(comparison: Comparison, format: DiffCommand["format"]): string {
  switch (format) {
    case "pretty":
      return printText(comparison);
    case "markdown":
      return printMarkdown(comparison);
    case "json":
      return printJson(comparison, packageJson.version);
  }
}

/**
 * `cors-compile diff`: says what the policies of one version newly allow, and allow no longer, beside another version.
 *
 * @returns 0 for an answer, also one with differences; 1 where `failOn` says so or a version has errors; 2 where something
 * can't be read.
 *
 * @example
 * ```ts
 * const source = { kind: "git", before: "main", after: null, paths: ["."] } as const;
 * process.exitCode = runDiff({ source, format: "markdown", failOn: "widened" }, console);
 * ```
 */
export function runDiff({ source, format, failOn }: DiffCommand, console: Console): ExitCode {
  const sides = readSides(source);
  if ("usage" in sides) return printUsageProblem(sides.usage, console);
  if ("problem" in sides) {
    printFileProblem(sides, console);
    return 2;
  }
  const codes = [reportErrors(sides.before, console), reportErrors(sides.after, console)];
  if (codes.includes(2)) return 2;
  if (codes.includes(1)) return 1;
  const comparison = compareSides(sides.before.policies, sides.after.policies);
  console.out(print(comparison, format));
  const isFailure = failOn === "widened" ? isWidened(comparison) : failOn === "changed" && isChanged(comparison);
  return isFailure ? 1 : 0;
}
