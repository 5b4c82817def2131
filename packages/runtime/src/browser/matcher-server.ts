import { HEADER, type Header } from "../decision.js";
import type { Matcher } from "../matcher.js";
import { byteLowercase } from "./header-list.js";
import type { Server, ServerResponse } from "./server.js";

const EMPTY_RESPONSE: ServerResponse = { status: 200, headers: [] };

/**
 * A server that answers as an adapter does: by the policy's own decision, before an application.
 *
 * @param application - What the application answers whenever it is reached. What it sets of CORS is left out, as it
 * is by every adapter.
 *
 * @example
 * ```ts
 * const server = createMatcherServer(matcher, { status: 200, headers: [["ETag", '"1"']] });
 * server({ method: "GET", origin: "https://a.example.com", requestMethod: null, requestHeaders: null });
 * ```
 */
export function createMatcherServer(matcher: Matcher, application: ServerResponse = EMPTY_RESPONSE): Server {
  const applicationHeaders = application.headers.filter(([name]) => !byteLowercase(name).startsWith("access-control-"));
  return (request) => {
    const { status, allowOrigin, headers, vary } = matcher.decide(request);
    const value = allowOrigin === "request-origin" ? request.origin : allowOrigin;
    const allowOriginHeader: readonly Header[] = value == null ? [] : [[HEADER.allowOrigin, value]];
    const varyHeader: readonly Header[] = vary === "" ? [] : [["Vary", vary]];
    const own = [...allowOriginHeader, ...headers, ...varyHeader];
    // A preflight ends here; for all others the application runs, those that are denied included.
    return status === null
      ? { status: application.status, headers: [...applicationHeaders, ...own] }
      : { status, headers: own };
  };
}
