import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Matcher } from "@corslang/runtime";
import { mountOnNode } from "./node-mount.js";
import type { Options } from "./options.js";
import { passPolicy } from "./second-policy.js";

export type { DecisionListener, DecisionReport, Options } from "./options.js";

/** What the middleware needs of Koa's context. */
export interface KoaContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly headers: IncomingHttpHeaders;
  readonly protocol: string;
  readonly host: string;
  status: number;
  body: unknown;
  length: number;
}

/** A Koa middleware: works in Koa 2 and 3. */
export type CorsMiddleware<Context extends KoaContext> = (
  context: Context,
  next: () => Promise<unknown>,
) => Promise<unknown>;

/**
 * Mounts a policy in Koa. Preflights are answered here; the answers to all other requests get the policy's headers,
 * also when something throws, although Koa removes all headers then.
 *
 * @param policy - A policy that a module written by cors-compile exports.
 * @param options - See {@link Options}; `onDecision` gets the context.
 * @throws TypeError at once when the policy or an option is not what it should be.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/koa";
 *
 * app.use(cors(account));
 * ```
 */
export function cors<Context extends KoaContext = KoaContext>(
  policy: Matcher,
  options?: Options<Context>,
): CorsMiddleware<Context> {
  // Not the context's `origin`: in Koa 3 that is the header, which would make every request the server's own.
  const decide = mountOnNode(policy, options, ({ protocol, host }) => `${protocol}://${host}`);
  return async (context, next) => {
    passPolicy(context.res, policy, context.req.url);
    const status = decide(context.req, context.res, context);
    if (status === null) return next();
    // In this order: an empty body makes the status 204.
    context.body = null;
    context.status = status;
    // Without a length Koa 2 would close the connection after a 403. A 204 has none.
    if (status === 403) context.length = 0;
    return undefined;
  };
}
