import type { CompiledPolicy, Header } from "@corslang/runtime";
import { findCorsCheckFailure } from "../../../runtime/src/browser/cors-check.js";
import { getHeader } from "../../../runtime/src/browser/header-list.js";
import { findPreflightFailure } from "../../../runtime/src/browser/preflight.js";
import { parseHeaderLine } from "../http-client.js";

/** What two answers to a request are compared by: not their form, but what they come to. */
export interface JudgedAnswer {
  /** What a browser makes of it, by the steps of the Fetch Standard; of a request without an Origin, nothing. */
  readonly browser: "not CORS" | "readable" | "not readable" | "preflight passed" | "preflight failed";
  readonly handled: boolean;
  readonly allowOrigin: string | null;
  readonly allowCredentials: string | null;
}

/** A request as the cases have it: `METHOD /path`, then header lines. */
export type RequestLines = readonly string[];

function valueOfHeader([, ...lines]: RequestLines, name: string): string | null {
  return getHeader(name, lines.map(parseHeaderLine));
}

/** Judges an answer as the browser does for a page that sends credentials exactly where the policy has them. */
export function judgeAnswer(
  request: RequestLines,
  { credentials }: Pick<CompiledPolicy, "credentials">,
  status: number,
  headers: readonly Header[],
  handled: boolean,
): JudgedAnswer {
  const origin = valueOfHeader(request, "Origin");
  const method = valueOfHeader(request, "Access-Control-Request-Method");
  const mode = credentials ? "include" : "omit";
  const response = { status, headers };
  const judged = {
    handled,
    allowOrigin: getHeader("Access-Control-Allow-Origin", headers),
    allowCredentials: getHeader("Access-Control-Allow-Credentials", headers),
  };
  if (origin === null) return { browser: "not CORS", ...judged };
  if (!request[0]?.startsWith("OPTIONS ") || method === null) {
    const failure = findCorsCheckFailure({ origin, credentials: mode }, response);
    return { browser: failure === null ? "readable" : "not readable", ...judged };
  }
  const names = (valueOfHeader(request, "Access-Control-Request-Headers") ?? "").split(",");
  const unsafeNames = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
  const failure = findPreflightFailure(
    { origin, method, headers: [], unsafeNames, credentials: mode, useCorsPreflight: false },
    response,
  );
  return { browser: failure === null ? "preflight passed" : "preflight failed", ...judged };
}
