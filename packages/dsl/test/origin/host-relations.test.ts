import { describe, expect, test } from "vitest";
import { coversHost } from "../../src/origin/host-relations.js";
import type { HostPattern } from "../../src/origin/pattern.js";
import { parse } from "./patterns.js";

function parseHost(text: string): HostPattern {
  const pattern = parse(`https://${text}`);
  if (pattern.kind === "null") throw new Error(`${text} has no host`);
  return pattern.host;
}

describe("one host pattern covers another", () => {
  test.each([
    ["example.com", "example.com"],
    ["127.0.0.1", "127.0.0.1"],
    ["[::1]", "[::1]"],
    ["*.example.com", "a.example.com"],
    ["*.example.com", "a.b.example.com"],
    ["*.example.com", "*.example.com"],
    ["*.example.com", "*.a.example.com"],
    ["*.example.com", "a-*.example.com"],
    ["*.example.com", "a-*.b.example.com"],
    ["a-*.example.com", "a-b.example.com"],
    ["a*b.example.com", "a-b.example.com"],
    ["a-*.example.com", "a-*.example.com"],
    ["a-*.example.com", "a-b*.example.com"],
    ["a*b.example.com", "a-*-b.example.com"],
  ])("%s covers %s", (wider, narrower) => {
    expect(coversHost(parseHost(wider), parseHost(narrower))).toBe(true);
  });
});

describe("one host pattern does not cover another", () => {
  test.each([
    ["example.com", "example.org"],
    ["example.com", "a.example.com"],
    ["example.com", "*.example.com"],
    ["example.com", "127.0.0.1"],
    ["127.0.0.1", "127.0.0.2"],
    ["127.0.0.1", "[::1]"],
    ["127.0.0.1", "example.com"],
    ["*.example.com", "example.com"],
    ["*.example.com", "evilexample.com"],
    ["*.example.com", "127.0.0.1"],
    ["*.example.com", "*.com"],
    ["*.example.com", "*.evilexample.com"],
    ["*.example.com", "a-*.evilexample.com"],
    ["a-*.example.com", "a-.example.com"],
    ["a-*.example.com", "ab.example.com"],
    ["a-*.example.com", "a-b.example.org"],
    ["a-*.example.com", "a-b.c.example.com"],
    ["a*a.example.com", "aa.example.com"],
    ["a-*.example.com", "127.0.0.1"],
    ["a-*.example.com", "*.example.com"],
    ["a-*.example.com", "*.a-b.example.com"],
    ["a-*.example.com", "a-*.example.org"],
    ["a-*.example.com", "a*.example.com"],
    ["a-*.example.com", "b-*.example.com"],
    ["a*b.example.com", "a*.example.com"],
    ["a*b.example.com", "*b.example.com"],
  ])("%s does not cover %s", (wider, narrower) => {
    expect(coversHost(parseHost(wider), parseHost(narrower))).toBe(false);
  });
});
