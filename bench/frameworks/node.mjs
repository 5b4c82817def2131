import rivalCors from "cors";
import { HEADER_VALUES, packageOptions } from "../policies.mjs";

/** Its README has Express alone, and it is a Connect middleware: it wants nothing of Express. */
export const rival = "cors";

/**
 * The least code that could answer: a look-up in a Set, and the headers. It checks neither the method nor the headers of
 * a preflight, as a browser does that with the lists that it gets, and nothing that a handler does holds it up. It is
 * the floor, and no advice.
 */
export function corsByHand(origins) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (request, response, next) => {
    const { origin } = request.headers;
    const isPreflight =
      request.method === "OPTIONS" && origin !== undefined && "access-control-request-method" in request.headers;
    response.setHeader("Vary", isPreflight ? preflightVary : "Origin");
    const isAllowed = origin !== undefined && allowed.has(origin);
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
    response.statusCode = isAllowed ? 204 : 403;
    response.end();
  };
}

function middlewareOf({ subject, origins, ours }) {
  switch (subject) {
    case "corslang":
      return ours.cors(ours.policy);
    case "by hand":
      return corsByHand(origins);
    case rival:
      return rivalCors(packageOptions(origins));
    default:
      return (_request, _response, next) => next();
  }
}

const BODY = JSON.stringify({ ok: true });

function answer(request, response) {
  if (request.method === "OPTIONS") {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": BODY.length }).end(BODY);
}

export async function createApplication(options) {
  const middleware = middlewareOf(options);
  return {
    listener: (request, response) => middleware(request, response, () => answer(request, response)),
  };
}
