import { relative, resolve, sep } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { describeSummary, type Findings, summarize } from "../diagnostics/findings.js";
import { renderGithub } from "../diagnostics/github.js";
import { renderJson } from "../diagnostics/json.js";
import { renderDiagnostic } from "../diagnostics/pretty.js";
import { renderSarif } from "../diagnostics/sarif.js";
import type { ReportOptions } from "./arguments.js";
import { type Console, printFileProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";

/**
 * The path of a file from the root of the repository, with `/`: GitHub's annotations and SARIF's viewers find files by
 * it. Where a workflow runs, GITHUB_WORKSPACE is that root.
 */
function toRepositoryPath(name: string): string {
  if (name === "<stdin>") return name;
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  return relative(root, resolve(name)).split(sep).join("/");
}

/** Prints for people what could not be read and what is wrong; with `quiet` without warnings. */
export function printFindings(
  { unreadable, diagnostics }: Findings,
  { quiet }: Pick<ReportOptions, "quiet">,
  console: Console,
): void {
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === "error") : diagnostics;
  for (const problem of unreadable) printFileProblem(problem, console);
  for (const diagnostic of shown) console.error(`${renderDiagnostic(diagnostic, console.style)}\n`);
}

function printPretty(findings: Findings, options: ReportOptions, console: Console): void {
  printFindings(findings, options, console);
  const summary = summarize(findings);
  const isWorth = summary.errors > 0 || summary.warnings > 0;
  if (!options.quiet && isWorth) console.error(`${describeSummary({ ...summary, problems: 0 })}\n`);
}

/**
 * Prints what could not be read and what is wrong, and how much that is; says how the command has to end. What is for
 * people goes to standard error, what is for programs to standard output.
 */
export function printReport(findings: Findings, options: ReportOptions, console: Console): ExitCode {
  const { version } = packageJson;
  switch (options.format) {
    case "pretty":
      printPretty(findings, options, console);
      break;
    case "json":
      console.out(renderJson(findings, version));
      break;
    case "sarif":
      console.out(renderSarif(findings, version, toRepositoryPath));
      break;
    case "github":
      console.out(renderGithub(findings, toRepositoryPath));
      break;
  }
  const { errors, problems } = summarize(findings);
  return problems > 0 ? 2 : errors > 0 ? 1 : 0;
}
