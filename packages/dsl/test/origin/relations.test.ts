import { describe, expect, test } from "vitest";
import { covers, findCommonOrigin, intersects } from "./algebra/two-patterns.js";
import { createClaimOracle, nameOfLength, parse, parseClaim } from "./patterns.js";

const A63 = "a".repeat(63);

/** `narrower` is covered by `wider`: here, and nowhere the other way round unless both are the same. */
type Covered = readonly [wider: string, narrower: string];

const COVERED: Readonly<Record<string, readonly Covered[]>> = {
  "a pattern covers itself": [
    ["null", "null"],
    ["https://example.com", "https://example.com"],
    ["https://*.example.com", "https://*.example.com"],
    ["https://preview-*.example.dev", "https://preview-*.example.dev"],
    ["http://localhost:*", "http://localhost:*"],
    ["http://[::1]:3000", "http://[::1]:3000"],
    ["chrome-extension://abc", "chrome-extension://abc"],
  ],
  "`*.` covers names at any depth": [
    ["https://*.example.com", "https://a.example.com"],
    ["https://*.example.com", "https://a.b.c.example.com"],
    ["https://*.example.com", "https://_-.example.com"],
    ["http://*.localhost", "http://app.localhost"],
  ],
  "`*.` covers stars below its base": [
    ["https://*.example.com", "https://*.eu.example.com"],
    ["https://*.com", "https://*.example.com"],
    ["https://*.example.com", "https://preview-*.example.com"],
    ["https://*.example.com", "https://preview-*.eu.example.com"],
  ],
  "a partial label covers labels that begin and end so": [
    ["https://preview-*.example.dev", "https://preview-7.example.dev"],
    ["https://*-preview.example.dev", "https://a-preview.example.dev"],
    ["https://a*b.example.dev", "https://axyb.example.dev"],
    ["https://a*a.example.dev", "https://aaa.example.dev"],
  ],
  "a partial label covers partial labels with at least its own fixed parts": [
    ["https://preview-*.example.dev", "https://preview-7*.example.dev"],
    ["https://p*.example.dev", "https://preview-*.example.dev"],
    ["https://*w.example.dev", "https://*-preview.example.dev"],
    ["https://a*.example.dev", "https://a*b.example.dev"],
    ["https://*b.example.dev", "https://a*b.example.dev"],
    ["https://a*b.example.dev", "https://aa*bb.example.dev"],
  ],
  "any port covers each port, the default one included": [
    ["http://localhost:*", "http://localhost"],
    ["http://localhost:*", "http://localhost:3000"],
    ["http://127.0.0.1:*", "http://127.0.0.1:8080"],
    ["http://[::1]:*", "http://[::1]"],
    ["https://*.example.com:*", "https://a.example.com:8443"],
    ["https://*.example.com:*", "https://a-*.example.com"],
    ["https://*.example.com:8443", "https://a.example.com:8443"],
    ["chrome-extension://abc:*", "chrome-extension://abc"],
  ],
  "at the limits of length": [
    [`https://*.${nameOfLength(251)}`, `https://a.${nameOfLength(251)}`],
    ["https://a*.example.dev", `https://${A63}.example.dev`],
    [`https://a*.${nameOfLength(250)}`, `https://ab.${nameOfLength(250)}`],
    ["https://*.example.com", `https://${"a".repeat(62)}*.example.com`],
  ],
};

describe("covers", () => {
  describe.each(Object.entries(COVERED))("%s", (_what, pairs) => {
    test.each(pairs)("%s covers %s", (wider, narrower) => {
      expect(covers(parse(wider), parse(narrower))).toBe(true);
      expect(covers(parse(narrower), parse(wider))).toBe(wider === narrower);
      expect(intersects(parse(wider), parse(narrower))).toBe(true);
    });
  });
});

/** Two patterns, and an origin that both stand for. */
type Common = readonly [one: string, other: string, origin: string];

const COMMON: Readonly<Record<string, readonly Common[]>> = {
  "where one covers the other, an origin of the narrower": [
    ["null", "null", "null"],
    ["https://example.com", "https://example.com", "https://example.com"],
    ["https://*.example.com", "https://app.example.com", "https://app.example.com"],
    ["https://*.example.com", "https://*.example.com", "https://a.example.com"],
    ["https://*.example.com", "https://*.eu.example.com", "https://a.eu.example.com"],
    ["https://*.example.dev", "https://preview-*.example.dev", "https://preview-a.example.dev"],
    ["https://preview-*.example.dev", "https://preview-7.example.dev", "https://preview-7.example.dev"],
    ["http://[::1]:*", "http://[::1]:3000", "http://[::1]:3000"],
    ["capacitor://localhost", "capacitor://localhost", "capacitor://localhost"],
  ],
  "the port that both stand for, and none where none is needed": [
    ["http://localhost:*", "http://localhost:*", "http://localhost"],
    ["http://localhost:*", "http://localhost", "http://localhost"],
    ["http://localhost:*", "http://localhost:3000", "http://localhost:3000"],
    ["https://*.example.com:8443", "https://*.example.com:8443", "https://a.example.com:8443"],
    ["https://*.example.com:*", "https://a.example.com:80", "https://a.example.com:80"],
    ["chrome-extension://abc:*", "chrome-extension://abc:*", "chrome-extension://abc"],
  ],
  "the host from one, the port from the other": [
    ["https://*.example.com:8443", "https://app.example.com:*", "https://app.example.com:8443"],
    ["https://*.example.com:*", "https://a-*.example.com", "https://a-a.example.com"],
  ],
  "partial labels: the beginning of one, the end of the other": [
    ["https://a-*.example.dev", "https://*-b.example.dev", "https://a-b.example.dev"],
    ["https://preview-*.example.dev", "https://*-staging.example.dev", "https://preview-staging.example.dev"],
    ["https://a*.example.dev", "https://*b.example.dev", "https://ab.example.dev"],
    ["https://ab*.example.dev", "https://a*b.example.dev", "https://abb.example.dev"],
    ["https://a*bc.example.dev", "https://ab*c.example.dev", "https://abbc.example.dev"],
  ],
  "partial labels that share characters": [
    ["https://aba*.example.dev", "https://*aba.example.dev", "https://ababa.example.dev"],
    ["https://aab*.example.dev", "https://*abb.example.dev", "https://aabb.example.dev"],
    ["https://aaa*.example.dev", "https://*aaa.example.dev", "https://aaaa.example.dev"],
    ["https://ab*.example.dev", "https://*cd.example.dev", "https://abcd.example.dev"],
  ],
  "at the limits of length": [
    [`https://*.${nameOfLength(251)}`, `https://*.${nameOfLength(251)}`, `https://a.${nameOfLength(251)}`],
    [`https://a*.${nameOfLength(250)}`, `https://*b.${nameOfLength(250)}`, `https://ab.${nameOfLength(250)}`],
    [
      `https://${"a".repeat(31)}*.example.dev`,
      `https://*${"b".repeat(32)}.example.dev`,
      `https://${"a".repeat(31)}${"b".repeat(32)}.example.dev`,
    ],
    // Side by side they have 64 characters; the one that they share makes it fit.
    [
      `https://${"a".repeat(31)}c*.example.dev`,
      `https://*c${"b".repeat(31)}.example.dev`,
      `https://${"a".repeat(31)}c${"b".repeat(31)}.example.dev`,
    ],
  ],
};

/** Claims alone may speak about any host. */
const COMMON_WITH_ANY_HOST: readonly Common[] = [
  ["http://*", "http://example.com", "http://example.com"],
  ["http://*", "http://localhost", "http://localhost"],
  ["http://*", "http://127.0.0.1", "http://127.0.0.1"],
  ["http://*", "http://[2001:db8::1]", "http://[2001:db8::1]"],
  ["http://*", "http://*.example.com", "http://a.example.com"],
  ["http://*", "http://a-*.example.com:*", "http://a-a.example.com"],
  ["http://*:*", "http://localhost:3000", "http://localhost:3000"],
  ["http://*:3000", "http://localhost:*", "http://localhost:3000"],
  ["https://*:8443", "https://*:*", "https://example.com:8443"],
  ["https://*", "https://*:*", "https://example.com"],
  ["chrome-extension://*", "chrome-extension://abc", "chrome-extension://abc"],
];

/** Two patterns without a common origin. */
type Apart = readonly [one: string, other: string];

const APART: Readonly<Record<string, readonly Apart[]>> = {
  "`null` is no host's": [
    ["null", "https://example.com"],
    ["null", "https://*.example.com:*"],
  ],
  "another scheme": [
    ["http://example.com", "https://example.com"],
    ["http://*.example.com:*", "https://*.example.com:*"],
    ["capacitor://localhost", "tauri://localhost"],
  ],
  "another port": [
    ["https://example.com", "https://example.com:8443"],
    ["https://example.com:8443", "https://example.com:9443"],
    ["https://*.example.com:8443", "https://a.example.com"],
    ["http://example.com:443", "http://example.com"],
  ],
  "another host": [
    ["https://example.com", "https://example.org"],
    ["https://example.com", "https://www.example.com"],
    ["http://127.0.0.1", "http://127.0.0.2"],
    ["http://127.0.0.1", "http://[::1]"],
    ["http://localhost", "http://127.0.0.1"],
    ["http://*.example.com", "http://127.0.0.1"],
    ["http://*.localhost", "http://[::1]"],
    ["http://preview-*.example.com", "http://127.0.0.1"],
  ],
  "`*.` is one label or more, never none": [
    ["https://*.example.com", "https://example.com"],
    ["https://*.eu.example.com", "https://eu.example.com"],
    ["https://*.preview-a.example.dev", "https://preview-*.example.dev"],
  ],
  "a base ends on the border of a label": [
    ["https://*.example.com", "https://evilexample.com"],
    ["https://*.example.com", "https://*.evilexample.com"],
    ["https://*.example.com", "https://example.com.evil.test"],
    ["https://*.example.com", "https://*.com.example"],
    ["https://*.a.example", "https://*.b.example"],
    ["https://*.example.com", "https://a-*.evilexample.com"],
  ],
  "the star of a partial label is one character or more, and no dot": [
    ["https://preview-*.example.dev", "https://preview-.example.dev"],
    ["https://a*b.example.dev", "https://ab.example.dev"],
    ["https://a*a.example.dev", "https://a.example.dev"],
    ["https://a*a.example.dev", "https://aa.example.dev"],
    ["https://preview-*.example.dev", "https://preview-a.b.example.dev"],
    ["https://preview-*.example.dev", "https://preview-a.dev"],
  ],
  "a partial label is one label deep": [
    ["https://preview-*.example.dev", "https://*.a.example.dev"],
    ["https://preview-*.example.dev", "https://*.preview-a.example.dev"],
    ["https://preview-*.example.dev", "https://preview-*.eu.example.dev"],
    ["https://preview-*.example.dev", "https://preview-*.example.net"],
  ],
  "partial labels that begin or end differently": [
    ["https://a*.example.dev", "https://b*.example.dev"],
    ["https://*a.example.dev", "https://*b.example.dev"],
    ["https://ab*.example.dev", "https://aa*.example.dev"],
    ["https://a*b.example.dev", "https://a*c.example.dev"],
  ],
  "partial labels that only labels of more than 63 characters have in common": [
    [`https://${"a".repeat(32)}*.example.dev`, `https://*${"b".repeat(32)}.example.dev`],
    [`https://${"a".repeat(62)}*.example.dev`, "https://*bb.example.dev"],
  ],
  "partial labels that only hosts of more than 253 characters have in common": [
    [`https://aa*.${nameOfLength(249)}`, `https://*bb.${nameOfLength(249)}`],
    [`https://a*.${nameOfLength(250)}`, `https://*bb.${nameOfLength(249)}`],
  ],
};

/** As `APART`, with claims about any host. */
const APART_WITH_ANY_HOST: readonly Apart[] = [
  ["http://*", "https://example.com"],
  ["http://*", "http://example.com:8080"],
  ["http://*:8080", "http://*"],
  ["http://*:8080", "http://*:8081"],
  ["http://*:*", "null"],
];

describe("two patterns with a common origin", () => {
  describe.each([...Object.entries(COMMON), ["a claim's any host", COMMON_WITH_ANY_HOST] as const])(
    "%s",
    (_what, pairs) => {
      test.each(pairs)("%s and %s: %s", (one, other, origin) => {
        expect(findCommonOrigin(parseClaim(one), parseClaim(other))).toBe(origin);
        expect(findCommonOrigin(parseClaim(other), parseClaim(one))).toBe(origin);
        expect(intersects(parseClaim(one), parseClaim(other))).toBe(true);
        expect([one, other].filter((pattern) => !createClaimOracle(pattern)(origin))).toEqual([]);
      });
    },
  );
});

describe("two patterns without a common origin", () => {
  describe.each([...Object.entries(APART), ["a claim's any host", APART_WITH_ANY_HOST] as const])(
    "%s",
    (_what, pairs) => {
      test.each(pairs)("%s and %s", (one, other) => {
        expect(findCommonOrigin(parseClaim(one), parseClaim(other))).toBeNull();
        expect(intersects(parseClaim(other), parseClaim(one))).toBe(false);
      });
    },
  );

  test.each(Object.values(APART).flat())("%s does not cover %s, nor the other way round", (one, other) => {
    expect(covers(parse(one), parse(other))).toBe(false);
    expect(covers(parse(other), parse(one))).toBe(false);
  });
});

describe("two patterns that overlap, neither of which covers the other", () => {
  test.each([
    ["https://a-*.example.dev", "https://*-b.example.dev"],
    ["https://ab*.example.dev", "https://a*b.example.dev"],
    ["https://aba*.example.dev", "https://*aba.example.dev"],
    ["https://*.example.com:8443", "https://app.example.com:*"],
    ["https://*.example.com", "https://*.eu.example.com:*"],
  ])("%s and %s", (one, other) => {
    expect(intersects(parse(one), parse(other))).toBe(true);
    expect(covers(parse(one), parse(other))).toBe(false);
    expect(covers(parse(other), parse(one))).toBe(false);
  });
});
