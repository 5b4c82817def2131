import type { Edit } from "../text/edit.js";
import type { Span } from "../text/span.js";
import { type Code, FIXES_TO_DECIDE, MESSAGES, type MessageParameters, type Severity, WARNINGS } from "./messages.js";

/** A mechanical correction, as a check proposes it. */
export interface ProposedFix {
  /** What it does, as in «write `https://example.com`». */
  readonly title: string;
  /** The edits, in the order of the text, without overlap. */
  readonly edits: readonly Edit[];
  /** Whether it can be applied unseen; left out, that is decided by the diagnostic's code. */
  readonly safe?: boolean;
}

/** A mechanical correction. */
export interface Fix extends ProposedFix {
  /**
   * Whether it can be applied unseen: what it writes is what was meant, and lets nobody in who was not. Others are for
   * a person to decide.
   */
  readonly safe: boolean;
}

/** Another place that takes part in a problem. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** Something that is wrong with a source text. */
export interface Diagnostic {
  /** Stable: programs and people can rely on it. docs/diagnostics.md explains each. */
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence, in lower case and without a full stop. */
  readonly message: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fix: Fix | null;
}

/** Takes a diagnostic; what every stage tells its findings to. */
export type Report = (diagnostic: Diagnostic) => void;

const LONGEST_QUOTE = 100;

/** Words of a source can be of any length; a sentence can't. */
function shorten<P>(parameters: P): P {
  if (typeof parameters !== "object" || parameters === null) return parameters;
  const entries = Object.entries(parameters).map(([name, value]) => {
    const isLong = typeof value === "string" && name !== "problem" && value.length > LONGEST_QUOTE;
    return [name, isLong ? `${value.slice(0, LONGEST_QUOTE)}…` : value];
  });
  // The cast holds: the members keep their names and types.
  return Object.fromEntries(entries) as P;
}

/** Makes a diagnostic of a code and the parameters of its sentence. */
export function createDiagnostic<C extends Code>(
  code: C,
  span: Span,
  parameters: MessageParameters<C>,
  more: { readonly related?: readonly Related[]; readonly fix?: ProposedFix | null } = {},
): Diagnostic {
  // The cast holds: MessageParameters<C> is what the message of C takes; TypeScript does not follow that through the index.
  const message = (MESSAGES[code] as (parameters: MessageParameters<C>) => string)(shorten(parameters));
  const fix = more.fix ? { ...more.fix, safe: more.fix.safe ?? !FIXES_TO_DECIDE.includes(code) } : null;
  const severity = WARNINGS.includes(code) ? "warning" : "error";
  return { code, severity, message, span, related: more.related ?? [], fix };
}

/** A fix that replaces one span. */
export function replaceFix(span: Span, text: string): ProposedFix {
  return { title: `write \`${text}\``, edits: [{ span, text }] };
}
