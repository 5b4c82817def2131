import { afterAll, describe, expect, test } from "vitest";
import { compileWritten, type WrittenPolicy } from "../../runtime/test/browser/written-policy.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { type JsCase, type JsPolicy, jsCases } from "./cases/js-cases.js";
import { startApplications } from "./cases/started-applications.js";
import { type HttpAnswer, send, valuesOf } from "./http-client.js";

/*
 * What the tests of the CORS middlewares for Express, Fastify, Koa and Hono ask of them, asked of us on every framework.
 * Where such a test asks for what is not right, the case has what is. Where we differ, it is on purpose, and here.
 */

const FUNCTION = "a function decides: a policy is data, and what a function looks at can't be in Vary";
const EXPRESSION = "a regular expression decides: what it matches can't be reviewed, compared or proved";
const REFLECTED = "any origin is sent back, which the language has no word for";
const MERGED = `${REFLECTED}; how Vary is merged is in exchanges/handlers.ts`;
const STATUS = "a preflight's status is always 204 or 403";
const PASSED_ON = "a preflight is never passed on to the handler";
const MOUNTED = "where a policy holds is said by mounting; fastify-scopes.test.ts and fastify-routes.test.ts have it";

/** Cases that ask for what there is no word for. */
const NOT_SAID: Readonly<Record<string, string>> = {
  "express-003": STATUS,
  "express-005": "Node's parser refuses methods in lower case; attacks/hostile-requests.ts has it",
  "express-009": EXPRESSION,
  "express-010": EXPRESSION,
  "express-011": EXPRESSION,
  "express-019": FUNCTION,
  "express-036": FUNCTION,
  "express-037": FUNCTION,
  "express-047": REFLECTED,
  "fastify-004": "Cache-Control of preflights, which no cache keeps, is not CORS",
  "fastify-005": FUNCTION,
  "fastify-010": FUNCTION,
  "fastify-012": FUNCTION,
  "fastify-014": FUNCTION,
  "fastify-015": FUNCTION,
  "fastify-017": FUNCTION,
  "fastify-018": FUNCTION,
  "fastify-026": EXPRESSION,
  "fastify-028": PASSED_ON,
  "fastify-029": PASSED_ON,
  "fastify-031": REFLECTED,
  "fastify-033": MERGED,
  "fastify-038": MOUNTED,
  "fastify-039": MOUNTED,
  "fastify-042": MOUNTED,
  "fastify-045": STATUS,
  "fastify-046": PASSED_ON,
  "fastify-048": MOUNTED,
  "fastify-049": MOUNTED,
  "fastify-054": PASSED_ON,
  "fastify-056": MOUNTED,
  "fastify-057": MOUNTED,
  "fastify-058": MERGED,
  "fastify-062": MERGED,
  "fastify-063": MERGED,
  "fastify-066": "the plugin always runs first, so that what comes later is under the policy",
  "koa-009": FUNCTION,
  "koa-010": FUNCTION,
  "koa-012": "Cross-Origin-Opener-Policy and -Embedder-Policy are not CORS",
  "koa-015": FUNCTION,
  "koa-016": FUNCTION,
  "koa-018": FUNCTION,
  "koa-037": FUNCTION,
  "koa-043": "the error's own headers are Koa's; koa.test.ts has error pages",
  "koa-048": "Private Network Access was given up by browsers",
  "hono-003": "200 kB are more than Node reads; vulnerabilities/requested-headers.ts has it",
  "hono-010": "how the application's Vary is merged is in exchanges/handlers.ts",
  "hono-012": "how the application's Vary is merged is in exchanges/handlers.ts",
  "hono-013": FUNCTION,
  "hono-014": FUNCTION,
  "hono-015": FUNCTION,
  "hono-017": FUNCTION,
  "hono-018": FUNCTION,
  "hono-021": FUNCTION,
  "hono-024": FUNCTION,
  "hono-025": FUNCTION,
  "hono-026": FUNCTION,
};

/** Cases whose policies do not compile, with the code. */
const REFUSED: Readonly<Record<string, string>> = {
  "express-012": "method-case",
  "express-030": "wildcard-with-credentials",
  "fastify-024": "origin-missing-scheme",
  "hono-004": "origin-insecure",
  "hono-029": "wildcard-with-credentials",
  "hono-032": "wildcard-with-credentials",
  "hono-033": "wildcard-with-credentials",
};

const PREFLIGHT_VARY = "Access-Control-Request-Method, Access-Control-Request-Headers";
const NOTHING_SENT_BACK = "the requested headers are never sent back: any header is *,authorization";
const NO_ORIGIN = "OPTIONS without an Origin is no CORS request, and reaches the handler";

/** Cases that we answer otherwise: our status, or our value of a header, `null` where there is none. */
const DIFFERENT: Readonly<Record<string, { readonly [what: string]: string | number | null; readonly why: string }>> = {
  "express-023": {
    status: 403,
    "access-control-allow-headers": null,
    vary: PREFLIGHT_VARY,
    why: "the headers that it asks for are not those that are allowed, so the preflight fails",
  },
  "express-026": { "access-control-allow-headers": "*,authorization", vary: PREFLIGHT_VARY, why: NOTHING_SENT_BACK },
  "fastify-043": {
    "content-length": null,
    vary: PREFLIGHT_VARY,
    why: "an answer of 204 has no Content-Length (RFC 9110, 8.6); Vary names what the answer depends on",
  },
  "koa-034": { vary: PREFLIGHT_VARY, why: NOTHING_SENT_BACK },
  "hono-002": {
    status: 200,
    "access-control-allow-methods": null,
    "access-control-allow-headers": null,
    why: NO_ORIGIN,
  },
  "hono-035": { status: 200, "access-control-allow-methods": null, why: NO_ORIGIN },
};

/** What the middlewares allow where nothing is said. */
const DEFAULT_METHODS: Readonly<Record<string, readonly string[]>> = {
  "expressjs/cors": ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"],
  "@fastify/cors": ["GET", "HEAD", "POST"],
  "@koa/cors": ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"],
  hono: ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "QUERY"],
};

function originsOf({ origins }: JsPolicy): readonly string[] {
  // All of them are open to everybody where nothing is said.
  if (origins === undefined || origins.kind === "any") return ["*"];
  return origins.values ?? (origins.value === undefined ? [] : [origins.value]);
}

/** The options in our language, their defaults written out. Without a list of headers, any header is allowed. */
function toWritten({ library, policy }: JsCase): WrittenPolicy {
  const { methods, allowHeaders, exposeHeaders, credentials = false, maxAge } = policy;
  return {
    origins: originsOf(policy),
    methods: Array.isArray(methods) ? methods : (DEFAULT_METHODS[library] ?? []),
    headers: allowHeaders === undefined ? ["*", "Authorization"] : [allowHeaders].flat(),
    expose: exposeHeaders === undefined ? [] : [exposeHeaders].flat(),
    credentials,
    maxAge: maxAge === undefined ? null : Number(maxAge),
  };
}

/** The same names, in whatever order and case. */
function normalize(value: string | number | null): string | number | null {
  if (typeof value !== "string") return value;
  return value
    .toLowerCase()
    .split(",")
    .map((item) => item.trim())
    .sort()
    .join(",");
}

/** What of our answer is otherwise than the case says. */
function differencesOf({ answer, recommended }: JsCase, ours: HttpAnswer): Readonly<Record<string, unknown>> {
  const { status, headers, absent } = recommended ?? answer;
  const differences: Record<string, unknown> = {};
  if (status !== null && ours.status !== status) differences.status = ours.status;
  for (const [name, value] of [...Object.entries(headers), ...absent.map((missing) => [missing, null] as const)]) {
    const [own = null] = valuesOf(ours, name);
    if (normalize(own) !== normalize(value)) differences[name] = own;
  }
  return differences;
}

/** The paths of our applications that are like those of the cases. */
function requestOf({ request, handler }: JsCase): readonly string[] {
  const [requestLine = "", ...headerLines] = request;
  const path = handler.status === 204 ? "/no-content" : "/resource";
  return [requestLine.replace(/\/unrouted$/, "/missing").replace(/\/resource$/, path), ...headerLines];
}

const asked = jsCases.filter(({ id }) => !(id in NOT_SAID) && !(id in REFUSED));

test("every case is here, and every row of the tables is about one", () => {
  expect(jsCases.length).toBe(94);
  const ids = jsCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(94);
  const rows = [NOT_SAID, REFUSED, DIFFERENT].flatMap(Object.keys);
  expect(ids).toEqual(expect.arrayContaining(rows));
  expect(new Set(rows).size).toBe(rows.length);
});

test.each(jsCases.filter(({ id }) => id in REFUSED))("$library, $id does not compile: $title", (jsCase) => {
  expect(compileWritten(toWritten(jsCase))).toEqual({ codes: expect.arrayContaining([REFUSED[jsCase.id]]) });
});

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  const { applicationFor, closeAll } = startApplications(start);
  afterAll(closeAll);

  test.each(asked)("$library, $id: $title", async (jsCase) => {
    const written = compileWritten(toWritten(jsCase));
    if ("codes" in written) throw new Error(`does not compile: ${written.codes.join(", ")}`);
    const { port } = await applicationFor(written.compiled);
    const { why: _, ...different } = { why: "", ...DIFFERENT[jsCase.id] };
    expect(differencesOf(jsCase, await send(port, ...requestOf(jsCase)))).toEqual(different);
  });
});
