import rivalCors from "@fastify/cors";
import Fastify from "fastify";
import { HEADER_VALUES, packageOptions } from "../policies.mjs";
import { BY_HAND } from "./subject-names.mjs";

export const rival = "@fastify/cors";

function corsByHand(origins, passes) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (request, reply, done) => {
    const { origin } = request.headers;
    const isPreflight =
      request.method === "OPTIONS" && origin !== undefined && "access-control-request-method" in request.headers;
    reply.header("Vary", isPreflight ? preflightVary : "Origin");
    const isAllowed =
      origin !== undefined &&
      allowed.has(origin) &&
      (!isPreflight ||
        passes(request.headers["access-control-request-method"], request.headers["access-control-request-headers"]));
    if (isAllowed) {
      reply.header("Access-Control-Allow-Origin", origin);
      reply.header("Access-Control-Allow-Credentials", "true");
    }
    if (!isPreflight) {
      if (isAllowed) reply.header("Access-Control-Expose-Headers", expose);
      done();
      return;
    }
    if (isAllowed) {
      reply.header("Access-Control-Allow-Methods", methods);
      reply.header("Access-Control-Allow-Headers", headers);
      reply.header("Access-Control-Max-Age", maxAge);
    }
    reply.code(isAllowed ? 204 : 403).send();
  };
}

/**
 * `routing` is the function that Fastify gives to `node:http`: routes, hooks and replies are all there, without the
 * simulated connection of `inject`, which costs many times as much as they do.
 */
export async function createApplication({ subject, origins, passes, ours }) {
  const app = Fastify();
  if (subject === "corslang") await app.register(ours.cors, { policy: ours.policy });
  else if (subject === BY_HAND) app.addHook("onRequest", corsByHand(origins, passes));
  else if (subject === rival) await app.register(rivalCors, packageOptions(origins));
  app.get("/", (_request, reply) => {
    reply.send({ ok: true });
  });
  if (subject === "no CORS") {
    app.options("/", (_request, reply) => {
      reply.code(204).send();
    });
  }
  await app.ready();
  return { listener: app.routing };
}
