import rivalCors from "cors";
import { HEADER_VALUES, packageOptions } from "../policies.mjs";
import { BY_HAND } from "./subject-names.mjs";

/** Its README has Express alone, and it is a Connect middleware: it wants nothing of Express. */
export const rival = "cors";

function middlewareOf({ subject, origins, ours }) {
  switch (subject) {
    case "corslang":
      return ours.cors(ours.policy);
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

/**
 * The least code that could answer: a look-up in a Set, and the headers. If not told so, it checks neither the method nor
 * the headers of a preflight, as a browser does that with the lists that it gets. It is the floor, and no advice.
 *
 * `node:http` knows no middlewares: who writes for it alone has the headers in the one object that `writeHead` takes,
 * which Node's documents say is the direct way. To set them one by one before takes twice as long.
 */
function answerByHand(origins, passes) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (request, response) => {
    const { origin } = request.headers;
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (
      request.method === "OPTIONS" &&
      origin !== undefined &&
      request.headers["access-control-request-method"] !== undefined
    ) {
      const isPassed =
        isAllowed &&
        passes(request.headers["access-control-request-method"], request.headers["access-control-request-headers"]);
      const head = isPassed
        ? {
            Vary: preflightVary,
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": headers,
            "Access-Control-Max-Age": maxAge,
          }
        : { Vary: preflightVary };
      response.writeHead(isPassed ? 204 : 403, head).end();
      return;
    }
    const head = isAllowed
      ? {
          "Content-Type": "application/json",
          "Content-Length": BODY.length,
          Vary: "Origin",
          "Access-Control-Allow-Origin": origin,
          "Access-Control-Allow-Credentials": "true",
          "Access-Control-Expose-Headers": expose,
        }
      : { "Content-Type": "application/json", "Content-Length": BODY.length, Vary: "Origin" };
    response.writeHead(200, head).end(BODY);
  };
}

export async function createApplication(options) {
  if (options.subject === BY_HAND) return { listener: answerByHand(options.origins, options.passes) };
  const middleware = middlewareOf(options);
  return {
    listener: (request, response) => middleware(request, response, () => answer(request, response)),
  };
}
