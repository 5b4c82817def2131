import { readFileSync, statSync } from "node:fs";
import { countOf } from "../diagnostics/findings.js";
import type { FileProblem } from "../disk/problem.js";
import { printOrigin } from "../emit/matcher.js";
import type { Command } from "./arguments.js";
import { type Build, build, sourceNameOf } from "./build.js";
import { type Console, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { fixFiles } from "./fix.js";
import { findInputs, type Input } from "./inputs.js";
import { isUpToDate } from "./outputs.js";
import { printReport } from "./report.js";

type CheckCommand = Extract<Command, { readonly kind: "check" }>;

/** The profile that the first line of an output names, of those that the files know and it should not be for. */
function findOtherProfile(path: string, input: Input, others: readonly string[]): string | undefined {
  const text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : "";
  return others.find((profile) => text.startsWith(printOrigin(sourceNameOf(input), profile)));
}

/** The outputs that are missing or are not what their policy becomes. */
function findStaleOutputs({ files, result }: Build, { profile }: CheckCommand): FileProblem[] {
  const others = result.profiles.filter((name) => name !== profile);
  return files.flatMap(({ input, outputs }) => {
    const stale = (outputs ?? []).filter((output) => !isUpToDate(output));
    return stale.map(({ path }) => {
      const other = findOtherProfile(path, input, others);
      const problem =
        other === undefined
          ? "is not what its policy compiles to; run cors-compile"
          : `was compiled for the profile ${other}; pass --profile ${other}, or run cors-compile`;
      return { path, problem };
    });
  });
}

/** `cors-compile check`: says what is wrong with policies, and writes nothing unless it is to fix them. */
export function runCheck(command: CheckCommand, console: Console): ExitCode {
  const { inputs, problems } = findInputs(command.paths);
  const fixed = command.fix ? fixFiles(inputs, command) : { changed: [], problems: [] };
  const isPretty = command.format === "pretty";
  for (const path of isPretty ? fixed.changed : []) console.out(`fixed ${path}\n`);
  const built = build(inputs, command);
  const { result, usageProblem } = built;
  if (usageProblem !== null) return printUsageProblem(usageProblem, console);
  const unreadable = [...problems, ...fixed.problems, ...result.unreadable];
  const stale = command.outputs ? findStaleOutputs(built, command) : [];
  const exitCode = printReport({ ...result, unreadable: [...unreadable, ...stale] }, command, console);
  const isFine = exitCode === 0 && result.diagnostics.length === 0;
  if (isPretty && isFine && !command.quiet) {
    console.error(`nothing is wrong with ${countOf(result.files.length, "file")}\n`);
  }
  // An output that is behind its policy is at fault like a policy; it could be read.
  return unreadable.length === 0 && stale.length > 0 ? 1 : exitCode;
}
