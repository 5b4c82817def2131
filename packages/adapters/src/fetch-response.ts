import { type CorsRequest, type Decision, mergeVary } from "@corslang/runtime";

/** What a response's headers are made from: a decision, and the origin that it is about. */
export interface Decided {
  readonly decision: Decision;
  readonly origin: CorsRequest["origin"];
}

function writeCorsHeaders(headers: Headers, { decision, origin }: Decided): void {
  for (const name of [...headers.keys()]) {
    if (name.startsWith("access-control-")) headers.delete(name);
  }
  const { allowOrigin } = decision;
  if (allowOrigin) headers.set("Access-Control-Allow-Origin", allowOrigin === "*" ? "*" : String(origin));
  for (const [name, value] of decision.headers) headers.set(name, value);
  const vary = mergeVary(headers.get("Vary"), decision.vary);
  if (vary) headers.set("Vary", vary);
}

/** A network error, an opaque response or an upgrade can't be built again, and no page can read it anyway. */
function isUntouchable(response: Response): boolean {
  // `webSocket` is how Cloudflare Workers say that a response is an upgrade; a copy would drop it.
  return response.status < 200 || ("webSocket" in response && response.webSocket != null);
}

/**
 * Gives a response the headers of a decision, and no other CORS headers.
 *
 * @param isOwn - Whether the response has been made for this request alone.
 * @returns The response itself; a copy where its headers can't be changed, or are another request's too.
 */
export function withCorsHeaders(response: Response, decided: Decided, isOwn: boolean): Response {
  if (isUntouchable(response)) return response;
  // Only a body makes a response that of one request: without one, a constant can be the answer to many at a time.
  if (isOwn || response.body !== null) {
    try {
      writeCorsHeaders(response.headers, decided);
      return response;
    } catch (error) {
      // The headers of redirects, of fetch() results and of cached responses are immutable (Fetch Standard, "guard").
      if (!(error instanceof TypeError)) throw error;
    }
  }
  // Passing the response itself keeps status, reason and every Set-Cookie; the body goes over as the stream it is.
  const copy = new Response(response.body, response);
  writeCorsHeaders(copy.headers, decided);
  return copy;
}
