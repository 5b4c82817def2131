import type { IncomingMessage } from "node:http";
import type { FastifyInstance, RouteOptions } from "fastify";
import { readRequest } from "./node-mount.js";

/*
 * Routes that exist for preflights alone. Fastify tells a hook the route of a request, and runs the hooks of an inner
 * scope, only where a request finds a route; so an OPTIONS route is needed beside every route of the application. It is
 * bound to a constraint: only preflights that ask for the route's method find it. So a preflight finds the way to the
 * very route that the actual request will find, whatever other routes there are, and an OPTIONS route of the
 * application is no conflict and keeps every OPTIONS request that is no preflight.
 */

/**
 * Adds the OPTIONS route for a route's preflights that ask for a method. Has the router tell preflights apart by that
 * method, under a name that is an identifier, because the router writes it into code that it generates.
 */
export function addPreflightRoute(
  instance: FastifyInstance,
  {
    url,
    routePath,
    prefixTrailingSlash,
    // A preflight doesn't tell the version that the script asks for.
    constraints: { version: _, ...rest } = {},
    config,
  }: RouteOptions & { readonly routePath: string },
  requestMethod: string,
): void {
  if (!instance.hasConstraintStrategy("requestMethod")) {
    instance.addConstraintStrategy({
      name: "requestMethod",
      storage: () => new Map(),
      deriveConstraint(request: unknown) {
        // The cast holds for what is read of it: the request of HTTP/2 has the same headers.
        const { origin, requestMethod } = readRequest(request as IncomingMessage);
        return origin == null ? origin : requestMethod;
      },
    });
  }
  const constraints = { ...rest, requestMethod };
  // Routes that differ only in their version have the same preflights, and the route for a prefix is told twice.
  if (instance.hasRoute({ method: "OPTIONS", url, constraints })) return;
  instance.route({
    method: "OPTIONS",
    // Fastify calls a route for a prefix as such, with or without a slash at its end, "".
    url: routePath || "/",
    prefixTrailingSlash,
    constraints,
    config,
    // A convention of documentation generators.
    schema: { hide: true },
    // The hook answers first, unless the route has taken itself out: then its preflight finds nothing here.
    handler: (_request, reply) => reply.callNotFound(),
    // The cast holds: where a member is undefined, Fastify's default is what the other route has, too.
  } as RouteOptions);
}
