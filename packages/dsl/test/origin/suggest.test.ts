import { describe, expect, test } from "vitest";
import { parseOriginPattern } from "../../src/origin/parse.js";
import { suggestOrigin } from "../../src/origin/suggest.js";

/** What is written, and what a browser would write in its place. */
const SUGGESTIONS: Readonly<Record<string, readonly (readonly [text: string, suggestion: string])[]>> = {
  "without what stands around it": [
    ['"https://a.example.com"', "https://a.example.com"],
    ["'https://a.example.com'", "https://a.example.com"],
    ["`https://a.example.com`", "https://a.example.com"],
    ["\u2018https://a.example.com\u2019", "https://a.example.com"],
    ["\u201Chttps://a.example.com\u201D", "https://a.example.com"],
    ["\u00ABhttps://a.example.com\u00BB", "https://a.example.com"],
    ["<https://a.example.com>", "https://a.example.com"],
    ["'\"https://a.example.com\"';", "https://a.example.com"],
    ["https://a.example.com;", "https://a.example.com"],
    ["'null'", "null"],
    ["NULL", "null"],
  ],
  "with a scheme": [
    ["a.example.com", "https://a.example.com"],
    ["a.example.com:8443", "https://a.example.com:8443"],
    ["//a.example.com", "https://a.example.com"],
    ["example.com/localhost", "https://example.com"],
    ["about.example.com", "https://about.example.com"],
    ["https.example.com", "https://https.example.com"],
    ["a.example.com/https:b", "https://a.example.com"],
    ["a.example.com//b", "https://a.example.com"],
    ["localhost", "http://localhost"],
    ["localhost:3000", "http://localhost:3000"],
    ["//localhost:3000", "http://localhost:3000"],
    ["app.localhost/path", "http://app.localhost"],
    ["localhost.example.com", "https://localhost.example.com"],
    ["https:a.example.com", "https://a.example.com"],
    ["https:/a.example.com", "https://a.example.com"],
    ["HTTP:a.example.com", "http://a.example.com"],
  ],
  "with the scheme of the page": [
    ["ws://a.example.com:8080", "http://a.example.com:8080"],
    ["wss://a.example.com", "https://a.example.com"],
    ["WSS://a.example.com:443", "https://a.example.com"],
  ],
  "as the URL Standard serializes it": [
    ["https://A.Example.com", "https://a.example.com"],
    ["HTTPS://a.example.com", "https://a.example.com"],
    ["https://a.example.com/", "https://a.example.com"],
    ["https://a.example.com/a:*", "https://a.example.com"],
    ["https://a.example.com/file:a", "https://a.example.com"],
    ["https://a.example.com/a://b:*", "https://a.example.com"],
    ["https://a.example.com?a", "https://a.example.com"],
    ["https://a.example.com?a:*", "https://a.example.com"],
    ["https://a.example.com#a", "https://a.example.com"],
    ["https://a.example.com#a:*", "https://a.example.com"],
    ["https://me:secret@a.example.com", "https://a.example.com"],
    ["https://a.example.com.", "https://a.example.com"],
    ["https://a.example.com:443", "https://a.example.com"],
    ["https://a.example.com:08443", "https://a.example.com:8443"],
    ["HTTP://a.example.com:443", "http://a.example.com:443"],
    ["http://a.example.com:80", "http://a.example.com"],
    ["https://b\u00FCcher.example", "https://xn--bcher-kva.example"],
    ["http://127.1", "http://127.0.0.1"],
    ["http://[0:0::1]:3000", "http://[::1]:3000"],
    ["capacitor://LocalHost", "capacitor://localhost"],
    ["Chrome-Extension://abc/", "chrome-extension://abc"],
  ],
  "as a pattern": [
    ["HTTP://localhost:*", "http://localhost:*"],
    ["https://A.example.com:*/", "https://a.example.com:*"],
    ["localhost:*", "http://localhost:*"],
    ["*.example.com", "https://*.example.com"],
    ["https://*.example.com/", "https://*.example.com"],
    ["https://Preview-*.example.com", "https://preview-*.example.com"],
    ["https://*example.com", "https://*.example.com"],
    ["https://*Example.com:8443", "https://*.example.com:8443"],
    ["*example.com", "https://*.example.com"],
    // Another label with a star in it, and no dot is missing.
    ["*-preview.example.com", "https://*-preview.example.com"],
  ],
};

describe("an origin is suggested", () => {
  describe.each(Object.entries(SUGGESTIONS))("%s", (_what, pairs) => {
    test.each(pairs)("%s: %s", (text, suggestion) => {
      expect(suggestOrigin(text)).toBe(suggestion);
      expect(parseOriginPattern(text)).toHaveProperty("problem");
      expect(parseOriginPattern(suggestion)).toHaveProperty("value");
    });
  });
});

describe("nothing is suggested", () => {
  test.each([
    "",
    "/",
    "https://",
    "https://*",
    "https://*.",
    "https://*.*",
    "https://a*b*.example.com",
    "https://*a*.example.com",
    "*://a.example.com",
    "https://a b.example.com",
    "https://a'b.example.com",
    "https://a.example.com:65536",
    "https://a.example.com:*:*",
    "file:///etc/passwd",
    "about:blank",
    "data:text/html,a",
    "DATA:text/html,a",
    "javascript:alert(1)",
    "mailto:me@example.com",
    "blob:https://a.example.com/1",
    "ftp://a.example.com",
    // As browsers write it already.
    "https://a.example.com",
  ])("%s", (text) => {
    expect(suggestOrigin(text)).toBeNull();
  });

  test("for a text of more than 1000 characters", () => {
    const start = "https://a.example.com/";
    expect(suggestOrigin(start.padEnd(1000, "a"))).toBe("https://a.example.com");
    expect(suggestOrigin(start.padEnd(1001, "a"))).toBeNull();
  });
});
