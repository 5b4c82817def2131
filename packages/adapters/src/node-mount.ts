import type { IncomingMessage, ServerResponse } from "node:http";
import type { CorsRequest, Matcher } from "@corslang/runtime";
import { guardResponseHead } from "./node-response.js";
import { mount, type Options } from "./options.js";

/** The four facts of a Node request. Node joins repeated lines of each of these headers with `, `. */
export function readRequest({ method = "", headers }: IncomingMessage): CorsRequest {
  return {
    method,
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
 * @returns The status with which to answer a preflight, with an empty body; `null`: the handler runs.
 */
export type NodeMount<Request> = (
  rawRequest: IncomingMessage,
  response: ServerResponse,
  request: Request,
) => 204 | 403 | null;

/**
 * What Express, Fastify and Koa have in common.
 *
 * @throws TypeError when the policy or an option is not what it should be.
 */
export function mountOnNode<Request>(policy: Matcher, options?: Options<Request>): NodeMount<Request> {
  const { decide, report } = mount(policy, options);
  return (rawRequest, response, request) => {
    const corsRequest = readRequest(rawRequest);
    const decision = decide(corsRequest);
    // Before the report: the error page for what onDecision throws is under the policy as well.
    guardResponseHead(response, decision, corsRequest);
    report(decision, corsRequest, request);
    return decision.status;
  };
}
