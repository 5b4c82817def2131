import type { IncomingMessage } from "node:http";
import type { Matcher } from "@corslang/runtime";
import type { FastifyInstance, RouteOptions } from "fastify";

/*
 * Routes that exist for preflights alone. Fastify runs the hooks of an inner scope only for requests that find a route
 * of that scope, and tells a hook the policy of a route only where there is one; so OPTIONS routes are needed beside
 * the application's own. They are bound to constraints, so that an OPTIONS route of the application (`OPTIONS *`, say)
 * is no conflict and keeps every OPTIONS request that is no preflight.
 */

/** Only preflights match: OPTIONS is said by the route's method. */
const PREFLIGHT = "corslang preflight";
/** Only preflights that ask for this method match: GET and PUT on one path may have different policies. */
const PREFLIGHT_METHOD = "corslang preflight method";

/** The key is a convention of documentation generators, not one of Fastify's types. */
const HIDDEN: object = { hide: true };

/** Marks the `config` of a route whose preflights are taken care of. */
export const PREFLIGHT_ROUTES_ADDED = Symbol("corslang preflight routes added");

function requestMethodOf({ headers }: IncomingMessage): string | undefined {
  return headers.origin === undefined ? undefined : headers["access-control-request-method"];
}

function addConstraint(
  fastify: FastifyInstance,
  name: string,
  deriveConstraint: (request: IncomingMessage) => string | undefined,
): void {
  if (fastify.hasConstraintStrategy(name)) return;
  fastify.addConstraintStrategy({
    name,
    storage: () => new Map(),
    deriveConstraint: (request: unknown) =>
      // The cast holds for HTTP/2 too, whose request has the same `headers`.
      deriveConstraint(request as IncomingMessage),
  });
}

function addOptionsRoute(
  scope: FastifyInstance,
  url: string,
  fullUrl: string,
  constraints: Record<string, unknown>,
  config: RouteOptions["config"],
): void {
  const isThere = scope.hasRoute({ method: "OPTIONS", url: fullUrl, constraints });
  if (isThere) return;
  scope.route({
    method: "OPTIONS",
    url,
    constraints,
    config: { ...config, [PREFLIGHT_ROUTES_ADDED]: true },
    // Documentation generators leave hidden routes out.
    schema: HIDDEN,
    // The hook answers first, unless the route has taken itself out: then its preflight finds nothing here.
    handler: (_request, reply) => reply.callNotFound(),
  });
}

/** What the routes need to know of the registration that they are added for. */
export interface PreflightScope {
  /** Whether routes of this instance belong to the registration, and not to one further in. */
  readonly belongsToScope: (instance: FastifyInstance) => boolean;
  /** Whether preflights of routes without a policy of their own need a route as well. */
  readonly forEveryRoute: boolean;
  /** Throws when a route's policy is not one. */
  readonly checkRoutePolicy: (policy: Matcher) => void;
}

/** Adds an OPTIONS route beside every route of the scope that needs one, and one for the rest of the scope's prefix. */
export function addPreflightRoutes(fastify: FastifyInstance, scope: PreflightScope): void {
  addConstraint(fastify, PREFLIGHT, (request) => (requestMethodOf(request) === undefined ? undefined : "yes"));
  addConstraint(fastify, PREFLIGHT_METHOD, requestMethodOf);

  fastify.addHook("onRoute", function (this: FastifyInstance, route) {
    if (!scope.belongsToScope(this)) return;
    const { config, method, constraints, routePath, url } = route;
    if (config && PREFLIGHT_ROUTES_ADDED in config) return;
    const policy = config?.cors;
    if (policy !== undefined && policy !== false) scope.checkRoutePolicy(policy);
    if (policy === undefined && !scope.forEveryRoute) return;
    if (config) route.config = { ...config, [PREFLIGHT_ROUTES_ADDED]: true } as typeof config;
    for (const single of [method].flat()) {
      const preflightOf = { ...constraints, [PREFLIGHT]: "yes", [PREFLIGHT_METHOD]: single };
      // An empty path below a prefix stands for the prefix with and without a slash at its end.
      addOptionsRoute(this, routePath === "" ? "/" : routePath, url, preflightOf, config);
    }
  });

  if (scope.forEveryRoute && fastify.prefix !== "") {
    // `/*` and not `*`: below `/api`, not below `/apifoo`.
    const anyPreflight = { [PREFLIGHT]: "yes" };
    addOptionsRoute(fastify, "/*", `${fastify.prefix}/*`, anyPreflight, undefined);
    addOptionsRoute(fastify, "/", fastify.prefix, anyPreflight, undefined);
  }
}
