/*
 * One policy, as each of those that are compared is told it: for a single-page application with cookies, in every detail
 * the same.
 */

export const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"];
export const HEADERS = ["authorization", "content-type", "x-request-id", "x-trace-id"];
const EXPOSE = ["ETag", "X-Total-Count"];
export const MAX_AGE = 600;

/** What headers say of it, for who writes them by hand. */
export const HEADER_VALUES = {
  methods: METHODS.join(","),
  headers: HEADERS.join(","),
  expose: EXPOSE.join(","),
  maxAge: String(MAX_AGE),
  preflightVary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
};

/** The policy as our compiler emits it. */
export function compiledPolicy(origins) {
  return {
    version: 1,
    name: "default",
    origins,
    methods: METHODS,
    headers: HEADERS,
    expose: EXPOSE,
    credentials: true,
    maxAge: MAX_AGE,
  };
}

/** The same as options of `cors` and `@fastify/cors`, by their READMEs. */
export function packageOptions(origins) {
  return {
    origin: origins,
    methods: METHODS,
    allowedHeaders: HEADERS,
    exposedHeaders: EXPOSE,
    credentials: true,
    maxAge: MAX_AGE,
  };
}

/**
 * The same as options of `@koa/cors` and `hono/cors`, by their READMEs.
 *
 * @param origin - As each takes it: a list, or a function.
 */
export function middlewareOptions(origin) {
  return {
    origin,
    allowMethods: METHODS,
    allowHeaders: HEADERS,
    exposeHeaders: EXPOSE,
    credentials: true,
    maxAge: MAX_AGE,
  };
}

/** Numbers of equal length, so that texts of equal length differ late: nothing is decided by a length. */
function numberOf(index) {
  return String(index).padStart(6, "0");
}

/**
 * Flat, as texts in source code and in JSON are. What a template makes is two texts and a note to join them, which V8
 * keeps even where it has joined them since: some processes then took ten times as long to compare ten origins as others.
 */
function listOf(count, text) {
  const list = Array.from({ length: count }, (_, index) => text(numberOf(index)));
  return JSON.parse(JSON.stringify(list));
}

/** Numbers that no list reaches. */
const STRANGERS = 900_000;

function strangersOf(count, text) {
  return Array.from({ length: Math.min(count, 1000) }, (_, index) => text(numberOf(STRANGERS + index)));
}

/**
 * Kinds of origin lists: the patterns of a policy, and origins that it allows and denies.
 *
 * @param {"exact" | "subdomains" | "partial" | "ports"} shape
 * @param {number} count - How many patterns.
 */
export function listOrigins(shape, count) {
  switch (shape) {
    case "exact": {
      const exact = (number) => `https://tenant-${number}.apps.example.com`;
      const origins = listOf(count, exact);
      return { origins, allowed: origins, denied: strangersOf(count, exact) };
    }
    case "subdomains":
      return {
        origins: listOf(count, (number) => `https://*.tenant-${number}.example.com`),
        allowed: listOf(count, (number) => `https://app.tenant-${number}.example.com`),
        denied: strangersOf(count, (number) => `https://app.tenant-${number}.example.com`),
      };
    case "partial":
      return {
        origins: ["https://preview-*.example.dev"],
        allowed: listOf(32, (number) => `https://preview-${number}.example.dev`),
        denied: listOf(32, (number) => `https://preview-${number}.example.net`),
      };
    case "ports":
      return {
        origins: ["http://localhost:*"],
        allowed: listOf(32, (number) => `http://localhost:${10_000 + Number(number)}`),
        denied: listOf(32, (number) => `http://localhast:${10_000 + Number(number)}`),
      };
    default:
      throw new Error(`there is no shape ${shape}`);
  }
}
