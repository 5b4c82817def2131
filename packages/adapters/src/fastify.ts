import type { Matcher } from "@corslang/runtime";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { addPreflightRoutes, PREFLIGHT_ROUTES_ADDED } from "./fastify-preflight.js";
import { readNodeRequest } from "./node-request.js";
import { guardResponseHead } from "./node-response.js";
import { type Mounted, mount, type Options } from "./options.js";

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

const SCOPE = Symbol("corslang scope");

/** One registration of the plugin. Inner scopes inherit it until they register their own. */
interface Scope {
  readonly options: Options<FastifyRequest>;
  readonly mounted: Mounted<FastifyRequest>;
  /** The policies of routes, made ready. */
  readonly routePolicies: WeakMap<Matcher, Mounted<FastifyRequest>>;
}

interface ScopedInstance {
  [SCOPE]?: Scope;
}

/** The registration that a route's requests belong to: the innermost one, as instances inherit from their parents. */
function scopeOf(instance: FastifyInstance): Scope | undefined {
  // The cast holds: the property is optional, and only this file writes it.
  return (instance as ScopedInstance)[SCOPE];
}

function isRoot(instance: FastifyInstance): boolean {
  // Fastify makes the instance of an inner scope with its parent as prototype.
  return !("register" in Object.getPrototypeOf(instance));
}

function mountRoutePolicy(scope: Scope, policy: Matcher): Mounted<FastifyRequest> {
  let mounted = scope.routePolicies.get(policy);
  if (!mounted) {
    mounted = mount(policy, scope.options);
    scope.routePolicies.set(policy, mounted);
  }
  return mounted;
}

function decideRequest(mounted: Mounted<FastifyRequest>, request: FastifyRequest, reply: FastifyReply): boolean {
  const corsRequest = readNodeRequest(request.raw);
  const decision = mounted.decide(corsRequest);
  guardResponseHead(reply.raw, decision, corsRequest);
  mounted.report(decision, corsRequest, request);
  if (decision.status === null) return false;
  reply.code(decision.status).send();
  return true;
}

const plugin: FastifyPluginAsync<CorsPluginOptions> = async (fastify, { policy, ...options }) => {
  if (Object.hasOwn(fastify, SCOPE)) {
    throw new Error("cors: registered twice in one scope; a route's own policy goes into its config.cors");
  }
  const scope: Scope = { options, mounted: mount(policy, options), routePolicies: new WeakMap() };
  Object.defineProperty(fastify, SCOPE, { value: scope });

  addPreflightRoutes(fastify, {
    belongsToScope: (instance) => scopeOf(instance) === scope,
    // In the root scope this plugin's hook sees every preflight, as hooks run for requests without a route as well.
    forEveryRoute: !isRoot(fastify),
    checkRoutePolicy: (routePolicy) => mountRoutePolicy(scope, routePolicy),
  });

  fastify.addHook("onRequest", (request, reply, done) => {
    if (scopeOf(request.server) !== scope) return done();
    const { config } = request.routeOptions;
    const routePolicy = config.cors;
    if (routePolicy === false) return done();
    if (routePolicy !== undefined && !(PREFLIGHT_ROUTES_ADDED in config)) {
      // Its preflights would be decided by the scope's policy and not by its own.
      return done(
        new Error(`cors: ${config.url} was added before the plugin was ready: await register(cors, …) first`),
      );
    }
    const mounted = routePolicy === undefined ? scope.mounted : mountRoutePolicy(scope, routePolicy);
    if (!decideRequest(mounted, request, reply)) done();
  });
};

/**
 * The Fastify plugin. It covers the scope in which it is registered and the scopes inside: the whole application, or
 * all routes below a prefix. Await the registration, and register before authentication.
 *
 * Preflights are answered also where a route has no OPTIONS handler. A route's `config: { cors: policy }` replaces the
 * scope's policy for the route, its preflights included; `config: { cors: false }` takes the route out.
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
export const cors: FastifyPluginAsync<CorsPluginOptions> = Object.assign(plugin, {
  // What the package fastify-plugin sets: the hooks belong to the scope that registers the plugin, not to one below.
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "@corslang/adapters/fastify",
});
