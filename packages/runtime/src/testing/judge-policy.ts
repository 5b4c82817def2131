/* What a policy comes to for a page, by the policy's own decision and the model of the browser. */

import { type Experience, type ReadableExperience, simulateFetch } from "../browser/fetch.js";
import { createMatcherServer } from "../browser/matcher-server.js";
import { normalizeMethod } from "../browser/method.js";
import type { Preflight } from "../browser/preflight.js";
import type { PageRequest, Refusal } from "../browser/request.js";
import type { Denial, DenialReason, Header } from "../decision.js";
import type { Matcher } from "../matcher.js";
import { REFUSALS } from "./refusals.js";
import type { FetchVerdict, Verdict } from "./verdict.js";
import { enumerate } from "./wording.js";

/** Why a page does not get to read an answer under a policy. */
export type PolicyBlockReason =
  | DenialReason
  /** The page asks with credentials, and the policy has none. */
  | "credentials-not-allowed"
  | Refusal;

const SAFELISTED_METHODS: readonly string[] = ["GET", "HEAD", "POST"];

/** Of a request that is no preflight, a policy looks at the origin alone. */
const ANY_METHOD = "GET";

function explainActualRequest(origin: string, matcher: Matcher): Denial | null {
  return matcher.explain({ method: ANY_METHOD, origin, requestMethod: null, requestHeaders: null });
}

/** As in "the methods GET, HEAD and POST, and not PUT". What has denied something is a list: `*` allows all. */
function contrast(what: string, allowed: "*" | readonly string[], denied: string): string {
  return allowed.length === 0
    ? `no ${what}`
    : `the ${what}${allowed.length > 1 ? "s" : ""} ${enumerate([allowed].flat())}, and not ${denied}`;
}

function describeMethodDenial(method: string, { policy }: Matcher): string {
  const methods = [...new Set([...SAFELISTED_METHODS, ...policy.methods])];
  const twin = methods.find((other) => other.toUpperCase() === method.toUpperCase());
  const hint = twin
    ? ` Methods are compared with their case, and browsers send ${method} as it is written: write ${twin} in the script.`
    : "";
  return `allows ${contrast("method", methods, method)}.${hint}`;
}

/** What the policy says about a request that it denies; goes on from its name. */
function describeDenial(denial: Denial, origin: string, method: string, matcher: Matcher): string {
  const { origins, headers } = matcher.policy;
  switch (denial.reason) {
    case "origin-not-allowed":
      return `allows ${contrast("origin", origins, origin)}.`;
    case "origin-malformed":
      return `allows no origin of the form ${origin}: browsers can be made to send it, and nobody needs it.`;
    case "method-not-allowed":
      return describeMethodDenial(method, matcher);
    case "method-malformed":
      return "allows no method as long as this.";
    case "header-not-allowed":
      return `allows ${contrast("header", headers, denial.name)}.`;
    case "headers-malformed":
      return "allows no list of headers as long as this.";
  }
}

/** Which of its origins lets a page in; goes on from the policy's name. */
function describePermission(origin: string, { findOrigin }: Matcher): string {
  const item = findOrigin(origin);
  return item === origin ? `allows ${origin}` : `allows ${origin}, by ${item}`;
}

/** What a policy says to a preflight. */
export function judgePreflight(facts: Preflight["facts"], matcher: Matcher): Verdict<DenialReason> {
  const { origin, requestMethod, requestHeaders } = facts;
  const denial = matcher.explain(facts);
  const names = requestHeaders ? ` with ${enumerate(requestHeaders.split(","))}` : "";
  const policy = `Policy \`${matcher.policy.name}\``;
  return denial === null
    ? {
        reason: null,
        explanation: `${policy} ${describePermission(origin, matcher)}, and its ${requestMethod}${names}.\nThe browser sends the ${requestMethod}.`,
      }
    : {
        reason: denial.reason,
        explanation: `${policy} ${describeDenial(denial, origin, requestMethod, matcher)}\nThe browser does not send the ${requestMethod}.`,
      };
}

/** What a policy says to requests that are no preflights. */
export function judgeActualRequest(origin: string, matcher: Matcher): Verdict<DenialReason> {
  const denial = explainActualRequest(origin, matcher);
  const policy = `Policy \`${matcher.policy.name}\``;
  return denial === null
    ? { reason: null, explanation: `${policy} ${describePermission(origin, matcher)}.` }
    : { reason: denial.reason, explanation: `${policy} ${describeDenial(denial, origin, ANY_METHOD, matcher)}` };
}

/** What keeps an answer from a page: the browser by itself, or the policy. */
function judgeObstacle(
  experience: Exclude<Experience, ReadableExperience>,
  page: PageRequest,
  matcher: Matcher,
): FetchVerdict<PolicyBlockReason> {
  if (experience.outcome === "refused") {
    const why = `Browsers refuse it: ${REFUSALS[experience.refusal]}.`;
    return { reason: experience.refusal, explanation: `${why}\nfetch() throws a TypeError, and nothing is sent.` };
  }
  const policy = `Policy \`${matcher.policy.name}\``;
  const method = normalizeMethod(page.method);
  const [denial, consequence] =
    experience.outcome === "preflight-failed"
      ? [
          matcher.explain(experience.preflight.facts),
          `The browser asks first, with a preflight, and does not send the ${method}.`,
        ]
      : [
          explainActualRequest(page.origin, matcher),
          `The browser sends the ${method} all the same, and keeps the answer from the page.`,
        ];
  return denial === null
    ? {
        reason: "credentials-not-allowed",
        explanation: `${policy} has no credentials, and the page asks with credentials "include".\n${consequence}`,
      }
    : {
        reason: denial.reason,
        explanation: `${policy} ${describeDenial(denial, page.origin, method, matcher)}\n${consequence}`,
      };
}

/**
 * Tells what a page experiences under a policy.
 *
 * @param responseHeaderNames - The names of the headers that the application sends.
 */
export function judgeFetch(
  page: PageRequest,
  matcher: Matcher,
  responseHeaderNames: readonly string[],
): FetchVerdict<PolicyBlockReason> {
  const headers = responseHeaderNames.map((name): Header => [name, "1"]);
  const experience = simulateFetch(page, createMatcherServer(matcher, { status: 200, headers }));
  if (experience.outcome !== "readable") return judgeObstacle(experience, page, matcher);
  const permission = describePermission(page.origin, matcher);
  const explanation = `Policy \`${matcher.policy.name}\` ${permission}.\nThe page reads the answer.`;
  return { reason: null, explanation, experience };
}
