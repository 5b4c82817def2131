import { createDiagnostic, type Report } from "../diagnostics/diagnostic.js";
import type { ResolvedPolicy } from "../resolve/resolved-policy.js";
import { STAR } from "../syntax/vocabulary.js";

const LISTS = ["origins", "methods", "headers", "expose"] as const;

/**
 * Reports every `*` in a policy with credentials (Fetch Standard, "CORS check" and "CORS-preflight fetch": in a request
 * with credentials `*` is a literal name). Other tools reflect the request's origin instead, and so hand every account
 * to every site; there is no `unsafe` for that.
 */
export function checkWildcardWithCredentials({ settings }: ResolvedPolicy, report: Report): void {
  const { credentials } = settings;
  if (!credentials) return;
  const related = [{ span: credentials.span, message: "credentials are allowed here" }];
  for (const name of LISTS) {
    for (const { text, span } of settings[name]?.items ?? []) {
      if (text === STAR) report(createDiagnostic("wildcard-with-credentials", span, { name }, { related }));
    }
  }
}
