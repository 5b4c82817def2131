import type { Matcher } from "@corslang/runtime";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { ANY_METHOD, addPreflightConstraint, addPreflightRoute } from "./fastify-preflight.js";
import { mountOnNode, type NodeMount } from "./node-mount.js";
import type { Options } from "./options.js";

export type { DecisionReport, Options } from "./options.js";

/** What `fastify.register(cors, …)` takes. */
export interface CorsPluginOptions extends Options<FastifyRequest> {
  /** The policy of the scope in which the plugin is registered; a route can have its own in `config.cors`. */
  readonly policy: Matcher;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route's own policy, for its preflights too; `false` for none. Needs the plugin in the route's scope. */
    cors?: Matcher | false;
  }
}

/**
 * The name under which an instance has what is mounted in its scope, and the `config` of a route what is mounted for the
 * route. Fastify's error for a second registration in a scope says it: "The decorator '…' has already been added!"
 */
const MOUNTED = "cors policy of this scope";

type Mounted = NodeMount<FastifyRequest>;

/** For a route that takes itself out: every request passes. */
const nothing: Mounted = () => null;

function mountedOn(holder: object | undefined): Mounted | undefined {
  // The cast holds: only this file writes the property.
  return (holder as { [MOUNTED]?: Mounted } | undefined)?.[MOUNTED];
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
  const mounted = mountOnNode(policy, options);
  // Inner scopes inherit it, until the plugin is registered there.
  fastify.decorate(MOUNTED, mounted);
  // Fastify makes the instance of an inner scope with its parent as prototype. There, a preflight that asks for a method
  // without a route would be outside the scope; in the root scope the hook sees it, as hooks run without a route too.
  const otherMethods = "register" in Object.getPrototypeOf(fastify) ? [ANY_METHOD] : [];
  addPreflightConstraint(fastify);

  fastify.addHook("onRoute", function (this: FastifyInstance, route) {
    if (mountedOn(this) !== mounted || mountedOn(route.config)) return;
    const own = route.config?.cors;
    const config = {
      ...route.config,
      [MOUNTED]: own === undefined ? mounted : own === false ? nothing : mountOnNode(own, options),
    };
    route.config = config;
    const methods = [route.method, otherMethods].flat(2);
    // A route that takes OPTIONS gets its preflights itself.
    if (!methods.includes("OPTIONS")) for (const method of methods) addPreflightRoute(this, route, method);
  });

  fastify.addHook("onRequest", (request, reply, done) => {
    if (mountedOn(request.server) !== mounted) return done();
    const { config, url } = request.routeOptions;
    const own = mountedOn(config);
    // Without a preflight route its preflights would find nothing in an inner scope, and elsewhere the scope's policy
    // and not its own.
    if (!own && !request.is404 && (config.cors !== undefined || otherMethods[0])) {
      throw new Error(`cors: ${url} was added before register(cors) was awaited`);
    }
    const status = (own ?? mounted)(request.raw, reply.raw, request);
    if (status === null) return done();
    reply.code(status).send();
  });
};

// What the package fastify-plugin sets: the hooks belong to the scope that registers the plugin, not to one below.
Object.assign(cors, { [Symbol.for("skip-override")]: true });
