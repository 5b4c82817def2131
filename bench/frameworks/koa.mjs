import rivalCors from "@koa/cors";
import Koa from "koa";
import { HEADER_VALUES, middlewareOptions } from "../policies.mjs";
import { BY_HAND } from "./subject-names.mjs";

export const rival = "@koa/cors";

function corsByHand(origins, passes) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (context, next) => {
    const { origin } = context.headers;
    const isPreflight =
      context.method === "OPTIONS" && origin !== undefined && "access-control-request-method" in context.headers;
    context.set("Vary", isPreflight ? preflightVary : "Origin");
    const isAllowed =
      origin !== undefined &&
      allowed.has(origin) &&
      (!isPreflight ||
        passes(context.headers["access-control-request-method"], context.headers["access-control-request-headers"]));
    if (isAllowed) {
      context.set("Access-Control-Allow-Origin", origin);
      context.set("Access-Control-Allow-Credentials", "true");
    }
    if (!isPreflight) {
      if (isAllowed) context.set("Access-Control-Expose-Headers", expose);
      return next();
    }
    if (isAllowed) {
      context.set("Access-Control-Allow-Methods", methods);
      context.set("Access-Control-Allow-Headers", headers);
      context.set("Access-Control-Max-Age", maxAge);
    }
    context.status = isAllowed ? 204 : 403;
    return undefined;
  };
}

/** It takes no list: its README has a function for anything beyond one fixed value. */
function originAmong(origins) {
  return (context) => {
    const origin = context.get("Origin");
    return origins.includes(origin) ? origin : "";
  };
}

export async function createApplication({ subject, origins, passes, ours }) {
  const app = new Koa();
  if (subject === "corslang") app.use(ours.cors(ours.policy));
  else if (subject === BY_HAND) app.use(corsByHand(origins, passes));
  else if (subject === rival) app.use(rivalCors(middlewareOptions(originAmong(origins))));
  app.use((context) => {
    if (context.method === "OPTIONS") context.status = 204;
    else context.body = { ok: true };
  });
  return { listener: app.callback() };
}
