import { STAR } from "../syntax/vocabulary.js";
import { type CheckContext, reportItem } from "./context.js";

const LISTS = ["origins", "methods", "headers", "expose"] as const;

/**
 * Reports every `*` in a policy with credentials (Fetch Standard, "CORS check" and "CORS-preflight fetch": in a request
 * with credentials `*` is a literal name). Other tools reflect the request's origin instead, and so hand every account
 * to every site; there is no `unsafe` for that.
 */
export function checkWildcardWithCredentials(context: CheckContext): void {
  const { settings } = context.policy;
  const { credentials } = settings;
  if (!credentials) return;
  const here = { span: credentials.span, message: "credentials are allowed here" };
  const related = [here, ...credentials.trail];
  for (const name of LISTS) {
    for (const item of settings[name]?.items ?? []) {
      if (item.text === STAR) reportItem(context, "wildcard-with-credentials", item, { name }, { related });
    }
  }
}
