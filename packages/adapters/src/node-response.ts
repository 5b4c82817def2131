import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { CorsRequest, Decision } from "@corslang/runtime";
import { addCorsHeaders, type Decided } from "./cors-headers.js";

/*
 * The one place that writes CORS headers to a Node response. They are written at the last moment, when the head goes
 * out, and not before the handler runs: a later `setHeader("Vary", …)`, a `writeHead` with headers of its own, and the
 * error pages of Express and Koa, which remove every header first, would all lose them.
 */

// The same for all copies of this package that are installed side by side.
const GUARD = Symbol.for("corslang");

interface Guard extends Decided {
  /** The response's `writeHead` as it was before. */
  readonly writeHead: (
    this: ServerResponse,
    statusCode: number,
    reason?: string,
    headers?: OutgoingHttpHeaders,
  ) => ServerResponse;
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
  const guard = this[GUARD];
  const text = typeof reason === "string" ? reason : undefined;
  // Without prototypes, of which a name may be a member. The casts hold: these are no headers.
  const head = { __proto__: null } as unknown as Record<string, string | string[]>;
  const spellings = { __proto__: null, vary: "Vary" } as unknown as Record<string, string>;
  const given = text === undefined ? (headers ?? reason) : headers;
  // An object, a list of pairs, or names and values in turn.
  const list = Array.isArray(given) ? given : Object.entries(Object(given));
  const turns = Array.isArray(list[0]) ? list.flat() : list;
  for (let index = 0; index < turns.length; index += 2) {
    const key = turns[index].toLowerCase();
    if (key.startsWith("access-control-")) continue;
    // Several of one name, however it is spelled, are lines of it.
    const name: string = spellings[key] ?? turns[index];
    const value = turns[index + 1];
    spellings[key] = name;
    head[name] = name in head ? [head[name], value].flat() : value;
  }
  for (const name of this.getHeaderNames()) {
    if (name.startsWith("access-control-")) this.removeHeader(name);
  }
  addCorsHeaders(head, guard, String(head.Vary ?? this.getHeader("Vary") ?? ""));
  if (guard.writeHead === Object.getPrototypeOf(this).writeHead) {
    return guard.writeHead.call(this, statusCode, text, head);
  }
  // Somebody further out stands in for it too, and may look at the headers that are set, and set others.
  for (const [name, value] of Object.entries(head)) this.setHeader(name, value);
  return guard.writeHead.call(this, statusCode, text);
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
