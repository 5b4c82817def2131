import { HEADER_VALUES } from "../policies.mjs";

/** None of those that are compared wraps a Fetch handler. */
export const rival = null;

function handle(request) {
  return request.method === "OPTIONS" ? new Response(null, { status: 204 }) : Response.json({ ok: true });
}

function withCorsByHand(origins) {
  const allowed = new Set(origins);
  const { methods, headers, expose, maxAge, preflightVary } = HEADER_VALUES;
  return (request) => {
    const origin = request.headers.get("Origin");
    const isPreflight =
      request.method === "OPTIONS" && origin !== null && request.headers.has("Access-Control-Request-Method");
    const isAllowed = origin !== null && allowed.has(origin);
    if (isPreflight) {
      if (!isAllowed) return new Response(null, { status: 403, headers: { Vary: preflightVary } });
      return new Response(null, {
        status: 204,
        headers: {
          Vary: preflightVary,
          "Access-Control-Allow-Origin": origin,
          "Access-Control-Allow-Credentials": "true",
          "Access-Control-Allow-Methods": methods,
          "Access-Control-Allow-Headers": headers,
          "Access-Control-Max-Age": maxAge,
        },
      });
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

export async function createApplication({ subject, origins, ours }) {
  if (subject === "corslang") return { fetch: ours.cors(ours.policy, handle) };
  return { fetch: subject === "by hand" ? withCorsByHand(origins) : handle };
}
