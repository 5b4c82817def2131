import { describe, expect, test } from "vitest";
import { simulateFetch } from "../../src/browser/fetch.js";
import { createMatcherServer } from "../../src/browser/matcher-server.js";
import { type CompiledPolicy, createMatcher } from "../../src/index.js";

const LISTED = "https://a.example.com";
const SUBDOMAIN = "https://b.c.example.com";
const OTHER = "https://example.org";

const POLICY: CompiledPolicy = {
  version: 1,
  name: "default",
  origins: [LISTED, "https://*.c.example.com"],
  methods: ["PUT"],
  headers: ["x-a"],
  expose: ["ETag"],
  credentials: true,
  maxAge: 600,
};
const OPEN: CompiledPolicy = {
  ...POLICY,
  origins: "*",
  methods: "*",
  headers: "*",
  expose: "*",
  credentials: false,
  maxAge: null,
};

describe("createMatcherServer", () => {
  const server = createMatcherServer(createMatcher(POLICY), { status: 201, headers: [["ETag", "1"]] });
  const actual = { method: "GET", requestMethod: null, requestHeaders: null };
  const preflight = { method: "OPTIONS", requestMethod: "PUT", requestHeaders: "x-a" };

  test("answers an allowed request with the application's response, and the policy's headers", () => {
    expect(server({ ...actual, origin: SUBDOMAIN })).toEqual({
      status: 201,
      headers: [
        ["ETag", "1"],
        ["Access-Control-Allow-Origin", SUBDOMAIN],
        ["Access-Control-Allow-Credentials", "true"],
        ["Access-Control-Expose-Headers", "ETag"],
        ["Vary", "Origin"],
      ],
    });
  });

  test.each([OTHER, null, undefined])("answers a request from %s with the application's response", (origin) => {
    const headers = [
      ["ETag", "1"],
      ["Vary", "Origin"],
    ];
    expect(server({ ...actual, origin })).toEqual({ status: 201, headers });
  });

  test("answers preflights without the application", () => {
    const vary = ["Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"];
    expect(server({ ...preflight, origin: LISTED })).toEqual({
      status: 204,
      headers: [
        ["Access-Control-Allow-Origin", LISTED],
        ["Access-Control-Allow-Credentials", "true"],
        ["Access-Control-Allow-Methods", "PUT"],
        ["Access-Control-Allow-Headers", "x-a"],
        ["Access-Control-Max-Age", "600"],
        vary,
      ],
    });
    expect(server({ ...preflight, origin: OTHER })).toEqual({ status: 403, headers: [vary] });
  });

  test("answers with the policy's headers of CORS, whatever the application sets of them", () => {
    const own = [
      ["access-control-allow-origin", "*"],
      ["ACCESS-CONTROL-ALLOW-METHODS", "*"],
      ["X-Access-Control-Id", "1"],
    ] as const;
    const { headers } = createMatcherServer(createMatcher(POLICY), { status: 200, headers: own })({
      ...actual,
      origin: LISTED,
    });
    expect(headers.map(([name]) => name)).toEqual([
      "X-Access-Control-Id",
      "Access-Control-Allow-Origin",
      "Access-Control-Allow-Credentials",
      "Access-Control-Expose-Headers",
      "Vary",
    ]);
  });

  test("answers 200 for an application that is not given, and without Vary where nothing varies", () => {
    expect(createMatcherServer(createMatcher(OPEN))({ ...actual, origin: OTHER })).toEqual({
      status: 200,
      headers: [
        ["Access-Control-Allow-Origin", "*"],
        ["Access-Control-Expose-Headers", "*"],
      ],
    });
  });
});

const METHODS = ["GET", "POST", "PUT", "put", "PATCH", "patch", "OPTIONS"];
const HEADER_NAMES = [[], ["x-a"], ["X-A", "X-B"], ["Authorization"], ["Cookie"]];
const POLICIES = [
  POLICY,
  OPEN,
  { ...OPEN, headers: ["authorization"] },
  { ...POLICY, credentials: false, methods: [], headers: [] },
  { ...OPEN, origins: ["null"] },
] satisfies CompiledPolicy[];

/*
 * What a decision is for: a page can do what the policy allows, and nothing else. With credentials, only where the
 * policy has them.
 */
describe("a page experiences what the policy decides", () => {
  test.each(POLICIES)("policy %#", (policy) => {
    const matcher = createMatcher(policy);
    const outcomes = new Set<string>();
    for (const origin of [LISTED, SUBDOMAIN, OTHER, "null"]) {
      for (const method of METHODS) {
        for (const names of HEADER_NAMES) {
          for (const credentials of ["omit", "include"] as const) {
            const headers = names.map((name) => [name, "1"] as const);
            const experience = simulateFetch({ origin, method, headers, credentials }, createMatcherServer(matcher));
            if (experience.outcome === "refused") throw new Error(`${method} is refused`);
            const actual = { method, origin, requestMethod: null, requestHeaders: null };
            const requests = experience.preflight === null ? [actual] : [experience.preflight.facts, actual];
            const isAllowed = requests.every((request) => matcher.explain(request) === null);
            const expected = isAllowed && (credentials === "omit" || policy.credentials) ? "readable" : "not readable";
            const found = experience.outcome === "readable" ? "readable" : "not readable";
            expect(found, JSON.stringify({ origin, method, names, credentials })).toBe(expected);
            outcomes.add(experience.outcome);
          }
        }
      }
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
