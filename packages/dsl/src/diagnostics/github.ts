import type { Span } from "../text/span.js";
import type { Diagnostic } from "./diagnostic.js";
import { describeSummary, type Findings, summarize } from "./findings.js";
import type { Severity } from "./messages.js";
import { createPositions, type Positions } from "./positions.js";
import { toPrintable } from "./pretty.js";
import { TOOL_NAME } from "./project.js";

/*
 * Commands that a runner of GitHub Actions takes from the output of a step and shows as annotations:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions. It shows ten errors and ten warnings
 * of a step; all are in its log.
 */

/**
 * Escapes the text of a command. A runner reads line by line and takes `%25`, `%0D` and `%0A` back (actions/runner,
 * ActionCommand.cs), so that no text ends a command and begins another one. What is left of control characters would
 * only harm whoever reads the log.
 */
function escapeMessage(text: string): string {
  return toPrintable(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

/** Escapes the value of a property: the signs that end it as well. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

type Properties = readonly (readonly [name: string, value: string | number])[];

function printCommand(severity: Severity, properties: Properties, message: string): string {
  const printed = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${severity} ${printed.join(",")}::${escapeMessage(message)}\n`;
}

function placeProperties({ file, start, end }: Span, positions: Positions): Properties {
  const from = positions.inArtifact(file, start);
  const to = positions.inArtifact(file, end);
  const lines: Properties = [
    ["line", from.line],
    ["endLine", to.line],
  ];
  // A runner drops the columns of what takes several lines, and says so in its debug log.
  return from.line === to.line ? [...lines, ["col", from.column], ["endColumn", to.column]] : lines;
}

/**
 * Writes findings as workflow commands for GitHub Actions, with a summary in the last line. Other places that take part
 * in a problem are named in further lines of its message, since an annotation has one place.
 *
 * @param toPath - Where a file is, seen from the root of the repository, which is what GitHub takes paths from.
 *
 * @example
 * ```ts
 * process.stdout.write(renderGithub(compileFiles(["api.cors"], host), (name) => `services/api/${name}`));
 * ```
 */
export function renderGithub(findings: Findings, toPath: (name: string) => string = (name) => name): string {
  const positions = createPositions();
  const printDiagnostic = ({ code, severity, message, span, related }: Diagnostic) => {
    const others = related.map((other) => {
      const { line, column } = positions.inArtifact(other.span.file, other.span.start);
      return `\n${toPath(other.span.file.name)}:${line}:${column}: ${other.message}`;
    });
    const properties: Properties = [
      ["file", toPath(span.file.name)],
      ...placeProperties(span, positions),
      ["title", `${TOOL_NAME} ${code}`],
    ];
    return printCommand(severity, properties, `${message}${others.join("")}`);
  };
  const problems = findings.unreadable.map(({ path, problem }) =>
    printCommand(
      "error",
      [
        ["file", toPath(path)],
        ["title", TOOL_NAME],
      ],
      `${toPath(path)}: ${problem}`,
    ),
  );
  return [...problems, ...findings.diagnostics.map(printDiagnostic), `${describeSummary(summarize(findings))}\n`].join(
    "",
  );
}
