/*
 * What is asked of every example server, and what examples/api.cors says to it. `cors` are all headers of CORS in the
 * answer; any other would be wrong.
 */

const shop = "https://shop.example.com";
const tool = "https://stock.eu.staff.example.com";
const stranger = "https://shop.example.com.evil.test";

const allowed = (origin) => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "ETag,X-Request-Id",
});
const passed = (origin) => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-allow-methods": "GET,PUT,DELETE",
  "access-control-allow-headers": "content-type,x-request-id",
  "access-control-max-age": "600",
});
const preflight = (origin, method, headers) => ({
  Origin: origin,
  "Access-Control-Request-Method": method,
  ...(headers ? { "Access-Control-Request-Headers": headers } : {}),
});

export const exchanges = [
  {
    what: "the shop reads its orders",
    method: "GET",
    path: "/orders",
    headers: { Origin: shop },
    status: 200,
    cors: allowed(shop),
  },
  {
    what: "a tool of the staff reads them",
    method: "GET",
    path: "/orders",
    headers: { Origin: tool },
    status: 200,
    cors: allowed(tool),
  },
  {
    what: "a stranger reads nothing",
    method: "GET",
    path: "/orders",
    headers: { Origin: stranger },
    status: 200,
    cors: {},
  },
  { what: "no page at all: curl", method: "GET", path: "/orders", headers: {}, status: 200, cors: {} },
  {
    what: "preflight of a PUT with JSON",
    method: "OPTIONS",
    path: "/orders/1",
    headers: preflight(shop, "PUT", "content-type,x-request-id"),
    status: 204,
    cors: passed(shop),
  },
  {
    what: "the PUT behind it",
    method: "PUT",
    path: "/orders/1",
    headers: { Origin: shop, "Content-Type": "application/json" },
    body: '{"items":4}',
    status: 200,
    cors: allowed(shop),
  },
  {
    what: "preflight of a stranger",
    method: "OPTIONS",
    path: "/orders/1",
    headers: preflight(stranger, "PUT"),
    status: 403,
    cors: {},
  },
  {
    what: "preflight of a method not listed",
    method: "OPTIONS",
    path: "/orders/1",
    headers: preflight(shop, "PATCH"),
    status: 403,
    cors: {},
  },
  {
    what: "preflight of a header not listed",
    method: "OPTIONS",
    path: "/orders/1",
    headers: preflight(shop, "PUT", "x-debug"),
    status: 403,
    cors: {},
  },
  {
    what: "not found, readable by the shop",
    method: "GET",
    path: "/nothing",
    headers: { Origin: shop },
    status: 404,
    cors: allowed(shop),
  },
  {
    what: "an error, readable by the shop",
    method: "GET",
    path: "/broken",
    headers: { Origin: shop },
    status: 500,
    cors: allowed(shop),
  },
  {
    what: "an error, unreadable by a stranger",
    method: "GET",
    path: "/broken",
    headers: { Origin: stranger },
    status: 500,
    cors: {},
  },
];

/** What is wrong with an answer; nothing when it is what the policy says. */
export function findFaults(exchange, answer) {
  const faults = [];
  if (answer.status !== exchange.status) faults.push(`status ${answer.status} and not ${exchange.status}`);
  const cors = Object.entries(answer.headers).filter(([name]) => name.startsWith("access-control-"));
  for (const [name, value] of cors) {
    if (exchange.cors[name] !== value) faults.push(`${name}: ${value}`);
  }
  for (const name of Object.keys(exchange.cors)) {
    if (answer.headers[name] === undefined) faults.push(`no ${name}`);
  }
  const vary = (answer.headers.vary ?? "").toLowerCase();
  if (!vary.split(/,\s*/).includes("origin")) faults.push("Vary without Origin");
  return faults;
}
