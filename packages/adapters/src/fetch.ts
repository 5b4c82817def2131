import { type CorsRequest, type Decision, HEADER, type Matcher, mergeVary } from "@corslang/runtime";
import { mount, type Options } from "./options.js";

export type { DecisionReport, Options } from "./options.js";

/** A function from a request to its response, as Workers, Deno, Bun, Next.js route handlers and others call it. */
export type FetchHandler<Rest extends readonly unknown[]> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

/** A decision, and the origin that it is about. */
interface Decided {
  readonly decision: Decision;
  readonly origin: CorsRequest["origin"];
}

/** What was decided last for each request: of two policies on its way the inner one decides alone. */
const decided = new WeakMap<Request, Decided>();

function readRequest(request: Request): CorsRequest {
  const { headers } = request;
  return {
    method: request.method,
    origin: headers.get("Origin"),
    requestMethod: headers.get("Access-Control-Request-Method"),
    requestHeaders: headers.get("Access-Control-Request-Headers"),
  };
}

function writeCorsHeaders(headers: Headers, { decision, origin }: Decided): void {
  for (const name of [...headers.keys()]) {
    if (name.startsWith("access-control-")) headers.delete(name);
  }
  const { allowOrigin } = decision;
  if (allowOrigin) headers.set(HEADER.allowOrigin, allowOrigin === "*" ? "*" : String(origin));
  for (const [name, value] of decision.headers) headers.set(name, value);
  const vary = mergeVary(headers.get("Vary"), decision.vary);
  if (vary) headers.set("Vary", vary);
}

/** A network error, an opaque response or an upgrade can't be built again, and no page can read it anyway. */
function isUntouchable(response: Response): boolean {
  // `webSocket` is how Cloudflare Workers say that a response is an upgrade; a copy would drop it.
  return response.status < 200 || ("webSocket" in response && response.webSocket != null);
}

function answer(response: Response, last: Decided): Response {
  if (isUntouchable(response)) return response;
  try {
    writeCorsHeaders(response.headers, last);
    return response;
  } catch (error) {
    // The headers of redirects, of fetch() results and of cached responses are immutable (Fetch Standard, "guard").
    if (!(error instanceof TypeError)) throw error;
    // Passing the response itself keeps status, reason and every Set-Cookie; the body goes over as the stream it is.
    const copy = new Response(response.body, response);
    writeCorsHeaders(copy.headers, last);
    return copy;
  }
}

function isPromise(value: Response | Promise<Response>): value is Promise<Response> {
  return "then" in value;
}

/**
 * Wraps a Fetch-API handler in a policy. Preflights are answered without calling the handler; its other responses get
 * the policy's headers. What the handler throws passes through untouched.
 *
 * @param policy - A policy that a module written by cors-compile exports.
 * @param handler - The handler; arguments after the request are passed on.
 * @param options - See {@link Options}.
 * @throws TypeError at once when the policy, the handler or an option is not what it should be.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/fetch";
 *
 * export default { fetch: cors(account, (request) => new Response("hello")) };
 * ```
 */
export function cors<Rest extends readonly unknown[]>(
  policy: Matcher,
  handler: FetchHandler<Rest>,
  options?: Options<Request>,
): FetchHandler<Rest> {
  const { decide, report } = mount(policy, options);
  if (typeof handler !== "function") throw new TypeError("cors: the second argument is the handler, a function");
  return (request, ...rest) => {
    const corsRequest = readRequest(request);
    const decision = decide(corsRequest);
    report(decision, corsRequest, request);
    const own = { decision, origin: corsRequest.origin };
    decided.set(request, own);
    const finish = (response: Response) => answer(response, decided.get(request) ?? own);
    if (decision.status !== null) return finish(new Response(null, { status: decision.status }));
    const response = handler(request, ...rest);
    return isPromise(response) ? response.then(finish) : finish(response);
  };
}
