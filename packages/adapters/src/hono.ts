import type { Matcher } from "@corslang/runtime";
import type { Context, Env, MiddlewareHandler } from "hono";
import { mountOnFetch } from "./fetch-mount.js";
import type { Options } from "./options.js";

export type { DecisionListener, DecisionReport, Options } from "./options.js";

/**
 * Mounts a policy in Hono, on any runtime: for the whole application, for paths, or in an application of a route.
 *
 * Preflights are answered here. Every other request goes on to the handlers, and its answer gets the policy's headers,
 * error pages and 404 included. Mount it first: what a middleware further out changes on the way back stays changed.
 *
 * @typeParam E - The application's environment, for the context that `onDecision` gets.
 * @param policy - A policy that a module written by cors-compile exports.
 * @param options - See {@link Options}; `onDecision` gets the context.
 * @throws TypeError at once when the policy or an option is not what it should be.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/hono";
 *
 * app.use("/account/*", cors(account));
 * ```
 */
export function cors<E extends Env = Env>(policy: Matcher, options?: Options<Context<E>>): MiddlewareHandler {
  const pass = mountOnFetch<Context<E>>(policy, options);
  return async (context, next) => {
    const { status, report, finish } = pass(context, context.req.raw, context.env);
    try {
      report();
      if (status === null) await next();
      // With the headers that were set before, as a handler's answer has them.
      else context.res = context.body(null, status);
    } finally {
      // Also where something is thrown: Hono's error page takes over the headers of this response.
      const { finalized, res } = context;
      // Where nothing has answered, Hono makes one, and takes an answer of ours for the handler's.
      const finished = finish(res, !finalized || status !== null);
      if (finished !== res) {
        // Or Hono would write the old headers over the new ones.
        context.res = undefined;
        context.res = finished;
      }
    }
  };
}
