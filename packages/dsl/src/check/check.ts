import { createDiagnostic, type Report } from "../diagnostics/diagnostic.js";
import type { ResolvedPolicy } from "../resolve/resolved-policy.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { checkCredentials } from "./credentials.js";
import { checkExpose } from "./expose.js";
import { checkHeaders } from "./headers.js";
import { checkMaxAge } from "./max-age.js";
import { checkMethods } from "./methods.js";
import { checkOrigins } from "./origins.js";
import { checkWildcardWithCredentials } from "./wildcard-with-credentials.js";

/** Checks a resolved policy. What comes back is good for compiling only when nothing has been reported. */
export function check(policy: ResolvedPolicy, report: Report): CheckedPolicy {
  const { name, documentation, settings } = policy;
  if (!settings.origins && !policy.damaged) {
    report(createDiagnostic("missing-origins", policy.span, { policy: name }));
  }
  const credentials = checkCredentials(settings.credentials, report);
  if (credentials) checkWildcardWithCredentials(policy, report);
  return {
    name,
    documentation,
    origins: checkOrigins(settings.origins, credentials, report),
    methods: checkMethods(settings.methods, report),
    headers: checkHeaders(settings.headers, credentials, report),
    expose: checkExpose(settings.expose, report),
    credentials,
    maxAge: checkMaxAge(settings["max-age"], report),
  };
}
