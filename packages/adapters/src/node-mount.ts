import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { CorsRequest, Matcher } from "@corslang/runtime";
import { guardResponseHead } from "./node-response.js";
import { mount, type Options } from "./options.js";

/** The four facts of a Node request. Node joins repeated lines of each of these headers with `, `. */
export function readRequest({ method, headers }: IncomingMessage): CorsRequest {
  return {
    // The cast holds: only responses that a client gets have none.
    method: method as string,
    origin: headers.origin,
    requestMethod: headers["access-control-request-method"],
    requestHeaders: headers["access-control-request-headers"],
  };
}

/**
 * Decides a request and guards the head of its response.
 *
 * @param rawRequest - What `node:http` calls the request.
 * @param response - The response to it.
 * @param request - What the framework calls the request, for `onDecision`.
 * @returns The status with which to answer at once, with an empty body; `null`: the handler runs.
 */
export type NodeMount<Request> = (
  rawRequest: IncomingMessage,
  response: ServerResponse,
  request: Request,
) => 204 | 403 | null;

/**
 * What Express, Fastify, Koa and node:http have in common.
 *
 * @param ownUrlOf - The URL of a request, at least its scheme, host and port, as the framework knows them.
 * @throws TypeError when the policy or an option is not what it should be.
 */
export function mountOnNode<Request extends { readonly headers: IncomingHttpHeaders }>(
  policy: Matcher,
  options: Options<Request> | undefined,
  ownUrlOf: (request: Request) => string,
): NodeMount<Request> {
  const { decide, report } = mount(policy, options, ({ headers }) => headers["sec-fetch-site"], ownUrlOf);
  return (rawRequest, response, request) => {
    const corsRequest = readRequest(rawRequest);
    const decision = decide(corsRequest, request);
    // Before the report: the error page for what onDecision throws is under the policy as well.
    guardResponseHead(response, { decision, origin: corsRequest.origin, policy });
    report(decision, corsRequest, request);
    return decision.status;
  };
}
