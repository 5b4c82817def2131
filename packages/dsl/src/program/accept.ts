import { createDiagnostic, type Diagnostic, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { type Code, WARNINGS } from "../diagnostics/messages.js";
import type { Acceptance } from "../syntax/acceptances.js";
import type { FileNode } from "../syntax/ast.js";
import { overlap, type Span } from "../text/span.js";

/** What is said about acceptances can't be accepted in turn. */
const ABOUT_ACCEPTANCES: readonly Code[] = ["unused-acceptance", "unknown-acceptance", "acceptance-without-reason"];

const ACCEPTABLE = WARNINGS.filter((code) => !ABOUT_ACCEPTANCES.includes(code));

function accepts({ code, line }: Acceptance, diagnostic: Diagnostic): boolean {
  return (
    diagnostic.severity === "warning" && diagnostic.code === code && line !== null && overlap(line, diagnostic.span)
  );
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

/**
 * Takes out the warnings that a file accepts where they stand, and adds what is wrong with its acceptances: one without
 * a reason does accept, and is a warning itself.
 */
export function applyAcceptances({ acceptances }: FileNode, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const used = new Set<Acceptance>();
  const kept = diagnostics.filter((diagnostic) => {
    const accepting = acceptances.filter((acceptance) => accepts(acceptance, diagnostic));
    for (const acceptance of accepting) used.add(acceptance);
    return accepting.length === 0;
  });
  const faults = acceptances
    .map((acceptance) => findFault(acceptance, used.has(acceptance)))
    .filter((fault) => fault !== null);
  return [...kept, ...faults];
}
