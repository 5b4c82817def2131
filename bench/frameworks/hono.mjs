import { Hono } from "hono";
import { cors as rivalCors } from "hono/cors";
import { HEADER_VALUES, middlewareOptions } from "../policies.mjs";

export const rival = "hono/cors";

function corsByHand(origins) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (context, next) => {
    const origin = context.req.header("Origin");
    const isPreflight =
      context.req.method === "OPTIONS" &&
      origin !== undefined &&
      context.req.header("Access-Control-Request-Method") !== undefined;
    context.header("Vary", isPreflight ? preflightVary : "Origin");
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Allow-Credentials", "true");
    }
    if (!isPreflight) {
      if (isAllowed) context.header("Access-Control-Expose-Headers", expose);
      return next();
    }
    if (isAllowed) {
      context.header("Access-Control-Allow-Methods", methods);
      context.header("Access-Control-Allow-Headers", headers);
      context.header("Access-Control-Max-Age", maxAge);
    }
    return context.body(null, isAllowed ? 204 : 403);
  };
}

export async function createApplication({ subject, origins, ours }) {
  const app = new Hono();
  if (subject === "corslang") app.use(ours.cors(ours.policy));
  else if (subject === "by hand") app.use(corsByHand(origins));
  else if (subject === rival) app.use(rivalCors(middlewareOptions(origins)));
  app.get("/", (context) => context.json({ ok: true }));
  app.options("/", (context) => context.body(null, 204));
  return { fetch: (request) => app.fetch(request) };
}
