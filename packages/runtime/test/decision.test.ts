import { describe, expect, test } from "vitest";
import { type CompiledPolicy, createMatcher, type Decision } from "../src/index.js";
import { actualRequest, anonymousPolicy, credentialedPolicy, preflight } from "./policies.js";

const ORIGIN = "https://app.example.com";
const EVIL = "https://evil.test";
const PREFLIGHT_VARY = "Access-Control-Request-Method, Access-Control-Request-Headers";

const account = credentialedPolicy({
  origins: [ORIGIN],
  methods: ["GET", "PUT", "PATCH"],
  headers: ["x-request-id", "content-type"],
  expose: ["ETag", "X-Request-Id"],
  maxAge: 600,
});

const list = anonymousPolicy({
  origins: [ORIGIN],
  methods: ["PUT"],
  headers: ["content-type"],
  expose: ["ETag"],
  maxAge: 0,
});

const open = anonymousPolicy({ origins: "*", methods: "*", headers: "*", expose: "*", maxAge: 86400 });

/** Nothing written but the origin. */
const bare = anonymousPolicy({ origins: [ORIGIN] });

describe("a request without Origin is not CORS: the handler runs", () => {
  test.each([account, list, bare])("and the answer varies by Origin (%#)", (policy) => {
    expect(createMatcher(policy).decide(actualRequest(null))).toEqual({
      outcome: "not-cors",
      status: null,
      allowOrigin: null,
      headers: [],
      vary: "Origin",
    });
  });

  test("with origins * the headers go out all the same, so that a cached copy works", () => {
    expect(createMatcher(open).decide(actualRequest(null))).toEqual({
      outcome: "not-cors",
      status: null,
      allowOrigin: "*",
      headers: [["Access-Control-Expose-Headers", "*"]],
      vary: "",
    });
  });

  test.each([
    ["undefined", { method: "GET", origin: undefined, requestMethod: undefined, requestHeaders: undefined }],
    ["null", { method: "GET", origin: null, requestMethod: null, requestHeaders: null }],
    ["OPTIONS", { method: "OPTIONS", origin: null, requestMethod: null, requestHeaders: null }],
    ["what else a preflight has", { method: "OPTIONS", origin: null, requestMethod: "PUT", requestHeaders: "x" }],
  ])("whatever else it has: %s", (_title, request) => {
    expect(createMatcher(account).decide(request).outcome).toBe("not-cors");
    expect(createMatcher(account).explain(request)).toBeNull();
  });

  test("but an empty Origin is one", () => {
    expect(createMatcher(account).decide(actualRequest("")).outcome).toBe("actual-denied");
  });
});

describe("an actual request of an allowed origin", () => {
  test("with credentials", () => {
    expect(createMatcher(account).decide(actualRequest(ORIGIN))).toEqual({
      outcome: "actual-allowed",
      status: null,
      allowOrigin: "request-origin",
      headers: [
        ["Access-Control-Allow-Credentials", "true"],
        ["Access-Control-Expose-Headers", "ETag,X-Request-Id"],
      ],
      vary: "Origin",
    });
  });

  test("without credentials", () => {
    expect(createMatcher(list).decide(actualRequest(ORIGIN))).toEqual({
      outcome: "actual-allowed",
      status: null,
      allowOrigin: "request-origin",
      headers: [["Access-Control-Expose-Headers", "ETag"]],
      vary: "Origin",
    });
  });

  test("with nothing to expose", () => {
    expect(createMatcher(bare).decide(actualRequest(ORIGIN)).headers).toEqual([]);
  });

  test("where any origin is", () => {
    expect(createMatcher(open).decide(actualRequest(EVIL))).toEqual({
      outcome: "actual-allowed",
      status: null,
      allowOrigin: "*",
      headers: [["Access-Control-Expose-Headers", "*"]],
      vary: "",
    });
  });

  test.each(["GET", "POST", "DELETE", "OPTIONS", "options", "PROPFIND", ""])(
    "is allowed with any method, for that was the preflight's matter: %j",
    (method) => {
      expect(createMatcher(bare).decide(actualRequest(ORIGIN, method)).outcome).toBe("actual-allowed");
    },
  );
});

describe("an actual request of another origin", () => {
  test.each([account, list, bare])("has no CORS header, and the handler runs (%#)", (policy) => {
    expect(createMatcher(policy).decide(actualRequest(EVIL))).toEqual({
      outcome: "actual-denied",
      status: null,
      allowOrigin: null,
      headers: [],
      vary: "Origin",
    });
  });
});

describe("what a preflight is", () => {
  test.each([
    ["OPTIONS with both headers", preflight(ORIGIN, "PUT"), "preflight-passed"],
    ["OPTIONS with an empty Access-Control-Request-Method", preflight(ORIGIN, ""), "preflight-failed"],
    ["not OPTIONS without Access-Control-Request-Method", preflight(ORIGIN, null), "actual-allowed"],
    ["not another method", { ...preflight(ORIGIN, "PUT"), method: "GET" }, "actual-allowed"],
    ["not options in lower case", { ...preflight(ORIGIN, "PUT"), method: "options" }, "actual-allowed"],
    ["not without Origin", preflight(null, "PUT"), "not-cors"],
  ])("%s", (_title, request, outcome) => {
    expect(createMatcher(account).decide(request).outcome).toBe(outcome);
  });
});

describe("a passed preflight is answered with all that the policy allows", () => {
  test("with credentials", () => {
    expect(createMatcher(account).decide(preflight(ORIGIN, "PUT", "content-type"))).toEqual({
      outcome: "preflight-passed",
      status: 204,
      allowOrigin: "request-origin",
      headers: [
        ["Access-Control-Allow-Credentials", "true"],
        ["Access-Control-Allow-Methods", "GET,PUT,PATCH"],
        ["Access-Control-Allow-Headers", "x-request-id,content-type"],
        ["Access-Control-Max-Age", "600"],
      ],
      vary: `Origin, ${PREFLIGHT_VARY}`,
    });
  });

  test("without credentials, and a max-age of nothing", () => {
    expect(createMatcher(list).decide(preflight(ORIGIN, "GET"))).toEqual({
      outcome: "preflight-passed",
      status: 204,
      allowOrigin: "request-origin",
      headers: [
        ["Access-Control-Allow-Methods", "PUT"],
        ["Access-Control-Allow-Headers", "content-type"],
        ["Access-Control-Max-Age", "0"],
      ],
      vary: `Origin, ${PREFLIGHT_VARY}`,
    });
  });

  test("where everything is: Authorization is named beside *", () => {
    expect(createMatcher(open).decide(preflight(EVIL, "ANYTHING", "x-whatever"))).toEqual({
      outcome: "preflight-passed",
      status: 204,
      allowOrigin: "*",
      headers: [
        ["Access-Control-Allow-Methods", "*"],
        ["Access-Control-Allow-Headers", "*,authorization"],
        ["Access-Control-Max-Age", "86400"],
      ],
      vary: PREFLIGHT_VARY,
    });
  });

  test("where nothing is listed", () => {
    expect(createMatcher(bare).decide(preflight(ORIGIN, "POST"))).toEqual({
      outcome: "preflight-passed",
      status: 204,
      allowOrigin: "request-origin",
      headers: [],
      vary: `Origin, ${PREFLIGHT_VARY}`,
    });
  });
});

describe("a failed preflight is answered with 403 and nothing that tells why", () => {
  test.each([
    ["origin", preflight(EVIL, "PUT", "content-type")],
    ["method", preflight(ORIGIN, "DELETE", "content-type")],
    ["headers", preflight(ORIGIN, "PUT", "x-evil")],
  ])("for its %s", (_step, request) => {
    expect(createMatcher(account).decide(request)).toEqual({
      outcome: "preflight-failed",
      status: 403,
      allowOrigin: null,
      headers: [],
      vary: `Origin, ${PREFLIGHT_VARY}`,
    });
  });

  test("and with origins * it does not vary by Origin", () => {
    const policy = anonymousPolicy({ origins: "*" });

    expect(createMatcher(policy).decide(preflight(EVIL, "PUT")).vary).toEqual(PREFLIGHT_VARY);
  });
});

describe("the requested method", () => {
  const outcomeOf = (policy: CompiledPolicy, method: string) =>
    createMatcher(policy).decide(preflight(ORIGIN, method)).outcome;

  test.each(["GET", "HEAD", "POST"])("%s passes whatever is listed", (method) => {
    expect(outcomeOf(bare, method)).toBe("preflight-passed");
    expect(outcomeOf(list, method)).toBe("preflight-passed");
  });

  test.each(["put", "Put", "PUT ", " PUT", "PUT,GET", "PU", "PUTT", "*", "get", ""])(
    "is compared byte for byte: %j is not PUT",
    (method) => {
      expect(outcomeOf(list, "PUT")).toBe("preflight-passed");
      expect(outcomeOf(list, method)).toBe("preflight-failed");
    },
  );

  test.each(["PUT", "put", "", "a b", "M".repeat(5000), "\u212a"])("is not read where all are: %j", (method) => {
    expect(outcomeOf(anonymousPolicy({ origins: [ORIGIN], methods: "*" }), method)).toBe("preflight-passed");
  });

  test("may be a name that every object has", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(outcomeOf(account, name)).toBe("preflight-failed");
      expect(createMatcher(account).decide(preflight(ORIGIN, "PUT", name)).outcome).toBe("preflight-failed");
      expect(createMatcher(account).decide(actualRequest(name)).outcome).toBe("actual-denied");
    }
  });
});

describe("decisions are shared, so nobody can change them", () => {
  const matcher = createMatcher(account);
  const decisions: readonly [string, Decision][] = [
    ["not CORS", matcher.decide(actualRequest(null))],
    ["actual, allowed", matcher.decide(actualRequest(ORIGIN))],
    ["actual, denied", matcher.decide(actualRequest(EVIL))],
    ["preflight, passed", matcher.decide(preflight(ORIGIN, "PUT"))],
    ["preflight, failed", matcher.decide(preflight(EVIL, "PUT"))],
    ["debugging, at the origin", matcher.decide(preflight(EVIL, "PUT"), true)],
    ["debugging, at the method", matcher.decide(preflight(ORIGIN, "DELETE"), true)],
    ["debugging, at the headers", matcher.decide(preflight(ORIGIN, "PUT", "x-evil"), true)],
  ];

  test.each(decisions)("%s", (_title, decision) => {
    const change = (target: object) => () => Object.assign(target, { 0: "changed", status: 200 });

    expect(change(decision)).toThrow(TypeError);
    expect(change(decision.headers)).toThrow(TypeError);
    for (const header of decision.headers) expect(change(header)).toThrow(TypeError);
  });

  test("requests that are answered alike get the same object", () => {
    expect(matcher.decide(actualRequest(EVIL))).toBe(matcher.decide(actualRequest("https://other.test", "DELETE")));
  });

  test("the matcher and its policy cannot be changed either", () => {
    expect(() => Object.assign(matcher, { decide: () => null })).toThrow(TypeError);
    expect(() => Object.assign(matcher.policy, { origins: "*" })).toThrow(TypeError);
    expect(() => Object.assign(matcher.policy.origins, { 0: EVIL })).toThrow(TypeError);
  });

  test("changes to the data it was made of are not seen", () => {
    const origins = [ORIGIN];
    const made = createMatcher(anonymousPolicy({ origins }));
    origins[0] = EVIL;

    expect(made.policy.origins).toEqual([ORIGIN]);
    expect(made.decide(actualRequest(EVIL)).outcome).toBe("actual-denied");
  });
});
