import { describe, expect, test } from "vitest";
import { createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy, credentialedPolicy, preflight } from "./policies.js";

const ORIGIN = "https://app.example.com";
const EVIL = "https://evil.test";
const PREFLIGHT_VARY = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

const matcher = createMatcher(
  credentialedPolicy({
    origins: [ORIGIN],
    methods: ["PUT"],
    headers: ["content-type"],
    expose: ["ETag"],
    maxAge: 600,
  }),
);

describe("explain says nothing of what is not denied", () => {
  test.each([
    ["not CORS", actualRequest(null)],
    ["actual, allowed", actualRequest(ORIGIN)],
    ["actual, with a method that a preflight would fail for", actualRequest(ORIGIN, "DELETE")],
    ["preflight, passed", preflight(ORIGIN, "PUT", "content-type")],
  ])("%s", (_title, request) => {
    expect(matcher.explain(request)).toBeNull();
  });
});

describe("explain names the first step that fails", () => {
  test.each([
    ["origin", actualRequest(EVIL), { reason: "origin-not-allowed" }],
    ["origin null", actualRequest("null"), { reason: "origin-not-allowed" }],
    ["malformed origin", actualRequest("https://evil.test/"), { reason: "origin-malformed" }],
    ["origin before method and headers", preflight(EVIL, "DELETE", "x-evil"), { reason: "origin-not-allowed" }],
    ["malformed origin before them", preflight("", "", "a b"), { reason: "origin-malformed" }],
    ["method", preflight(ORIGIN, "DELETE"), { reason: "method-not-allowed" }],
    ["method in another case", preflight(ORIGIN, "put"), { reason: "method-not-allowed" }],
    ["method of 128 characters", preflight(ORIGIN, "M".repeat(128)), { reason: "method-not-allowed" }],
    ["method of 129 characters", preflight(ORIGIN, "M".repeat(129)), { reason: "method-malformed" }],
    ["empty method", preflight(ORIGIN, ""), { reason: "method-malformed" }],
    ["method that is no token", preflight(ORIGIN, "PUT, GET"), { reason: "method-malformed" }],
    ["method beyond ASCII", preflight(ORIGIN, "P\u00dcT"), { reason: "method-malformed" }],
    ["method before headers", preflight(ORIGIN, "DELETE", "a b"), { reason: "method-not-allowed" }],
    ["header", preflight(ORIGIN, "PUT", "X-Evil"), { reason: "header-not-allowed", name: "x-evil" }],
    ["malformed headers", preflight(ORIGIN, "PUT", "a b"), { reason: "headers-malformed" }],
  ])("%s", (_title, request, denial) => {
    expect(matcher.explain(request)).toEqual(denial);
  });
});

describe("for debugging, a failed preflight is answered with 204 and what it earned", () => {
  test("at the origin: nothing", () => {
    expect(matcher.decide(preflight(EVIL, "PUT"), true)).toEqual({
      outcome: "preflight-failed",
      status: 204,
      allowOrigin: null,
      headers: [],
      vary: PREFLIGHT_VARY,
    });
  });

  test("at the method: the origin", () => {
    expect(matcher.decide(preflight(ORIGIN, "DELETE"), true)).toEqual({
      outcome: "preflight-failed",
      status: 204,
      allowOrigin: "request-origin",
      headers: [["Access-Control-Allow-Credentials", "true"]],
      vary: PREFLIGHT_VARY,
    });
  });

  test("at the headers: all but how long to remember it, so that a console can name the one that is missing", () => {
    expect(matcher.decide(preflight(ORIGIN, "PUT", "x-evil"), true)).toEqual({
      outcome: "preflight-failed",
      status: 204,
      allowOrigin: "request-origin",
      headers: [
        ["Access-Control-Allow-Credentials", "true"],
        ["Access-Control-Allow-Methods", "PUT"],
        ["Access-Control-Allow-Headers", "content-type"],
      ],
      vary: PREFLIGHT_VARY,
    });
  });

  test.each([
    ["not CORS", actualRequest(null)],
    ["actual, allowed", actualRequest(ORIGIN)],
    ["actual, denied", actualRequest(EVIL)],
    ["preflight, passed", preflight(ORIGIN, "PUT", "content-type")],
  ])("all else is answered as ever: %s", (_title, request) => {
    expect(matcher.decide(request, true)).toBe(matcher.decide(request));
  });

  test.each([false, undefined, 1, "true", {}])(
    "only for true itself, as list.map(matcher.decide) passes numbers: %j",
    (debug) => {
      // The cast does not hold: that is what is tested.
      expect(matcher.decide(preflight(ORIGIN, "DELETE"), debug as boolean)).toMatchObject({ status: 403, headers: [] });
    },
  );
});

describe("findOrigin says which item of the list allows an origin", () => {
  const patterns = createMatcher(
    anonymousPolicy({ origins: [ORIGIN, "https://*.example.net", "http://localhost:*", "null"] }),
  );

  test.each([
    ["an origin as it is listed", ORIGIN, ORIGIN],
    ["a pattern", "https://a.b.example.net", "https://*.example.net"],
    ["a pattern of any port", "http://localhost:8080", "http://localhost:*"],
    ["null", "null", "null"],
    ["none", EVIL, null],
    ["none, for an origin that is malformed", "https://app.example.com/", null],
    ["none, for no text", "", null],
  ])("%s", (_title, origin, item) => {
    expect(patterns.findOrigin(origin)).toBe(item);
  });

  test("* allows all", () => {
    const open = createMatcher(anonymousPolicy({ origins: "*" }));

    expect([EVIL, "null", "no origin", ""].map((origin) => open.findOrigin(origin))).toEqual(["*", "*", "*", "*"]);
  });

  test("origins none allows none", () => {
    expect(createMatcher(anonymousPolicy()).findOrigin(ORIGIN)).toBeNull();
  });
});
