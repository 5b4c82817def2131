/* What a policy comes to for a page, by the policy's own decision and the model of the browser. */

import { type Experience, simulateFetch } from "../browser/fetch.js";
import { createMatcherServer } from "../browser/matcher-server.js";
import type { PageRequest, Refusal } from "../browser/request.js";
import type { CorsRequest, Denial, DenialReason, Header } from "../decision.js";
import type { Matcher } from "../matcher.js";
import { REFUSALS } from "./refusals.js";
import type { Verdict } from "./verdict.js";
import { enumerate } from "./wording.js";

/** Why a page does not get to read an answer under a policy. */
export type PolicyBlockReason =
  | DenialReason
  /** The page asks with credentials, and the policy has none. */
  | "credentials-not-allowed"
  | Refusal;

const SAFELISTED_METHODS: readonly string[] = ["GET", "HEAD", "POST"];

function createActualRequest(method: string, origin: string): CorsRequest {
  return { method, origin, requestMethod: null, requestHeaders: null };
}

/** As in "the methods GET, HEAD and POST, and not PUT". */
function contrast(what: string, allowed: "*" | readonly string[], denied: string): string {
  if (allowed === "*") return `every ${what}`;
  return allowed.length === 0
    ? `no ${what}`
    : `the ${what}${allowed.length > 1 ? "s" : ""} ${enumerate(allowed)}, and not ${denied}`;
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
function describeDenial(denial: Denial, { origin, requestMethod }: CorsRequest, matcher: Matcher): string {
  const { origins, headers } = matcher.policy;
  switch (denial.reason) {
    case "origin-not-allowed":
      return `allows ${contrast("origin", origins, origin ?? "")}.`;
    case "origin-malformed":
      return `allows no origin of the form ${origin}: browsers can be made to send it, and nobody needs it.`;
    case "method-not-allowed":
      return describeMethodDenial(requestMethod ?? "", matcher);
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
  return item === null || item === origin ? `allows ${origin}` : `allows ${origin}, by ${item}`;
}

/** What a policy says to a preflight. */
export function judgePreflight(facts: CorsRequest, matcher: Matcher): Verdict<DenialReason> {
  const { origin, requestMethod, requestHeaders } = facts;
  const denial = matcher.explain(facts);
  const names = requestHeaders ? ` with ${enumerate(requestHeaders.split(","))}` : "";
  const policy = `Policy \`${matcher.policy.name}\``;
  return denial === null
    ? {
        reason: null,
        explanation: `${policy} ${describePermission(origin ?? "", matcher)}, and its ${requestMethod}${names}.\nThe browser sends the ${requestMethod}.`,
      }
    : {
        reason: denial.reason,
        explanation: `${policy} ${describeDenial(denial, facts, matcher)}\nThe browser does not send the ${requestMethod}.`,
      };
}

/** What a policy says to requests that are no preflights: only their origin counts. */
export function judgeActualRequest(origin: string, matcher: Matcher): Verdict<DenialReason> {
  const facts = createActualRequest("GET", origin);
  const denial = matcher.explain(facts);
  const policy = `Policy \`${matcher.policy.name}\``;
  return denial === null
    ? { reason: null, explanation: `${policy} ${describePermission(origin, matcher)}.` }
    : { reason: denial.reason, explanation: `${policy} ${describeDenial(denial, facts, matcher)}` };
}

/** What the browser does, to the page's knowledge or not. */
function describeExperience({ outcome }: Experience, method: string): string {
  switch (outcome) {
    case "refused":
      return "fetch() throws a TypeError, and nothing is sent.";
    case "preflight-failed":
      return `The browser asks first, with a preflight, and does not send the ${method}.`;
    case "blocked":
      return `The browser sends the ${method} all the same, and keeps the answer from the page.`;
    case "readable":
      return "The page reads the answer.";
  }
}

function judgeExperience(
  experience: Experience,
  page: PageRequest,
  matcher: Matcher,
): { readonly reason: PolicyBlockReason | null; readonly cause: string } {
  const policy = `Policy \`${matcher.policy.name}\``;
  if (experience.outcome === "refused") {
    return { reason: experience.refusal, cause: `Browsers refuse it: ${REFUSALS[experience.refusal]}.` };
  }
  if (experience.outcome === "readable") {
    return { reason: null, cause: `${policy} ${describePermission(page.origin, matcher)}.` };
  }
  const facts =
    experience.outcome === "preflight-failed"
      ? experience.preflight.facts
      : createActualRequest(page.method, page.origin);
  const denial = matcher.explain(facts);
  return denial === null
    ? {
        reason: "credentials-not-allowed",
        cause: `${policy} has no credentials, and the page asks with credentials "include".`,
      }
    : { reason: denial.reason, cause: `${policy} ${describeDenial(denial, facts, matcher)}` };
}

/** What a page experiences under a policy, and which headers of an answer that has these it can read. */
export interface PolicyVerdict extends Verdict<PolicyBlockReason> {
  /** In lower case, sorted; empty when the page can't read the answer. */
  readonly headerNames: readonly string[];
}

/**
 * Tells what a page experiences under a policy.
 *
 * @param responseHeaderNames - The names of the headers that the application sends.
 */
export function judgeFetch(
  page: PageRequest,
  matcher: Matcher,
  responseHeaderNames: readonly string[] = [],
): PolicyVerdict {
  const headers = responseHeaderNames.map((name): Header => [name, "1"]);
  const experience = simulateFetch(page, createMatcherServer(matcher, { status: 200, headers }));
  const { reason, cause } = judgeExperience(experience, page, matcher);
  return {
    reason,
    explanation: `${cause}\n${describeExperience(experience, page.method)}`,
    headerNames: experience.outcome === "readable" ? experience.headerNames : [],
  };
}
