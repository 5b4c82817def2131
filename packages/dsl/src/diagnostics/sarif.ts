import type {
  ArtifactLocation,
  Fix,
  Invocation,
  Location,
  Log,
  Message,
  Notification,
  PhysicalLocation,
  Region,
  ReportingDescriptor,
  Result,
} from "sarif";
import type { Edit } from "../text/edit.js";
import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import type { Diagnostic, Fix as ProposedFix } from "./diagnostic.js";
import { toUriReference } from "./file-uri.js";
import type { Findings } from "./findings.js";
import { createFingerprint } from "./fingerprint.js";
import { type Code, MESSAGES, WARNINGS } from "./messages.js";
import { createPositions, markLength } from "./positions.js";
import { toPrintable } from "./pretty.js";
import { documentationOf, PROJECT_URL, TOOL_NAME } from "./project.js";
import { TITLES } from "./titles.js";

/*
 * SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; § below is its sections. What GitHub
 * takes from it: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const SCHEMA_URL = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** What relative URIs are relative to; the name is a convention that tools know (§3.4.4). */
const ROOT = "%SRCROOT%";

// The cast holds: MESSAGES has these keys and no others.
const CODES = Object.keys(MESSAGES) as Code[];

/**
 * A text for people. `](` would make a link of words between brackets, and of what stands behind them its target
 * (§3.11.6). Braces stay as they are: §3.11.5 wants them doubled, but viewers undouble them only where there are
 * arguments, if at all, and "write `}}`" would be wrong advice.
 */
function toMessage(text: string): Message {
  return { text: toPrintable(text).replaceAll("](", "\\](") };
}

/** What a code is about (§3.49). GitHub wants all of these texts. */
function toRule(code: Code): ReportingDescriptor {
  const isWarning = WARNINGS.includes(code);
  const title = `${TITLES[code]}.`;
  const effect = isWarning ? "The policy works, but is hardly meant so." : "A policy with it is not compiled.";
  const url = documentationOf(code);
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: `${title} ${effect}` },
    help: {
      text: `${url} says why, and what to write instead.`,
      markdown: `[The documentation](${url}) says why, and what to write instead.`,
    },
    helpUri: url,
    defaultConfiguration: { level: isWarning ? "warning" : "error" },
  };
}

/** Says where files, and stretches of them, are. */
interface Locator {
  readonly artifact: (name: string) => ArtifactLocation;
  readonly region: (span: Span) => Region;
  readonly physical: (span: Span) => PhysicalLocation;
}

function createLocator(toPath: (name: string) => string): Locator {
  const positions = createPositions();

  function artifact(name: string): ArtifactLocation {
    const uri = toUriReference(toPath(name));
    return uri.startsWith("file:") ? { uri } : { uri, uriBaseId: ROOT };
  }

  /** Both ways of writing a text region; a byte-order mark counts in neither (§3.30.2). */
  function region({ file, start, end }: Span): Region {
    const from = positions.inArtifact(file, start);
    const to = positions.inArtifact(file, end);
    const charOffset = Math.max(0, start - markLength(file));
    return {
      startLine: from.line,
      startColumn: from.column,
      endLine: to.line,
      endColumn: to.column,
      charOffset,
      charLength: Math.max(0, end - markLength(file)) - charOffset,
    };
  }

  const physical = (span: Span) => ({ artifactLocation: artifact(span.file.name), region: region(span) });
  return { artifact, region, physical };
}

function toFix({ title, safe, edits }: ProposedFix, { artifact, region }: Locator): Fix {
  const byFile = new Map<SourceFile, Edit[]>();
  for (const edit of edits) byFile.set(edit.span.file, [...(byFile.get(edit.span.file) ?? []), edit]);
  return {
    description: toMessage(title),
    artifactChanges: [...byFile].map(([file, own]) => ({
      artifactLocation: artifact(file.name),
      replacements: own.map(({ span, text }) => ({
        deletedRegion: region(span),
        ...(text === "" ? {} : { insertedContent: { text } }),
      })),
    })),
    properties: { safe },
  };
}

function toResult(diagnostic: Diagnostic, fingerprint: string, locator: Locator): Result {
  const { code, severity, message, span, related, fix } = diagnostic;
  const relatedLocations = related.map(
    (other, id): Location => ({
      id,
      physicalLocation: locator.physical(other.span),
      message: toMessage(other.message),
    }),
  );
  return {
    ruleId: code,
    ruleIndex: CODES.indexOf(code),
    level: severity,
    message: toMessage(message),
    locations: [{ physicalLocation: locator.physical(span) }],
    ...(relatedLocations.length > 0 ? { relatedLocations } : {}),
    // GitHub's upload action adds the one that GitHub goes by, which is another.
    partialFingerprints: { "lineText/v1": fingerprint },
    ...(fix ? { fixes: [toFix(fix, locator)] } : {}),
  };
}

/** What happened beside the findings: an error among these means that the run failed (§3.20.21). */
function toInvocation({ unreadable, omitted }: Findings, { artifact }: Locator): Invocation {
  const notifications: Notification[] = unreadable.map(({ path, problem }) => ({
    level: "error",
    message: toMessage(`${path}: ${problem}`),
    locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
  }));
  if (omitted > 0) notifications.push({ level: "warning", message: { text: `${omitted} more are not listed` } });
  return {
    executionSuccessful: unreadable.length === 0,
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  };
}

/**
 * Makes a SARIF log of one run, with all codes as rules.
 *
 * @param toPath - Where a file is, seen from the root of the repository, with `/`; or its absolute path.
 *
 * @example
 * ```ts
 * const [run] = toSarifLog(compileFiles(["api.cors"], host), "1.0.0", (name) => `services/api/${name}`).runs;
 * ```
 */
export function toSarifLog(
  findings: Findings,
  toolVersion: string,
  toPath: (name: string) => string = (name) => name,
): Log {
  const locator = createLocator(toPath);
  const fingerprint = createFingerprint();
  return {
    $schema: SCHEMA_URL,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: TOOL_NAME, version: toolVersion, informationUri: PROJECT_URL, rules: CODES.map(toRule) },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        invocations: [toInvocation(findings, locator)],
        results: findings.diagnostics.map((diagnostic) =>
          toResult(diagnostic, fingerprint(diagnostic, toPath(diagnostic.span.file.name)), locator),
        ),
      },
    ],
  };
}

/**
 * Writes a SARIF log. The same findings give the same text.
 *
 * @example
 * ```ts
 * process.stdout.write(renderSarif(compileFiles(["api.cors"], host), "1.0.0"));
 * ```
 */
export function renderSarif(findings: Findings, toolVersion: string, toPath?: (name: string) => string): string {
  return `${JSON.stringify(toSarifLog(findings, toolVersion, toPath), null, 2)}\n`;
}
