import type { ServerResponse } from "node:http";
import { type CorsRequest, type Decision, HEADER, mergeVary } from "@corslang/runtime";

/*
 * The one place that writes CORS headers to a Node response. They are written at the last moment, when the head goes
 * out, and not before the handler runs: a later `setHeader("Vary", …)`, a `writeHead` with headers of its own, and the
 * error pages of Express and Koa, which remove every header first, would all lose them.
 */

const GUARD = Symbol("corslang guard");

/** `writeHead` in the one form that is used here; Node lets the reason be left out by `undefined`. */
type WriteHead = (this: ServerResponse, statusCode: number, reason: unknown, headers: unknown[]) => ServerResponse;

interface Guard {
  readonly writeHead: WriteHead;
  decision: Decision;
  request: CorsRequest;
}

interface GuardedResponse extends ServerResponse {
  [GUARD]?: Guard;
}

function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith("access-control-");
}

/** The headers given to `writeHead`, whether an object, a list of pairs or a flat list: names and values in turn. */
function flattenHeaders(headers: unknown): unknown[] {
  if (!Array.isArray(headers)) return Object.entries(headers ?? {}).flat();
  return Array.isArray(headers[0]) ? headers.flat() : headers;
}

function writeCorsHeaders(response: ServerResponse, { decision, request }: Guard, vary: string | undefined): void {
  for (const name of response.getHeaderNames()) {
    if (isCorsHeader(name)) response.removeHeader(name);
  }
  if (decision.allowOrigin) {
    response.setHeader(HEADER.allowOrigin, decision.allowOrigin === "*" ? "*" : String(request.origin));
  }
  for (const [name, value] of decision.headers) response.setHeader(name, value);
  const merged = mergeVary(vary, decision.vary);
  if (merged) response.setHeader("Vary", merged);
}

/** Stands in for a response's own `writeHead`, which Node calls for an implicit head as well. */
function writeGuardedHead(this: GuardedResponse, statusCode: number, ...rest: unknown[]): ServerResponse {
  const guard = this[GUARD];
  if (!guard) return this;
  const reason = rest.find((argument) => typeof argument === "string");
  const headers = flattenHeaders(rest.find((argument) => typeof argument === "object"));
  const kept: unknown[] = [];
  let vary = this.getHeader("Vary");
  for (let index = 0; index < headers.length; index += 2) {
    const name = String(headers[index]);
    const value = headers[index + 1];
    // As in Node, what is given here replaces what was set before.
    if (name.toLowerCase() === "vary") vary = String(value);
    else if (!isCorsHeader(name)) kept.push(name, value);
  }
  // Once the head is out nothing can be changed; the call goes through for Node's own error.
  if (!this.headersSent) writeCorsHeaders(this, guard, vary?.toString());
  return guard.writeHead.call(this, statusCode, reason, kept);
}

/**
 * Makes sure that a response's head has the headers of a decision, and no other CORS headers, whatever the handler
 * does. A second call for the same response replaces the first one's decision.
 */
export function guardResponseHead(response: ServerResponse, decision: Decision, request: CorsRequest): void {
  const guarded: GuardedResponse = response;
  const guard = guarded[GUARD];
  if (guard) {
    guard.decision = decision;
    guard.request = request;
    return;
  }
  // The casts hold: writeHead takes a flat list, and writeGuardedHead every form of arguments that writeHead takes.
  guarded[GUARD] = { writeHead: response.writeHead as WriteHead, decision, request };
  response.writeHead = writeGuardedHead as ServerResponse["writeHead"];
}
