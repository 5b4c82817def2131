import { createDiagnostic } from "../diagnostics/diagnostic.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { checkContentType } from "./content-type.js";
import type { CheckContext } from "./context.js";
import { checkCredentials } from "./credentials.js";
import { checkExpose } from "./expose.js";
import { checkHeaders } from "./headers.js";
import { checkMaxAge } from "./max-age.js";
import { checkMethods } from "./methods.js";
import { checkOrigins } from "./origins.js";
import { checkWildcardWithCredentials } from "./wildcard-with-credentials.js";

/** Checks a resolved policy. What comes back is good for compiling only when no error has been reported. */
export function check(context: CheckContext): CheckedPolicy {
  const { name, documentation, settings, damaged, span } = context.policy;
  if (!settings.origins && !damaged) context.report(createDiagnostic("missing-origins", span, { policy: name }));
  const credentials = checkCredentials(settings.credentials, context);
  if (credentials) checkWildcardWithCredentials(context);
  const methods = checkMethods(settings.methods, context);
  const headers = checkHeaders(settings.headers, credentials, methods, context);
  checkContentType(headers, context);
  return {
    name,
    documentation,
    span,
    settings,
    origins: checkOrigins(settings.origins, credentials, context),
    methods,
    headers,
    expose: checkExpose(settings.expose, context),
    credentials,
    maxAge: checkMaxAge(settings["max-age"], context),
  };
}
