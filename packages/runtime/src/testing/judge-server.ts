/* What a page experiences with a server, in words: what was on the wire, what the browser made of it, where to look. */

import type { CorsCheckFailure } from "../browser/cors-check.js";
import { byteLowercase, getHeader, splitHeaderValue } from "../browser/header-list.js";
import { normalizeMethod } from "../browser/method.js";
import type { PreflightFailure } from "../browser/preflight.js";
import type { Refusal } from "../browser/request.js";
import type { ServerResponse } from "../browser/server.js";
import { HEADER } from "../decision.js";
import type { PageFetch } from "./browser-request.js";
import type { Exchange, Fetched } from "./fetch-from-server.js";
import { findRedirect } from "./redirect.js";
import { REFUSALS } from "./refusals.js";
import type { FetchVerdict } from "./verdict.js";

/** The step at which a browser gives up. */
export type ServerBlockReason =
  | Refusal
  /** Of the answer to the preflight, or to the request itself. */
  | CorsCheckFailure
  | "preflight-status"
  | "preflight-malformed"
  | "method-not-allowed"
  | "header-not-allowed";

/** The headers that are of use to who reads a failed test. */
function isTelling([name]: readonly [string, string]): boolean {
  const lowercaseName = byteLowercase(name);
  return (
    lowercaseName.startsWith("access-control-") || ["location", "vary", "www-authenticate"].includes(lowercaseName)
  );
}

function describeExchange({ request, response }: Exchange): string {
  const sent = Object.entries(request.headers).filter(([name]) => /^(origin|access-control-request-.*)$/.test(name));
  const lines = [
    `> ${request.method} ${request.url}`,
    ...sent.map(([name, value]) => `> ${name}: ${value}`),
    `< ${response.status}`,
    ...response.headers.filter(isTelling).map(([name, value]) => `< ${name}: ${value}`),
  ];
  return lines.map((line) => `  ${line}`).join("\n");
}

function describeHeader(name: string, { headers }: ServerResponse): string {
  return getHeader(name, headers) ?? "(none)";
}

/** Two lines of Allow-Origin, as a browser reads them. */
function isRepeated(allowOrigin: string): boolean {
  return allowOrigin.includes(", ");
}

function describeCorsCheck(failure: CorsCheckFailure, response: ServerResponse, { page }: PageFetch): string {
  const allowOrigin = describeHeader(HEADER.allowOrigin, response);
  switch (failure) {
    case "allow-origin-missing":
      return "has no Access-Control-Allow-Origin";
    case "allow-origin-different":
      if (isRepeated(allowOrigin)) return "has Access-Control-Allow-Origin more than once, so that it names no origin";
      return allowOrigin === "*"
        ? "has Access-Control-Allow-Origin: *, which does not count for requests with credentials"
        : `has Access-Control-Allow-Origin: ${allowOrigin}, which is not ${page.origin} to the letter`;
    case "allow-credentials-not-true":
      return "has no Access-Control-Allow-Credentials: true, and the page asks with credentials";
  }
}

function describePreflightFailure(failure: PreflightFailure, response: ServerResponse, pageFetch: PageFetch): string {
  switch (failure.step) {
    case "cors-check":
      return describeCorsCheck(failure.failure, response, pageFetch);
    case "ok-status":
      return `has the status ${failure.status}, and only 200 to 299 will do`;
    case "parse":
      return `has something in ${failure.header} that is not a name`;
    case "method":
      return `allows the methods ${describeHeader(HEADER.allowMethods, response)}, and not ${failure.method}`;
    case "headers":
      return `allows the headers ${describeHeader(HEADER.allowHeaders, response)}, and not ${failure.name}`;
  }
}

const PREFLIGHT_REASONS = {
  "ok-status": "preflight-status",
  parse: "preflight-malformed",
  method: "method-not-allowed",
  headers: "header-not-allowed",
} as const satisfies Record<Exclude<PreflightFailure["step"], "cors-check">, ServerBlockReason>;

/** Every adapter merges one of these into `Vary`, unless nothing can be denied. */
const VARY_OF_ADAPTERS: readonly string[] = ["origin", "access-control-request-method"];

/** Where to look, by what mounts go wrong in; empty when nothing can be guessed. */
function suggest(isPreflight: boolean, response: ServerResponse, exchanges: readonly Exchange[]): string {
  const { status, headers } = response;
  const allowOrigin = getHeader(HEADER.allowOrigin, headers);
  if (allowOrigin !== null && isRepeated(allowOrigin))
    return "A proxy or a handler adds the headers of CORS too: leave them to the policy.";
  if (findRedirect(response) !== null)
    return "Fetch the URL that it redirects to, or mount the policy before what redirects.";
  if (allowOrigin !== null) return "";
  if (exchanges.length > 1) {
    return "The preflight was allowed, so that the policy is mounted for OPTIONS alone, or something takes its headers away.";
  }
  const vary = getHeader("Vary", headers);
  if (vary !== null && VARY_OF_ADAPTERS.some((name) => splitHeaderValue(byteLowercase(vary)).includes(name))) {
    return "This looks like a denial by the policy: expectCors(policy) tells its reason.";
  }
  if (status === 401 || status === 403) {
    return isPreflight
      ? "Something answered before the policy: browsers send preflights without credentials, so mount it before authentication."
      : "Something answered before the policy: mount it before authentication.";
  }
  return isPreflight
    ? "Something else than a policy answered: mount it for the whole path, not for one method, and before the routes."
    : "Something else than a policy answered: mount it on this path, and before the routes.";
}

/** Tells what became of a page's `fetch()`. */
export function judgeFetched(
  { experience, exchanges }: Fetched,
  pageFetch: PageFetch,
): FetchVerdict<ServerBlockReason> {
  const wire = exchanges.map(describeExchange);
  const explain = (...sentences: string[]) => [...sentences, ...wire].filter(Boolean).join("\n");
  const method = normalizeMethod(pageFetch.page.method);
  switch (experience.outcome) {
    case "refused": {
      const why = REFUSALS[experience.refusal];
      return { reason: experience.refusal, explanation: `fetch() throws a TypeError, and nothing is sent: ${why}.` };
    }
    case "preflight-failed": {
      const { failure, response } = experience;
      const problem = `The answer to the preflight ${describePreflightFailure(failure, response, pageFetch)}: the browser does not send the ${method}.`;
      return {
        reason: failure.step === "cors-check" ? failure.failure : PREFLIGHT_REASONS[failure.step],
        explanation: explain(problem, suggest(true, response, exchanges)),
      };
    }
    case "blocked": {
      const { failure, response } = experience;
      const problem = `The answer ${describeCorsCheck(failure, response, pageFetch)}: the browser has sent the ${method}, and keeps the answer from the page.`;
      return { reason: failure, explanation: explain(problem, suggest(false, response, exchanges)) };
    }
    case "readable":
      return { reason: null, explanation: explain("The page reads the answer."), experience };
  }
}
