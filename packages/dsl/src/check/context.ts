import { createDiagnostic, type ProposedFix, type Related, type Report } from "../diagnostics/diagnostic.js";
import type { Code, MessageParameters } from "../diagnostics/messages.js";
import type { ResolvedItem, ResolvedPolicy } from "../resolve/resolved-policy.js";
import type { Span } from "../text/span.js";

/** What a policy is checked with. */
export interface CheckContext {
  readonly policy: ResolvedPolicy;
  readonly report: Report;
  /** The items that the policy has without a profile as well; empty where that is what is checked. */
  readonly known: ReadonlySet<Span>;
  /** Told for every `unsafe` that accepts a danger. */
  readonly onDanger: (unsafe: Span) => void;
}

/** Reports about an item at the place that wrote it, with the way there. */
export function reportItem<C extends Code>(
  { report }: CheckContext,
  code: C,
  { span, trail }: Pick<ResolvedItem, "span" | "trail">,
  parameters: MessageParameters<C>,
  more: { readonly related?: readonly Related[]; readonly fix?: ProposedFix | null } = {},
): void {
  report(createDiagnostic(code, span, parameters, { ...more, related: [...trail, ...(more.related ?? [])] }));
}
