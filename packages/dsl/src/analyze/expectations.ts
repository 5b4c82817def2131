import { createMatcher, type Denial, type Matcher } from "@corslang/runtime";
import {
  createMatcherServer,
  type Experience,
  isForbiddenRequestHeader,
  type PageRequest,
  simulateFetch,
} from "@corslang/runtime/testing";
import type { CheckedOrigin, CheckedPolicy } from "../check/checked-policy.js";
import type { CheckContext } from "../check/context.js";
import { checkPattern, reportOriginProblem } from "../check/origins.js";
import { toCompiledPolicy } from "../compile/to-compiled-policy.js";
import { createDiagnostic, type Related } from "../diagnostics/diagnostic.js";
import { describe, intersection, type OriginSet, originSetOf } from "../origin/algebra/origin-set.js";
import { parseClaimPattern } from "../origin/claim-pattern.js";
import { isOneOrigin, printOriginPattern } from "../origin/pattern.js";
import type { ExchangeClaim, NeverClaim, Word } from "../syntax/ast.js";

/** A policy for the profile that is spoken of, and what decides by it. */
interface Subject {
  readonly policy: CheckedPolicy;
  readonly matcher: Matcher;
  readonly context: CheckContext;
  /** Whom the policy allows. Made when the first claim asks. */
  readonly findAllowed: () => OriginSet;
}

function createSubject(policy: CheckedPolicy, context: CheckContext): Subject {
  let allowed: OriginSet | undefined;
  const { origins } = policy;
  return {
    policy,
    matcher: createMatcher(toCompiledPolicy(policy)),
    context,
    findAllowed() {
      allowed ??= originSetOf(origins === "*" ? origins : origins.map(({ pattern }) => pattern));
      return allowed;
    },
  };
}

const DENIALS: Readonly<Record<Denial["reason"], string>> = {
  "origin-not-allowed": "its origin is not in `origins`",
  "origin-malformed": "its origin is not one that a browser sends",
  "method-not-allowed": "its method is not in `methods`",
  "method-malformed": "its method is not one",
  "header-not-allowed": "a header is not in `headers`",
  "headers-malformed": "its headers are not names",
};

/** With this value no header is CORS-safelisted, Content-Type and Range included, so that the browser asks for it. */
export const UNSAFE_VALUE = "(";

function toPageRequest({ method, origin, headers }: ExchangeClaim, { policy }: Subject): PageRequest {
  return {
    origin: origin.text,
    method: method?.text ?? "GET",
    headers: headers.map(({ text }) => [text, UNSAFE_VALUE] as const),
    credentials: policy.credentials ? "include" : "same-origin",
  };
}

/** Why a page does not get to read the answer. */
function explain(
  experience: Exclude<Experience, { readonly outcome: "readable" }>,
  { origin }: PageRequest,
  { matcher }: Subject,
): string {
  if (experience.outcome === "refused")
    return "the browser refuses to send it (Fetch Standard, forbidden and malformed methods and headers)";
  const facts =
    experience.outcome === "preflight-failed"
      ? experience.preflight.facts
      : { method: "GET", origin, requestMethod: null, requestHeaders: null };
  const denial = matcher.explain(facts);
  if (!denial) return "the browser does not accept the answer";
  if (denial.reason === "header-not-allowed") return `the header \`${denial.name}\` is not in \`headers\``;
  return DENIALS[denial.reason];
}

/** The item that lets an origin in. */
function findAllowing(origin: string, { policy, matcher }: Subject): Related[] {
  if (policy.origins === "*") return [];
  const allows = ({ pattern }: CheckedOrigin) =>
    createMatcher({ ...matcher.policy, origins: [printOriginPattern(pattern)] }).explain({
      method: "GET",
      origin,
      requestMethod: null,
      requestHeaders: null,
    }) === null;
  const item = policy.origins.find(allows)?.item;
  return item ? [{ span: item.span, message: "it is allowed here" }, ...item.trail] : [];
}

/** A claim speaks of one origin, written as in a request. */
function checkOrigin(origin: Word, context: CheckContext): boolean {
  const pattern = checkPattern({ ...origin, unsafe: null, trail: [] }, context);
  if (!pattern) return false;
  if (isOneOrigin(pattern)) return true;
  const problem = "a claim is about one origin, as in a request; patterns stand behind `never`";
  context.report(createDiagnostic("origin-wildcard", origin.span, { origin: origin.text, suggestion: null, problem }));
  return false;
}

/** A browser drops the headers that no script can set without a word, so that a claim with one would say nothing. */
function checkHeaders({ headers }: ExchangeClaim, context: CheckContext): boolean {
  const forbidden = headers.filter(({ text }) => isForbiddenRequestHeader([text, UNSAFE_VALUE]));
  for (const { text: header, span } of forbidden) {
    context.report(createDiagnostic("header-forbidden", span, { header, hint: "remove it", isResponseHeader: false }));
  }
  return forbidden.length === 0;
}

function checkExchange(claim: ExchangeClaim, subject: Subject): void {
  const { context, policy } = subject;
  if (!checkOrigin(claim.origin, context) || !checkHeaders(claim, context)) return;
  const request = toPageRequest(claim, subject);
  const experience = simulateFetch(request, createMatcherServer(subject.matcher));
  const what = `\`${policy.name}\` ${claim.kind === "allow" ? "does not allow" : "allows"} ${request.method} from \`${request.origin}\``;
  if (claim.kind === "allow" && experience.outcome !== "readable") {
    const problem = `${what}: ${explain(experience, request, subject)}`;
    context.report(createDiagnostic("expectation-failed", claim.span, { problem }));
  } else if (claim.kind === "deny" && experience.outcome === "readable") {
    const related = findAllowing(request.origin, subject);
    context.report(createDiagnostic("expectation-failed", claim.span, { problem: what }, { related }));
  }
}

function checkNever({ pattern: word, span }: NeverClaim, subject: Subject): void {
  const { policy, context } = subject;
  if (word.text === "*") {
    const problem = "`never *` leaves nobody; write `origins none` in the policy, or a scheme as in `never http://*`";
    context.report(createDiagnostic("invalid-value", word.span, { problem }));
    return;
  }
  const parsed = parseClaimPattern(word.text);
  if ("problem" in parsed) {
    reportOriginProblem({ ...word, unsafe: null, trail: [] }, parsed.problem, context);
    return;
  }
  const [broken] = describe(intersection(subject.findAllowed(), originSetOf([parsed.value])));
  if (!broken) return;
  const problem = `\`${policy.name}\` allows \`${broken.example}\`, which \`never ${word.text}\` excludes`;
  const related = findAllowing(broken.example, subject);
  context.report(createDiagnostic("expectation-failed", span, { problem }, { related }));
}

/**
 * Checks claims about a policy without errors. `allow` and `deny` ask what a page would experience, by the runtime's
 * own decision and a model of the browser; `never` is proved on the sets of origins.
 */
export function checkClaims(
  claims: readonly (ExchangeClaim | NeverClaim)[],
  policy: CheckedPolicy,
  context: CheckContext,
): void {
  const subject = createSubject(policy, context);
  for (const claim of claims) {
    if (claim.kind === "never") checkNever(claim, subject);
    else checkExchange(claim, subject);
  }
}
