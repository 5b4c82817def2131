import { type Matcher, refuseUnless } from "@corslang/runtime";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { DECIDED as MOUNTED } from "./cors-headers.js";
import { addPreflightRoute } from "./fastify-preflight.js";
import { mountOnNode, type NodeMount } from "./node-mount.js";
import type { Options } from "./options.js";

export type { DecisionListener, DecisionReport, Options } from "./options.js";

/** What `fastify.register(cors, …)` takes. */
export interface CorsPluginOptions extends Options<FastifyRequest> {
  /** The policy of the scope in which the plugin is registered; a route can have its own in `config.cors`. */
  readonly policy: Matcher;
}

/*
 * Under MOUNTED an instance has what is mounted in its scope, and the `config` of a route what is mounted for the route.
 * Fastify's error for a second registration in a scope says it: "The decorator '…' has already been added!"
 */
type Mounted = NodeMount<FastifyRequest>;

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route's own policy, for its preflights too; `false` for none. Needs the plugin in the route's scope. */
    cors?: Matcher | false;
    [MOUNTED]?: Mounted;
  }
  interface FastifyInstance {
    [MOUNTED]?: Mounted;
  }
}

/**
 * The Fastify plugin. It covers the scope in which it is registered and the scopes inside: the whole application, or
 * the routes below a prefix. Await the registration, and register before authentication.
 *
 * Preflights are answered also where a route has no OPTIONS handler. A route's `config: { cors: policy }` replaces the
 * scope's policy for the route, its preflights included; `config: { cors: false }` takes the route out: no headers,
 * and its preflights find nothing, unless the route takes OPTIONS itself.
 *
 * A URL without a route is answered under the policy of the scope whose 404 handler answers: the root scope, or one
 * that has called `setNotFoundHandler`.
 *
 * Rejects with a TypeError when the policy or an option is not what it should be, and with an error when it is
 * registered twice in one scope.
 *
 * @example
 * ```ts
 * import { account } from "./api.cors.mjs";
 * import { cors } from "@corslang/adapters/fastify";
 *
 * await fastify.register(cors, { policy: account });
 * ```
 */
export const cors: FastifyPluginAsync<CorsPluginOptions> = async (fastify, { policy, ...options }) => {
  const mountPolicy = (one: Matcher) =>
    mountOnNode<FastifyRequest>(one, options, ({ protocol, host }) => `${protocol}://${host}`);
  const mounted = mountPolicy(policy);
  // Inner scopes inherit it, until the plugin is registered there.
  fastify.decorate(MOUNTED, mounted);
  // Fastify makes the instance of an inner scope with its parent as prototype. There a preflight without a route of its own
  // is outside the scope; in the root scope the hook sees it, as hooks run without a route too.
  const isRoot = Object.hasOwn(fastify, "register");

  fastify.addHook("onRoute", function (this: FastifyInstance, route) {
    if (this[MOUNTED] !== mounted) return;
    const { cors: own = policy } = route.config ?? {};
    route.config = { ...route.config, [MOUNTED]: own !== false ? mountPolicy(own) : () => null };
    const methods = [route.method].flat();
    // A route that takes OPTIONS gets its preflights itself.
    if (!methods.includes("OPTIONS")) for (const method of methods) addPreflightRoute(this, route, method);
  });

  fastify.addHook("onRequest", function (request, reply, done) {
    if (this[MOUNTED] !== mounted) return done();
    const { config } = request.routeOptions;
    const own = config[MOUNTED];
    // Without a preflight route its preflights would find nothing in an inner scope, and elsewhere the scope's policy
    // and not its own.
    refuseUnless(
      own || (isRoot && config.cors === undefined) || !config.url,
      "cors: a route before register",
      config.url,
    );
    const status = (own || mounted)(request.raw, reply.raw, request);
    if (status) reply.code(status).send();
    else done();
  });
};

// What the package fastify-plugin sets: the hooks belong to the scope that registers the plugin, not to one below.
// The cast holds: a function can have any property.
(cors as unknown as Record<symbol, boolean>)[Symbol.for("skip-override")] = true;
