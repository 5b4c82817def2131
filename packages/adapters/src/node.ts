import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Matcher } from "@corslang/runtime";
import { mountOnNode } from "./node-mount.js";
import type { Options } from "./options.js";
import { passPolicy } from "./second-policy.js";

export type { DecisionListener, DecisionReport, Options } from "./options.js";

/** A request of `node:http`, or of `node:http2` by its compatibility API. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** A middleware of Connect; with a function of your own as `next` it works in a bare server. */
export type CorsMiddleware<Request extends NodeRequest> = (
  request: Request,
  response: ServerResponse | Http2ServerResponse,
  next: () => void,
) => void;

/** The request's URL as the client has it; a proxy's headers are not looked at. */
function ownUrlOf({ headers, socket }: NodeRequest): string {
  const scheme = "encrypted" in socket && socket.encrypted ? "https" : "http";
  // HTTP/2 has the host in a field of its own, which no request of HTTP/1 can have.
  return `${scheme}://${headers[":authority"] ?? headers.host}`;
}

/**
 * Mounts a policy in Connect, or in a bare server of `node:http` or `node:http2`.
 *
 * Preflights are answered here. For every other request `next` is called, and its answer gets the policy's headers,
 * Connect's error pages included.
 *
 * @param policy - A policy that a module written by cors-compile exports.
 * @param options - See {@link Options}. No header of a proxy is trusted: behind one, `self` is for `enforce`.
 * @throws TypeError at once when the policy or an option is not what it should be.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/node";
 *
 * const withCors = cors(account);
 * createServer((request, response) => withCors(request, response, () => response.end("hello")));
 * ```
 */
export function cors<Request extends NodeRequest = NodeRequest>(
  policy: Matcher,
  options?: Options<Request>,
): CorsMiddleware<Request> {
  const decide = mountOnNode(policy, options, ownUrlOf);
  return (request, response, next) => {
    // The casts hold for what is used of them: HTTP/2's compatibility API has it, too.
    const rawRequest = request as IncomingMessage;
    const rawResponse = response as ServerResponse;
    passPolicy(rawResponse, policy, request.url);
    const status = decide(rawRequest, rawResponse, request);
    if (status === null) {
      next();
      return;
    }
    response.statusCode = status;
    response.end();
  };
}
