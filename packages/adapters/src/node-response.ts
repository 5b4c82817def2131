import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { addCorsHeaders, DECIDED, type Decided } from "./cors-headers.js";

/*
 * The one place that writes CORS headers to a Node response. They are written at the last moment, when the head goes
 * out, and not before the handler runs: a later `setHeader("Vary", …)`, a `writeHead` with headers of its own, and the
 * error pages of Express and Koa, which remove every header first, would all lose them.
 */

interface Guard extends Decided {
  /** The response's `writeHead` as it was before. */
  writeHead?: ServerResponse["writeHead"];
}

/** A response that may have a guard. */
export interface Guarded extends ServerResponse {
  [DECIDED]?: Required<Guard>;
}

/** What `writeHead` takes: an object, or a list in which names and values take turns or are pairs. */
type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[] | [string, OutgoingHttpHeader][];

/**
 * Stands in for a response's own `writeHead`, which Node calls for an implicit head as well. All headers go on in one
 * list, which replaces what was set before: where nothing was, that is the fastest way there is.
 */
function writeGuardedHead(
  this: Guarded,
  statusCode: number,
  reason?: string | Headers | null,
  headers?: Headers | null,
): ServerResponse {
  // The cast holds: guardResponseHead has set both.
  const guard = this[DECIDED] as Required<Guard>;
  if (typeof reason === "string") this.statusMessage = reason;
  else headers ??= reason;
  const isList = Array.isArray(headers);
  // The casts hold for names and values in turn; Node refuses all else when the head goes out.
  const list = (Array.isArray(headers) && Array.isArray(headers[0]) ? headers.flat() : headers) as OutgoingHttpHeader[];
  const object = headers as OutgoingHttpHeaders;
  // Not by Object.entries, which would take longer than all else here.
  const given = isList ? list : Object.keys(headers ?? {});
  const head: OutgoingHttpHeader[] = [];
  const vary: OutgoingHttpHeader[] = [];
  for (let index = 0; index < given.length; index += isList ? 2 : 1) {
    const name = given[index] as string;
    const value = (isList ? list[index + 1] : object[name]) as OutgoingHttpHeader;
    // To make lower case of every name would take as long as the rest. Names that are of interest have 4 characters, or at
    // least 15.
    const key = name.length === 4 || name.length > 14 ? name.toLowerCase() : "";
    if (key === "vary") vary.push(value);
    else if (!key.startsWith("access-control-")) head.push(name, value);
  }
  const names = this.getHeaderNames();
  for (const name of names) {
    if (name.startsWith("access-control-")) this.removeHeader(name);
  }
  // The cast holds for what is made text of.
  addCorsHeaders(head, guard, (vary[0] ? vary : this.getHeader("Vary")) as string | undefined);
  // Where something is set, Node takes longer with a list. And somebody further out may stand in for it too, look at the
  // headers that are set, and set others. Who gives a list means a list: names may be repeated in it.
  if (isList || (!names.length && guard.writeHead === this.constructor.prototype.writeHead)) {
    return guard.writeHead.call(this, statusCode, head);
  }
  for (let index = 0; index < head.length; index += 2) this.setHeader(head[index] as string, head[index + 1] as string);
  return guard.writeHead.call(this, statusCode);
}

/**
 * Makes sure that a response's head has the headers of a decision, and no other CORS headers, whatever the handler
 * does. A second call for the same response replaces the first one's decision: of two policies on a request's way the
 * inner one decides alone.
 *
 * @param guard - Is kept at the response and added to.
 */
export function guardResponseHead(response: Guarded, guard: Guard): void {
  const before = response[DECIDED];
  guard.writeHead = (before ?? response).writeHead;
  // The casts hold: the guard is complete; the function takes all that writeHead takes, and is called where a guard is.
  response[DECIDED] = guard as Required<Guard>;
  if (!before) response.writeHead = writeGuardedHead as ServerResponse["writeHead"];
}
