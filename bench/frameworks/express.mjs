import rivalCors from "cors";
import express from "express";
import { HEADER_VALUES, packageOptions } from "../policies.mjs";
import { BY_HAND } from "./subject-names.mjs";

export const rival = "cors";

function corsByHand(origins, passes) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (request, response, next) => {
    const { origin } = request.headers;
    const isPreflight =
      request.method === "OPTIONS" &&
      origin !== undefined &&
      request.headers["access-control-request-method"] !== undefined;
    response.setHeader("Vary", isPreflight ? preflightVary : "Origin");
    const isAllowed =
      origin !== undefined &&
      allowed.has(origin) &&
      (!isPreflight ||
        passes(request.headers["access-control-request-method"], request.headers["access-control-request-headers"]));
    if (isAllowed) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
    }
    if (!isPreflight) {
      if (isAllowed) response.setHeader("Access-Control-Expose-Headers", expose);
      next();
      return;
    }
    if (isAllowed) {
      response.setHeader("Access-Control-Allow-Methods", methods);
      response.setHeader("Access-Control-Allow-Headers", headers);
      response.setHeader("Access-Control-Max-Age", maxAge);
    }
    response.status(isAllowed ? 204 : 403).end();
  };
}

/** @returns {Promise<{ listener: Function }>} */
export async function createApplication({ subject, origins, passes, ours }) {
  const app = express();
  if (subject === "corslang") app.use(ours.cors(ours.policy));
  else if (subject === BY_HAND) app.use(corsByHand(origins, passes));
  else if (subject === rival) app.use(rivalCors(packageOptions(origins)));
  app.get("/", (_request, response) => {
    response.json({ ok: true });
  });
  // What a server without CORS does with a preflight at best; with CORS nothing arrives here.
  app.options("/", (_request, response) => {
    response.status(204).end();
  });
  return { listener: app };
}
