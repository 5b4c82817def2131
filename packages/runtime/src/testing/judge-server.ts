/* What a page experiences with a server, in words: what was on the wire, what the browser made of it, where to look. */

import type { CorsCheckFailure } from "../browser/cors-check.js";
import type { Experience } from "../browser/fetch.js";
import { byteLowercase, getHeader, splitHeaderValue } from "../browser/header-list.js";
import type { PreflightFailure } from "../browser/preflight.js";
import type { Refusal } from "../browser/request.js";
import type { ServerResponse } from "../browser/server.js";
import { HEADER } from "../decision.js";
import type { PageFetch } from "./browser-request.js";
import type { Exchange, Fetched } from "./fetch-from-server.js";
import { REFUSALS } from "./refusals.js";
import type { Verdict } from "./verdict.js";

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

function describeCorsCheck(failure: CorsCheckFailure, response: ServerResponse, { page }: PageFetch): string {
  const allowOrigin = getHeader(HEADER.allowOrigin, response.headers);
  switch (failure) {
    case "allow-origin-missing":
      return "has no Access-Control-Allow-Origin";
    case "allow-origin-different":
      if (allowOrigin?.includes(", "))
        return "has Access-Control-Allow-Origin more than once, so that it names no origin";
      return allowOrigin === "*"
        ? "has Access-Control-Allow-Origin: *, which does not count for requests with credentials"
        : `has Access-Control-Allow-Origin: ${allowOrigin}, which is not ${page.origin} to the letter`;
    case "allow-credentials-not-true":
      return "has no Access-Control-Allow-Credentials: true, and the page asks with credentials";
  }
}

function describePreflightFailure(failure: PreflightFailure, response: ServerResponse, pageFetch: PageFetch): string {
  const listOf = (name: string) => getHeader(name, response.headers) ?? "(none)";
  switch (failure.step) {
    case "cors-check":
      return describeCorsCheck(failure.failure, response, pageFetch);
    case "ok-status":
      return `has the status ${failure.status}, and only 200 to 299 will do`;
    case "parse":
      return `has something in ${failure.header} that is not a name`;
    case "method":
      return `allows the methods ${listOf(HEADER.allowMethods)}, and not ${failure.method}`;
    case "headers":
      return `allows the headers ${listOf(HEADER.allowHeaders)}, and not ${failure.name}`;
  }
}

const PREFLIGHT_REASONS = {
  "ok-status": "preflight-status",
  parse: "preflight-malformed",
  method: "method-not-allowed",
  headers: "header-not-allowed",
} as const satisfies Record<Exclude<PreflightFailure["step"], "cors-check">, ServerBlockReason>;

function reasonOf(experience: Experience): ServerBlockReason | null {
  switch (experience.outcome) {
    case "refused":
      return experience.refusal;
    case "preflight-failed":
      return experience.failure.step === "cors-check"
        ? experience.failure.failure
        : PREFLIGHT_REASONS[experience.failure.step];
    case "blocked":
      return experience.failure;
    case "readable":
      return null;
  }
}

/** Every adapter merges one of these into `Vary`, unless nothing can be denied. */
const VARY_OF_ADAPTERS: readonly string[] = ["origin", "access-control-request-method"];

/** Where to look, by what mounts go wrong in; empty when nothing can be guessed. */
function suggest(isPreflight: boolean, { status, headers }: ServerResponse, exchanges: readonly Exchange[]): string {
  const allowOrigin = getHeader(HEADER.allowOrigin, headers);
  if (allowOrigin?.includes(", "))
    return "A proxy or a handler adds the headers of CORS too: leave them to the policy.";
  if (status >= 300 && status < 400)
    return "Fetch the URL that it redirects to, or mount the policy before what redirects.";
  if (allowOrigin !== null) return "";
  if (exchanges.length > 1) {
    return "The preflight was allowed, so that the policy is mounted for OPTIONS alone, or something takes its headers away.";
  }
  const vary = splitHeaderValue(getHeader("Vary", headers) ?? "").map(byteLowercase);
  if (VARY_OF_ADAPTERS.some((name) => vary.includes(name))) {
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

function explain({ experience, exchanges }: Fetched, pageFetch: PageFetch): string {
  if (experience.outcome === "refused") {
    return `fetch() throws a TypeError, and nothing is sent: ${REFUSALS[experience.refusal]}.`;
  }
  const last = exchanges.at(-1);
  const wire = exchanges.map(describeExchange).join("\n");
  if (last === undefined || experience.outcome === "readable") return `The page reads the answer.\n${wire}`;
  const { response, request } = last;
  const isPreflight = experience.outcome === "preflight-failed";
  const problem = isPreflight
    ? `The answer to the preflight ${describePreflightFailure(experience.failure, response, pageFetch)}: the browser does not send the ${pageFetch.page.method}.`
    : `The answer ${describeCorsCheck(experience.failure, response, pageFetch)}: the browser has sent the ${request.method}, and keeps the answer from the page.`;
  return [problem, suggest(isPreflight, response, exchanges), wire].filter(Boolean).join("\n");
}

/** Tells what became of a page's `fetch()`. */
export function judgeFetched(fetched: Fetched, pageFetch: PageFetch): Verdict<ServerBlockReason> {
  return { reason: reasonOf(fetched.experience), explanation: explain(fetched, pageFetch) };
}
