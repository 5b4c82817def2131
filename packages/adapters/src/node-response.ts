import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { CorsRequest, Decision } from "@corslang/runtime";
import { addCorsHeaders, DECIDED, type Decided } from "./cors-headers.js";

/*
 * The one place that writes CORS headers to a Node response. They are written at the last moment, when the head goes
 * out, and not before the handler runs: a later `setHeader("Vary", …)`, a `writeHead` with headers of its own, and the
 * error pages of Express and Koa, which remove every header first, would all lose them.
 */

interface Guard extends Decided {
  /** The response's `writeHead` as it was before. */
  readonly writeHead: ServerResponse["writeHead"];
}

interface GuardedResponse extends ServerResponse {
  [DECIDED]: Guard;
}

/** What `writeHead` takes: an object, or a list in which names and values take turns or are pairs. */
type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[] | [string, OutgoingHttpHeader][];

/**
 * Stands in for a response's own `writeHead`, which Node calls for an implicit head as well. All headers go on in one
 * list, which replaces what was set before: where nothing was, that is the fastest way there is.
 */
function writeGuardedHead(
  this: GuardedResponse,
  statusCode: number,
  reason?: string | Headers | null,
  headers?: Headers | null,
): ServerResponse {
  const guard = this[DECIDED];
  if (typeof reason === "string") this.statusMessage = reason;
  else headers ??= reason;
  // Names and values in turn. The casts hold for these; Node refuses all else when the head goes out.
  let given: OutgoingHttpHeader[] = [];
  if (Array.isArray(headers)) given = (Array.isArray(headers[0]) ? headers.flat() : headers) as OutgoingHttpHeader[];
  // Not by Object.entries, which would take longer than all else here.
  else for (const name of Object.keys(headers ?? {})) given.push(name, headers?.[name] as OutgoingHttpHeader);
  const head: OutgoingHttpHeader[] = [];
  const vary: OutgoingHttpHeader[] = [];
  for (let index = 0; index < given.length; index += 2) {
    const name = given[index] as string;
    const value = given[index + 1] as OutgoingHttpHeader;
    const key = name.toLowerCase();
    if (key === "vary") vary.push(value);
    else if (!key.startsWith("access-control-")) head.push(name, value);
  }
  const names = this.getHeaderNames();
  for (const name of names) {
    if (name.startsWith("access-control-")) this.removeHeader(name);
  }
  addCorsHeaders(head, guard, String(vary[0] ? vary : (this.getHeader("Vary") ?? "")));
  // Where something is set, Node takes longer with a list. And somebody further out may stand in for it too, look at the
  // headers that are set, and set others.
  if (!names.length && guard.writeHead === Object.getPrototypeOf(this).writeHead) {
    return guard.writeHead.call(this, statusCode, head);
  }
  // What is given replaces what is set. In a list names may be repeated: they are lines of one header.
  const isList = Array.isArray(headers);
  for (let index = 0; isList && index < head.length; index += 2) this.removeHeader(head[index] as string);
  for (let index = 0; index < head.length; index += 2) {
    this[isList ? "appendHeader" : "setHeader"](head[index] as string, head[index + 1] as string);
  }
  return guard.writeHead.call(this, statusCode);
}

/**
 * Makes sure that a response's head has the headers of a decision, and no other CORS headers, whatever the handler
 * does. A second call for the same response replaces the first one's decision: of two policies on a request's way the
 * inner one decides alone.
 */
export function guardResponseHead(
  response: ServerResponse,
  decision: Decision,
  { origin }: Pick<CorsRequest, "origin">,
): void {
  // The cast holds: only this file writes the property.
  const guarded = response as ServerResponse & Partial<Pick<GuardedResponse, typeof DECIDED>>;
  const guard = guarded[DECIDED];
  guarded[DECIDED] = { writeHead: guard?.writeHead ?? response.writeHead, decision, origin };
  // The cast holds: it takes all that writeHead takes, and is called on responses that have a guard.
  if (!guard) response.writeHead = writeGuardedHead as ServerResponse["writeHead"];
}
