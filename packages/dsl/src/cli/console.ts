import { styleText } from "node:util";
import { PLAIN, type Style, toPrintable } from "../diagnostics/pretty.js";
import type { FileProblem } from "../disk/problem.js";

/** Where the command writes to. */
export interface Console {
  /** What was asked for. */
  readonly out: (text: string) => void;
  /** What is to be known beside it. */
  readonly error: (text: string) => void;
  readonly style: Style;
}

/** Colours for terminals; none where `NO_COLOR` says so (no-color.org). */
export function styleFor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  if (!isTerminal || environment.NO_COLOR) return PLAIN;
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(format, text, { validateStream: false });
  return {
    error: style(["bold", "red"]),
    warning: style(["bold", "yellow"]),
    strong: style("bold"),
    faint: style("dim"),
    fix: style("green"),
  };
}

/** Writes a line about a file. */
export function printFileProblem({ path, problem }: FileProblem, { error }: Console): void {
  error(`cors-compile: ${toPrintable(path)}: ${problem}\n`);
}

/** Writes a line about how the command was called. */
export function printUsageProblem(problem: string, { error }: Console): 2 {
  error(`cors-compile: ${toPrintable(problem)}\n`);
  return 2;
}
