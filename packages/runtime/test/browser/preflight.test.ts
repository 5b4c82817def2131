import { describe, expect, test } from "vitest";
import { createPreflight, findPreflightFailure, needsPreflight } from "../../src/browser/preflight.js";
import type { CorsModeRequest } from "../../src/browser/request.js";
import type { Header } from "../../src/index.js";

const ORIGIN = "https://a.example.com";

const GET: CorsModeRequest = {
  origin: ORIGIN,
  method: "GET",
  headers: [],
  unsafeNames: [],
  credentials: "same-origin",
  useCorsPreflight: false,
};
const PUT: CorsModeRequest = { ...GET, method: "PUT" };
const INCLUDE = { credentials: "include" } as const;

/** The failure of a preflight that passes the CORS check, with these lists. */
function fail(request: CorsModeRequest, lists: { methods?: string; headers?: string }, status = 204) {
  const headers: Header[] = [
    ["Access-Control-Allow-Origin", ORIGIN],
    ["Access-Control-Allow-Credentials", "true"],
  ];
  if (lists.methods !== undefined) headers.push(["Access-Control-Allow-Methods", lists.methods]);
  if (lists.headers !== undefined) headers.push(["Access-Control-Allow-Headers", lists.headers]);
  return findPreflightFailure(request, { status, headers });
}

describe("needsPreflight", () => {
  test.each([
    { change: {}, needs: false },
    { change: { method: "HEAD" }, needs: false },
    { change: { method: "POST" }, needs: false },
    { change: { method: "PUT" }, needs: true },
    { change: { method: "OPTIONS" }, needs: true },
    { change: { unsafeNames: ["x-a"] }, needs: true },
    { change: { useCorsPreflight: true }, needs: true },
  ])("$change", ({ change, needs }) => {
    expect(needsPreflight({ ...GET, ...change })).toBe(needs);
  });
});

describe("createPreflight", () => {
  test("asks for method and headers", () => {
    expect(createPreflight({ origin: ORIGIN, method: "patch", unsafeNames: ["content-type", "x-a"] })).toEqual({
      facts: { method: "OPTIONS", origin: ORIGIN, requestMethod: "patch", requestHeaders: "content-type,x-a" },
      headers: [
        ["Accept", "*/*"],
        ["Access-Control-Request-Method", "patch"],
        ["Access-Control-Request-Headers", "content-type,x-a"],
        ["Origin", ORIGIN],
      ],
    });
  });

  test("has no Access-Control-Request-Headers where none are unsafe", () => {
    expect(createPreflight({ origin: "null", method: "DELETE", unsafeNames: [] })).toEqual({
      facts: { method: "OPTIONS", origin: "null", requestMethod: "DELETE", requestHeaders: null },
      headers: [
        ["Accept", "*/*"],
        ["Access-Control-Request-Method", "DELETE"],
        ["Origin", "null"],
      ],
    });
  });
});

describe("findPreflightFailure", () => {
  test("the CORS check comes first, with the request's credentials mode", () => {
    const response = { status: 500, headers: [["Access-Control-Allow-Origin", ORIGIN]] } as const;
    expect(findPreflightFailure({ ...PUT, ...INCLUDE }, response)).toEqual({
      step: "cors-check",
      failure: "allow-credentials-not-true",
    });
    expect(findPreflightFailure(PUT, { status: 204, headers: [] })).toEqual({
      step: "cors-check",
      failure: "allow-origin-missing",
    });
  });

  test.each([200, 204, 226, 299])("status %i is ok", (status) => {
    expect(fail(GET, {}, status)).toBeNull();
  });

  test.each([199, 300, 301, 304, 403, 500])("status %i is not, whatever else is wrong", (status) => {
    expect(fail(PUT, { methods: "a b" }, status)).toEqual({ step: "ok-status", status });
  });

  test("a list that can't be parsed fails, needed or not", () => {
    const allowMethods = { step: "parse", header: "Access-Control-Allow-Methods" };
    const allowHeaders = { step: "parse", header: "Access-Control-Allow-Headers" };
    expect(fail(PUT, { methods: "PUT, BAD METHOD" })).toEqual(allowMethods);
    expect(fail(GET, { methods: "a;b", headers: "a;b" })).toEqual(allowMethods);
    expect(fail(PUT, { methods: "PUT", headers: "x-a:" })).toEqual(allowHeaders);
    expect(fail(PUT, { headers: "x-a:" })).toEqual(allowHeaders);
  });

  describe("method", () => {
    const failure = { step: "method", method: "PUT" };

    test("is listed, in this case", () => {
      expect(fail(PUT, { methods: "GET, PUT" })).toBeNull();
      expect(fail(PUT, { methods: "put" })).toEqual(failure);
      expect(fail(PUT, { methods: "GET" })).toEqual(failure);
      expect(fail(PUT, {})).toEqual(failure);
    });

    test("is safelisted", () => {
      expect(fail({ ...GET, method: "POST", unsafeNames: ["x-a"] }, { methods: "PUT", headers: "x-a" })).toBeNull();
    });

    test("is covered by *, without credentials", () => {
      expect(fail(PUT, { methods: "GET, *" })).toBeNull();
      expect(fail({ ...PUT, ...INCLUDE }, { methods: "*" })).toEqual(failure);
      expect(fail({ ...PUT, ...INCLUDE, method: "*" }, { methods: "*" })).toBeNull();
    });

    test("passes with an upload listener where there is no list", () => {
      const upload = { ...PUT, useCorsPreflight: true };
      expect(fail(upload, {})).toBeNull();
      expect(fail(upload, { methods: "" })).toEqual(failure);
      expect(fail(upload, { methods: "GET" })).toEqual(failure);
    });
  });

  describe("headers", () => {
    const asks = (...unsafeNames: string[]): CorsModeRequest => ({ ...GET, unsafeNames });

    test("are listed, in any case", () => {
      expect(fail(asks("x-a", "x-b"), { headers: "X-B,x-A" })).toBeNull();
      expect(fail(asks("x-a", "x-b"), { headers: "x-b" })).toEqual({ step: "headers", name: "x-a" });
      expect(fail(asks("x-a"), { headers: "x-*" })).toEqual({ step: "headers", name: "x-a" });
      expect(fail(asks("x-a"), {})).toEqual({ step: "headers", name: "x-a" });
    });

    test("are covered by *, without credentials", () => {
      expect(fail(asks("x-a"), { headers: "*" })).toBeNull();
      expect(fail({ ...asks("x-a"), ...INCLUDE }, { headers: "*" })).toEqual({ step: "headers", name: "x-a" });
      expect(fail({ ...asks("*"), ...INCLUDE }, { headers: "*" })).toBeNull();
    });

    test("Authorization is not covered by *, and told first", () => {
      const request = asks("a", "authorization");
      expect(fail(request, { headers: "*" })).toEqual({ step: "headers", name: "authorization" });
      expect(fail(request, {})).toEqual({ step: "headers", name: "authorization" });
      expect(fail(request, { headers: "*, Authorization" })).toBeNull();
      expect(fail({ ...request, ...INCLUDE }, { headers: "*, authorization" })).toEqual({ step: "headers", name: "a" });
    });

    test("come after the method", () => {
      expect(fail({ ...PUT, unsafeNames: ["x-a"] }, {})).toEqual({ step: "method", method: "PUT" });
    });
  });
});
