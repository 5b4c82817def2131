import type { ServerResponse } from "node:http";
import { type CorsRequest, type Decision, mergeVary } from "@corslang/runtime";

/*
 * The one place that writes CORS headers to a Node response. They are written at the last moment, when the head goes
 * out, and not before the handler runs: a later `setHeader("Vary", …)`, a `writeHead` with headers of its own, and the
 * error pages of Express and Koa, which remove every header first, would all lose them.
 */

// The same for all copies of this package that are installed side by side.
const GUARD = Symbol.for("corslang");

interface Guard {
  /** The response's `writeHead` as it was before. */
  readonly writeHead: (this: ServerResponse, statusCode: number, reason?: string) => ServerResponse;
  readonly decision: Decision;
  readonly origin: CorsRequest["origin"];
}

interface GuardedResponse extends ServerResponse {
  [GUARD]: Guard;
}

/** Does what `writeHead` does with the headers that it is given: they replace what was set before. */
function setGivenHeaders(response: ServerResponse, headers: unknown): void {
  // An object, a list of pairs, or names and values in turn.
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers ?? {});
  const turns = Array.isArray(pairs[0]) ? pairs.flat() : pairs;
  // A name can be there several times: so first all are removed.
  for (let index = 0; index < turns.length; index += 2) response.removeHeader(turns[index]);
  for (let index = 0; index < turns.length; index += 2) response.appendHeader(turns[index], turns[index + 1]);
}

function setCorsHeaders(response: ServerResponse, { decision, origin }: Guard): void {
  for (const name of response.getHeaderNames()) {
    if (name.startsWith("access-control-")) response.removeHeader(name);
  }
  const { allowOrigin, headers, vary } = decision;
  if (allowOrigin)
    response.setHeader("Access-Control-Allow-Origin", allowOrigin === "*" ? allowOrigin : String(origin));
  for (const [name, value] of headers) response.setHeader(name, value);
  const merged = mergeVary(response.getHeader("Vary")?.toString(), vary);
  if (merged) response.setHeader("Vary", merged);
}

/** Stands in for a response's own `writeHead`, which Node calls for an implicit head as well. */
function writeGuardedHead(
  this: GuardedResponse,
  statusCode: number,
  reason?: unknown,
  headers?: unknown,
): ServerResponse {
  const guard = this[GUARD];
  const hasReason = typeof reason === "string";
  // Node refuses such a status before it looks at the headers, which then do not get into the error page.
  if (!(statusCode > 99 && statusCode < 1000)) return guard.writeHead.call(this, statusCode);
  setGivenHeaders(this, hasReason ? headers : (headers ?? reason));
  setCorsHeaders(this, guard);
  return guard.writeHead.call(this, statusCode, hasReason ? reason : undefined);
}

/**
 * Makes sure that a response's head has the headers of a decision, and no other CORS headers, whatever the handler
 * does. A second call for the same response replaces the first one's decision: of two policies on a request's way the
 * inner one decides alone.
 */
export function guardResponseHead(response: ServerResponse, decision: Decision, { origin }: CorsRequest): void {
  // The cast holds: only this file writes the property.
  const guarded = response as ServerResponse & Partial<Pick<GuardedResponse, typeof GUARD>>;
  const guard = guarded[GUARD];
  guarded[GUARD] = { writeHead: guard?.writeHead ?? response.writeHead, decision, origin };
  // The cast holds: it takes all that writeHead takes, and is called on responses that have a guard.
  if (!guard) response.writeHead = writeGuardedHead as ServerResponse["writeHead"];
}
