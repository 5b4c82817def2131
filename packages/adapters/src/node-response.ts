import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
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
  readonly writeHead: (
    this: ServerResponse,
    statusCode: number,
    reason?: string,
    headers?: OutgoingHttpHeaders,
  ) => ServerResponse;
  readonly decision: Decision;
  readonly origin: CorsRequest["origin"];
}

interface GuardedResponse extends ServerResponse {
  [GUARD]: Guard;
}

/**
 * Stands in for a response's own `writeHead`, which Node calls for an implicit head as well. All headers go on in one
 * object, which replaces what was set before: where nothing was, that is the fastest way there is.
 */
function writeGuardedHead(
  this: GuardedResponse,
  statusCode: number,
  reason?: unknown,
  headers?: unknown,
): ServerResponse {
  const { writeHead, decision, origin } = this[GUARD];
  const text = typeof reason === "string" ? reason : undefined;
  // Without a prototype, of which a name may be a member. The cast holds: this is no header.
  const head = { __proto__: null } as unknown as Record<string, string | string[]>;
  const given = text === undefined ? (headers ?? reason) : headers;
  // An object, a list of pairs, or names and values in turn.
  const list = Array.isArray(given) ? given : Object.entries(Object(given));
  const turns = Array.isArray(list[0]) ? list.flat() : list;
  for (let index = 0; index < turns.length; index += 2) {
    const name = turns[index];
    const key = name.toLowerCase();
    const target = key === "vary" ? "Vary" : name;
    const before = head[target];
    const value = turns[index + 1];
    // Several of one name are lines of it.
    if (!key.startsWith("access-control-")) head[target] = before ? [before, value].flat() : value;
  }
  for (const name of this.getHeaderNames()) {
    if (name.startsWith("access-control-")) this.removeHeader(name);
  }
  const { allowOrigin } = decision;
  if (allowOrigin) head["Access-Control-Allow-Origin"] = allowOrigin === "*" ? allowOrigin : String(origin);
  for (const [name, value] of decision.headers) head[name] = value;
  const vary = mergeVary((head.Vary ?? this.getHeader("Vary"))?.toString(), decision.vary);
  if (vary) head.Vary = vary;

  if (writeHead === Object.getPrototypeOf(this).writeHead) return writeHead.call(this, statusCode, text, head);
  // Somebody further out stands in for it too, and may look at the headers that are set, and set others.
  for (const [name, value] of Object.entries(head)) this.setHeader(name, value);
  return writeHead.call(this, statusCode, text);
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
  guarded[GUARD] = {
    writeHead: guard?.writeHead ?? response.writeHead,
    decision,
    origin,
  };
  // The cast holds: it takes all that writeHead takes, and is called on responses that have a guard.
  if (!guard) response.writeHead = writeGuardedHead as ServerResponse["writeHead"];
}
