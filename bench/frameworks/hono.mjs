import { Hono } from "hono";
import { cors as rivalCors } from "hono/cors";
import { HEADER_VALUES, middlewareOptions } from "../policies.mjs";
import { BY_HAND } from "./subject-names.mjs";

export const rival = "hono/cors";

/**
 * An actual request's headers are set on the response, as Hono's documents have it for middlewares: set before the
 * handler runs, they cost a tenth more.
 */
function corsByHand(origins, passes) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return async (context, next) => {
    const origin = context.req.header("Origin");
    const isAllowed = origin !== undefined && allowed.has(origin);
    const requestMethod =
      context.req.method === "OPTIONS" ? context.req.header("Access-Control-Request-Method") : undefined;
    if (origin !== undefined && requestMethod !== undefined) {
      const isPassed = isAllowed && passes(requestMethod, context.req.header("Access-Control-Request-Headers"));
      if (!isPassed) return context.body(null, 403, { Vary: preflightVary });
      return context.body(null, 204, {
        Vary: preflightVary,
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": headers,
        "Access-Control-Max-Age": maxAge,
      });
    }
    await next();
    const answered = context.res.headers;
    answered.set("Vary", "Origin");
    if (isAllowed) {
      answered.set("Access-Control-Allow-Origin", origin);
      answered.set("Access-Control-Allow-Credentials", "true");
      answered.set("Access-Control-Expose-Headers", expose);
    }
    return undefined;
  };
}

export async function createApplication({ subject, origins, passes, ours }) {
  const app = new Hono();
  if (subject === "corslang") app.use(ours.cors(ours.policy));
  else if (subject === BY_HAND) app.use(corsByHand(origins, passes));
  else if (subject === rival) app.use(rivalCors(middlewareOptions(origins)));
  app.get("/", (context) => context.json({ ok: true }));
  app.options("/", (context) => context.body(null, 204));
  return { fetch: (request, env) => app.fetch(request, env) };
}
