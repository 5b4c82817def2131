import { addCorsHeaders, type Decided } from "./cors-headers.js";

function writeCorsHeaders(headers: Headers, decided: Decided): void {
  for (const name of [...headers.keys()]) {
    if (name.startsWith("access-control-")) headers.delete(name);
  }
  addCorsHeaders({ push: (name, value) => headers.set(name, value) }, decided, headers.get("Vary"));
}

/**
 * Gives a response the headers of a decision, and no other CORS headers.
 *
 * @param isOwn - Whether the response has been made for this request alone.
 * @returns The response itself; a copy where its headers can't be changed, or are another request's too.
 */
export function withCorsHeaders(response: Response, decided: Decided, isOwn: boolean | undefined): Response {
  // A network error, an opaque response or an upgrade can't be built again, and no page can read it anyway.
  if (response.status < 200) return response;
  // Only a body makes a response that of one request: without one, a constant can be the answer to many at a time.
  if (isOwn || response.body !== null) {
    try {
      writeCorsHeaders(response.headers, decided);
      return response;
    } catch {
      // The headers of redirects, of fetch() results and of cached responses are immutable (Fetch Standard, "guard").
    }
  }
  // Passing the response itself keeps status, reason and every Set-Cookie; the body goes over as the stream it is.
  const copy = new Response(response.body, response);
  writeCorsHeaders(copy.headers, decided);
  return copy;
}
