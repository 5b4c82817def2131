import type { IncomingMessage, ServerResponse } from "node:http";
import type { Matcher } from "@corslang/runtime";
import { mountOnNode } from "./node-mount.js";
import type { Options } from "./options.js";

export type { DecisionReport, Options } from "./options.js";

/** An Express middleware, in terms of what it needs: works in Express 4 and 5. */
export type CorsMiddleware<Request extends IncomingMessage> = (
  request: Request,
  response: ServerResponse,
  next: () => void,
) => void;

/**
 * Mounts a policy in Express: for the whole application, a router or a route.
 *
 * Preflights are answered here. Every other request goes on to the handlers, and its answer gets the policy's headers,
 * error pages included. Mount it before authentication: preflights never carry credentials.
 *
 * @param policy - A policy that a module written by cors-compile exports.
 * @param options - See {@link Options}.
 * @throws TypeError at once when the policy or an option is not what it should be.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/express";
 *
 * app.use("/account", cors(account));
 * ```
 */
export function cors<Request extends IncomingMessage = IncomingMessage>(
  policy: Matcher,
  options?: Options<Request>,
): CorsMiddleware<Request> {
  const decide = mountOnNode(policy, options);
  return (request, response, next) => {
    const status = decide(request, response, request);
    if (status === null) {
      next();
      return;
    }
    response.statusCode = status;
    response.end();
  };
}
