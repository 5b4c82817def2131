import type { IncomingMessage, ServerResponse } from "node:http";
import type { Matcher } from "@corslang/runtime";
import { mountOnNode } from "./node-mount.js";
import type { Options } from "./options.js";
import { passPolicy } from "./second-policy.js";

export type { DecisionListener, DecisionReport, Options } from "./options.js";

/** What the middleware needs of Express's request. */
export interface ExpressRequest extends IncomingMessage {
  readonly app: { readonly get: (setting: string) => unknown };
  readonly originalUrl: string;
  readonly protocol: string;
}

/** An Express middleware, in terms of what it needs: works in Express 4 and 5. */
export type CorsMiddleware<Request extends ExpressRequest> = (
  request: Request,
  response: ServerResponse,
  next: () => void,
) => void;

/** As `request.host` of Express 5; in Express 4 that leaves out the port. */
function hostOf({ app, headers, socket }: ExpressRequest): string {
  // The cast holds: Express makes it of what `trust proxy` is set to.
  const isTrusted = app.get("trust proxy fn") as (address: string | undefined, hop: number) => boolean;
  const forwarded = headers["x-forwarded-host"];
  const host = forwarded && isTrusted(socket.remoteAddress, 0) ? forwarded : headers.host;
  return String(host).split(",", 1).join().trimEnd();
}

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
export function cors<Request extends ExpressRequest = ExpressRequest>(
  policy: Matcher,
  options?: Options<Request>,
): CorsMiddleware<Request> {
  const decide = mountOnNode(policy, options, (request) => `${request.protocol}://${hostOf(request)}`);
  return (request, response, next) => {
    passPolicy(response, policy, request.originalUrl);
    const status = decide(request, response, request);
    if (status === null) {
      next();
      return;
    }
    response.statusCode = status;
    response.end();
  };
}
