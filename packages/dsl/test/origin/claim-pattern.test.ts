import { describe, expect, test } from "vitest";
import { parseClaimPattern } from "../../src/origin/claim-pattern.js";
import { parseOriginPattern } from "../../src/origin/parse.js";

describe("a claim's host may be a bare star", () => {
  test.each([
    ["http://*", "http", "default"],
    ["https://*", "https", "default"],
    ["http://*:*", "http", "any"],
    ["http://*:8080", "http", 8080],
    ["https://*:80", "https", 80],
    ["chrome-extension://*", "chrome-extension", "default"],
    ["capacitor://*:*", "capacitor", "any"],
  ])("%s", (text, scheme, port) => {
    expect(parseClaimPattern(text)).toEqual({ value: { kind: "any-host", scheme, port } });
  });
});

describe("what is wrong around the star is what would be wrong around a name", () => {
  test.each([
    ["http://*:80", "origin-default-port"],
    ["https://*:0", "origin-port"],
    ["https://*:65536", "origin-port"],
    ["https://*:", "origin-port"],
    ["https://*:8*", "origin-port"],
    ["https://*:1:2", "origin-port"],
    ["https://*/", "origin-has-path"],
    ["https://*/a", "origin-has-path"],
    ["https://*?", "origin-has-path"],
    ["https://*#", "origin-has-path"],
    ["HTTP://*", "origin-uppercase"],
    ["ws://*", "origin-scheme"],
    ["file://*", "origin-scheme"],
    ["ht!tp://*", "origin-scheme"],
    ["*://*", "origin-wildcard"],
    ["://*", "origin-missing-scheme"],
    ["//*", "origin-missing-scheme"],
    ["'http://*'", "origin-syntax"],
    ['"http://*', "origin-syntax"],
    ["http:/*", "origin-syntax"],
  ])("%s: %s", (text, code) => {
    expect(parseClaimPattern(text)).toMatchObject({ problem: { code } });
  });
});

describe("everything else is an origin pattern, or none", () => {
  test.each([
    "null",
    "https://example.com",
    "https://*.example.com:*",
    "https://preview-*.example.dev",
    "http://[::1]:3000",
    // Not claims' patterns either.
    "*",
    "https://**",
    "https://*example.com",
    "https://*.",
    "https://*.*",
    "https://*@example.com",
    "https://[*]",
    "https://a*",
    "https://user@*",
    "https://a/https://*",
    "",
  ])("%s", (text) => {
    expect(parseClaimPattern(text)).toEqual(parseOriginPattern(text));
  });
});
