import { HEADER_VALUES } from "../policies.mjs";
import { BY_HAND } from "./subject-names.mjs";

/** None of those that are compared wraps a Fetch handler. */
export const rival = null;

function handle(request) {
  return request.method === "OPTIONS" ? new Response(null, { status: 204 }) : Response.json({ ok: true });
}

/** Headers are set on the response: to pass them when it is made takes a fifth longer. */
function withCorsByHand(origins, passes) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (request) => {
    const origin = request.headers.get("Origin");
    const requestMethod = request.method === "OPTIONS" ? request.headers.get("Access-Control-Request-Method") : null;
    const isAllowed = origin !== null && allowed.has(origin);
    if (origin !== null && requestMethod !== null) {
      const isPassed = isAllowed && passes(requestMethod, request.headers.get("Access-Control-Request-Headers"));
      const answer = new Response(null, { status: isPassed ? 204 : 403 });
      answer.headers.set("Vary", preflightVary);
      if (!isPassed) return answer;
      answer.headers.set("Access-Control-Allow-Origin", origin);
      answer.headers.set("Access-Control-Allow-Credentials", "true");
      answer.headers.set("Access-Control-Allow-Methods", methods);
      answer.headers.set("Access-Control-Allow-Headers", headers);
      answer.headers.set("Access-Control-Max-Age", maxAge);
      return answer;
    }
    const response = handle(request);
    response.headers.set("Vary", "Origin");
    if (isAllowed) {
      response.headers.set("Access-Control-Allow-Origin", origin);
      response.headers.set("Access-Control-Allow-Credentials", "true");
      response.headers.set("Access-Control-Expose-Headers", expose);
    }
    return response;
  };
}

export async function createApplication({ subject, origins, passes, ours }) {
  if (subject === "corslang") return { fetch: ours.cors(ours.policy, handle) };
  return { fetch: subject === BY_HAND ? withCorsByHand(origins, passes) : handle };
}
