import { describe, expect, test } from "vitest";
import { parseOriginPattern } from "../../src/origin/parse.js";
import { nameOfLength } from "./patterns.js";

/* At the edges of what a pattern may be. Each kind of mistake, with its sentence, is in test/fixtures/diagnostics. */

const LETTERS = "a host has only the letters a to z, digits, `-`, `_` and dots";
const NO_ROOM = "no host has room for what the `*` would stand for";
const NULL_ORIGIN = "pages of this scheme have the origin `null`";

function a(length: number): string {
  return "a".repeat(length);
}

describe("a pattern", () => {
  test.each([
    ["https://a.example.com:65535", { scheme: "https", host: { kind: "name", name: "a.example.com" }, port: 65535 }],
    ["https://a.example.com:1", { scheme: "https", host: { kind: "name", name: "a.example.com" }, port: 1 }],
    ["https://a.example.com:80", { scheme: "https", host: { kind: "name", name: "a.example.com" }, port: 80 }],
    ["http://[::1]", { scheme: "http", host: { kind: "address", address: "[::1]" }, port: "default" }],
    ["http://[::1]:*", { scheme: "http", host: { kind: "address", address: "[::1]" }, port: "any" }],
    [`${a(64)}://b`, { scheme: a(64), host: { kind: "name", name: "b" }, port: "default" }],
    ["https://1.example.a1", { scheme: "https", host: { kind: "name", name: "1.example.a1" }, port: "default" }],
    [`https://${a(63)}.b`, { scheme: "https", host: { kind: "name", name: `${a(63)}.b` }, port: "default" }],
    [
      `https://${nameOfLength(253)}`,
      { scheme: "https", host: { kind: "name", name: nameOfLength(253) }, port: "default" },
    ],
    [
      `https://*.${nameOfLength(251)}`,
      { scheme: "https", host: { kind: "subdomains", base: nameOfLength(251) }, port: "default" },
    ],
    [
      `https://a*.${nameOfLength(250)}`,
      {
        scheme: "https",
        host: { kind: "partial-label", before: "a", after: "", base: nameOfLength(250) },
        port: "default",
      },
    ],
    [
      `https://${a(31)}*${a(31)}.example.dev`,
      {
        scheme: "https",
        host: { kind: "partial-label", before: a(31), after: a(31), base: "example.dev" },
        port: "default",
      },
    ],
    [
      "https://axn--*.example.dev",
      {
        scheme: "https",
        host: { kind: "partial-label", before: "axn--", after: "", base: "example.dev" },
        port: "default",
      },
    ],
  ])("%s", (text, value) => {
    expect(parseOriginPattern(text)).toEqual({ value: { kind: "tuple", ...value } });
  });
});

describe("no pattern", () => {
  test.each([
    ["https://.", { code: "origin-host", problem: "there is nothing between two dots, or before the first" }],
    ["https:///a", { code: "origin-host", problem: "there is no host" }],
    ["https://?a", { code: "origin-host", problem: "there is no host" }],
    ["https://a$*.example.dev", { code: "origin-host", problem: LETTERS }],
    ["https://*$a.example.dev", { code: "origin-host", problem: LETTERS }],
    ["https://*.a$.example.dev", { code: "origin-host", problem: LETTERS }],
    ["https://*..dev", { code: "origin-host", problem: "there is nothing between two dots, or before the first" }],
    [`https://${a(31)}*${a(32)}.example.dev`, { code: "origin-host", problem: NO_ROOM }],
    [`https://${a(63)}*.example.dev`, { code: "origin-host", problem: NO_ROOM }],
    [`https://*${a(63)}.example.dev`, { code: "origin-host", problem: NO_ROOM }],
    [`https://a*.${nameOfLength(251)}`, { code: "origin-host", problem: NO_ROOM }],
    [`https://a*b.${nameOfLength(250)}`, { code: "origin-host", problem: NO_ROOM }],
    [`https://*.${nameOfLength(252)}`, { code: "origin-host", problem: NO_ROOM }],
    [
      "https://xn--a*.example.dev",
      { code: "origin-wildcard", problem: "a label that begins with `xn--` is encoded and has no readable parts" },
    ],
    ["https://.*.example.dev", { code: "origin-wildcard", problem: "only the first label of a host may have one" }],
    [`${a(65)}://b`, { code: "origin-scheme" }],
    ["about://a", { code: "origin-scheme", problem: NULL_ORIGIN }],
    ["about:blank", { code: "origin-scheme", problem: NULL_ORIGIN }],
    ["javascript:alert(1)", { code: "origin-scheme", problem: NULL_ORIGIN }],
    ["JAVASCRIPT:alert(1)", { code: "origin-scheme", problem: NULL_ORIGIN }],
    ["https://a.example.com:65536", { code: "origin-port" }],
    ["https://a:1:2", { code: "origin-ipv6" }],
    ["https://a:1:x", { code: "origin-port" }],
    ["https://x:1:2", { code: "origin-port" }],
    ["http://[::1]3000", { code: "origin-ipv6" }],
    ["http://[::1", { code: "origin-ipv6" }],
    ["http://[", { code: "origin-ipv6" }],
    ["http://[]", { code: "origin-ipv6" }],
    ["http://[::1]:", { code: "origin-port" }],
    ["https://example.1b2", { code: "origin-ipv4" }],
    ["https://1.2b", { code: "origin-ipv4" }],
    ["https://1.2.3.04", { code: "origin-ipv4" }],
    ["://a.example.com", { code: "origin-missing-scheme" }],
  ])("%s", (text, problem) => {
    expect(parseOriginPattern(text)).toMatchObject({ problem });
  });
});
