import { createDiagnostic, type Diagnostic, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { type Code, WARNINGS } from "../diagnostics/messages.js";
import type { Acceptance } from "../syntax/acceptances.js";
import type { FileNode } from "../syntax/ast.js";
import { overlap, type Span } from "../text/span.js";

/** What is said about acceptances can't be accepted in turn. */
const ABOUT_ACCEPTANCES: readonly Code[] = ["unused-acceptance", "unknown-acceptance", "acceptance-without-reason"];

const ACCEPTABLE = WARNINGS.filter((code) => !ABOUT_ACCEPTANCES.includes(code));

/** About the line where a warning is written, or about one on the way there: where the set is used, say. */
function accepts({ code, line }: Acceptance, { severity, code: reported, span, related }: Diagnostic): boolean {
  if (severity !== "warning" || code !== reported || line === null) return false;
  return [span, ...related.map((place) => place.span)].some((place) => overlap(line, place));
}

/** Where in a comment its code stands. */
function codeSpan({ code, span }: Acceptance): Span {
  const start = span.file.text.indexOf(code, span.start);
  return { ...span, start, end: start + code.length };
}

function findFault(acceptance: Acceptance, isUsed: boolean): Diagnostic | null {
  const { code, reason, span } = acceptance;
  if (!ACCEPTABLE.some((known) => known === code)) {
    const isWarning = WARNINGS.some((known) => known === code);
    const suggestion = isWarning ? null : findNearest(code, ACCEPTABLE);
    const place = codeSpan(acceptance);
    const fix = suggestion === null ? null : replaceFix(place, suggestion);
    return createDiagnostic("unknown-acceptance", place, { code, isWarning, suggestion }, { fix });
  }
  if (!isUsed) return createDiagnostic("unused-acceptance", span, { code });
  return reason === "" ? createDiagnostic("acceptance-without-reason", span, { code }) : null;
}

/** The acceptances of all files of a run. */
export interface Acceptances {
  /** Whether a warning is accepted; notes what accepts it. */
  readonly accept: (diagnostic: Diagnostic) => boolean;
  /**
   * What is wrong with a file's acceptances, after all warnings have been asked about. One without a reason does
   * accept, and is a warning itself.
   */
  readonly findFaults: (tree: FileNode) => Diagnostic[];
}

/** Gathers the acceptances of files. */
export function collectAcceptances(trees: readonly FileNode[]): Acceptances {
  const all = trees.flatMap(({ acceptances }) => acceptances);
  const used = new Set<Acceptance>();
  return {
    accept(diagnostic) {
      const accepting = all.filter((acceptance) => accepts(acceptance, diagnostic));
      for (const acceptance of accepting) used.add(acceptance);
      return accepting.length > 0;
    },
    findFaults: ({ acceptances }) =>
      acceptances.map((acceptance) => findFault(acceptance, used.has(acceptance))).filter((fault) => fault !== null),
  };
}
