import { describe, expect, test } from "vitest";
import { isCorsSafelistedMethod, isForbiddenMethod, normalizeMethod } from "../../src/browser/method.js";
import { createRequest, type PageRequest } from "../../src/browser/request.js";

const PAGE: PageRequest = { origin: "https://a.example.com", method: "GET", headers: [], credentials: "same-origin" };

describe("methods", () => {
  test.each(["delete", "Get", "hEAD", "options", "post", "pUT"])("%s is normalized", (method) => {
    expect(normalizeMethod(method)).toBe(method.toUpperCase());
  });

  test.each(["patch", "Patch", "query", "chicken", "*"])("%s is left as it is", (method) => {
    expect(normalizeMethod(method)).toBe(method);
  });

  test("GET, HEAD and POST are safelisted, in this case alone", () => {
    expect(["GET", "HEAD", "POST"].every(isCorsSafelistedMethod)).toBe(true);
    expect(["get", "PUT", "OPTIONS", "*", ""].some(isCorsSafelistedMethod)).toBe(false);
  });

  test("CONNECT, TRACE and TRACK are forbidden, in any case", () => {
    expect(["CONNECT", "Trace", "track"].every(isForbiddenMethod)).toBe(true);
    expect(["TRACED", "OPTIONS", ""].some(isForbiddenMethod)).toBe(false);
  });
});

describe("createRequest", () => {
  test("normalizes the method, and drops forbidden headers", () => {
    const request = createRequest({
      ...PAGE,
      method: "put",
      headers: [
        ["X-B", " 1 "],
        ["Cookie", "a=b"],
        ["Accept", "text/html"],
        ["Sec-Fetch-Mode", "cors"],
        ["X-HTTP-Method-Override", "TRACE"],
      ],
    });
    expect(request).toEqual({
      origin: "https://a.example.com",
      method: "PUT",
      headers: [
        ["X-B", "1"],
        ["Accept", "text/html"],
      ],
      unsafeNames: ["x-b"],
      credentials: "same-origin",
      useCorsPreflight: false,
    });
  });

  test("judges a value by what is left of it without white space", () => {
    expect(createRequest({ ...PAGE, headers: [["Range", " bytes=0-1\r\n"]] })).toMatchObject({ unsafeNames: [] });
    const padded = ` ${"a".repeat(128)} `;
    expect(createRequest({ ...PAGE, headers: [["Accept", padded]] })).toMatchObject({ unsafeNames: [] });
  });

  test("sets the use-CORS-preflight flag for an upload listener", () => {
    expect(createRequest({ ...PAGE, uploadListener: true })).toMatchObject({ useCorsPreflight: true });
  });

  test.each(["", "PUT POST", '"PUT"', "PÜT"])("refuses the method %j", (method) => {
    expect(createRequest({ ...PAGE, method })).toBe("method-malformed");
  });

  test.each(["TRACE", "connect", "Track"])("refuses the method %s, which is forbidden", (method) => {
    expect(createRequest({ ...PAGE, method })).toBe("method-forbidden");
  });

  test.each([
    ["", "1"],
    ["x a", "1"],
    ["x-ä", "1"],
    ["x-a", "1\r\n2"],
    ["x-a", "\0"],
    ["x-a", "\u0100"],
    ["Cookie", "1\n2"],
  ] as const)("refuses the header %j: %j", (name, value) => {
    expect(createRequest({ ...PAGE, headers: [[name, value]] })).toBe("header-malformed");
  });
});
