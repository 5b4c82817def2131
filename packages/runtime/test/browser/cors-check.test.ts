import { describe, expect, test } from "vitest";
import { findCorsCheckFailure } from "../../src/browser/cors-check.js";
import type { Header } from "../../src/index.js";

const ORIGIN = "https://a.example.com";

function check(credentials: "omit" | "same-origin" | "include", origin: string, ...headers: Header[]) {
  return findCorsCheckFailure({ origin, credentials }, { status: 200, headers });
}

function allowOrigin(value: string): Header {
  return ["Access-Control-Allow-Origin", value];
}

function allowCredentials(value: string): Header {
  return ["Access-Control-Allow-Credentials", value];
}

describe.each(["omit", "same-origin"] as const)("credentials mode %s", (mode) => {
  test("* and the origin itself pass, whatever Allow-Credentials says", () => {
    expect(check(mode, ORIGIN, allowOrigin("*"))).toBeNull();
    expect(check(mode, "null", allowOrigin("*"))).toBeNull();
    expect(check(mode, ORIGIN, allowOrigin(ORIGIN))).toBeNull();
    expect(check(mode, "null", allowOrigin("null"))).toBeNull();
    expect(check(mode, ORIGIN, allowOrigin(ORIGIN), allowCredentials("false"))).toBeNull();
  });

  test("no Allow-Origin fails", () => {
    expect(check(mode, ORIGIN)).toBe("allow-origin-missing");
  });

  test.each([
    `${ORIGIN}/`,
    `${ORIGIN}:443`,
    "https://A.example.com",
    `${ORIGIN}, ${ORIGIN}`,
    "null",
    "",
    "**",
    "https://*.example.com",
  ])("%j fails", (value) => {
    expect(check(mode, ORIGIN, allowOrigin(value))).toBe("allow-origin-different");
  });

  test("two lines fail", () => {
    expect(check(mode, ORIGIN, allowOrigin("*"), allowOrigin("*"))).toBe("allow-origin-different");
    expect(check(mode, ORIGIN, allowOrigin(ORIGIN), allowOrigin(ORIGIN))).toBe("allow-origin-different");
  });
});

describe("credentials mode include", () => {
  test("the origin itself and true pass", () => {
    expect(check("include", ORIGIN, allowOrigin(ORIGIN), allowCredentials(" true\t"))).toBeNull();
    expect(check("include", "null", allowOrigin("null"), allowCredentials("true"))).toBeNull();
  });

  test("* fails", () => {
    expect(check("include", ORIGIN, allowOrigin("*"), allowCredentials("true"))).toBe("allow-origin-different");
  });

  test("no Allow-Credentials fails", () => {
    expect(check("include", ORIGIN, allowOrigin(ORIGIN))).toBe("allow-credentials-not-true");
  });

  test.each(["True", "TRUE", '"true"', "1", "true,true", "false", ""])("Allow-Credentials: %j fails", (value) => {
    expect(check("include", ORIGIN, allowOrigin(ORIGIN), allowCredentials(value))).toBe("allow-credentials-not-true");
  });

  test("two lines of true fail", () => {
    const headers = [allowOrigin(ORIGIN), allowCredentials("true"), allowCredentials("true")];
    expect(check("include", ORIGIN, ...headers)).toBe("allow-credentials-not-true");
  });
});
