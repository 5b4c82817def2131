import { describe, expect, test } from "vitest";
import { toUriReference } from "../../src/diagnostics/file-uri.js";

describe("a path as a URI reference", () => {
  const CASES: readonly (readonly [path: string, uri: string])[] = [
    ["api.cors", "api.cors"],
    ["./policies//api.cors", "policies/api.cors"],
    ["../shared/api.cors", "../shared/api.cors"],
    ["a b/100%/ü.cors", "a%20b/100%25/%C3%BC.cors"],
    ["javascript:alert(1)", "javascript%3Aalert(1)"],
    ["a\\b.cors", "a%5Cb.cors"],
    ["<stdin>", "%3Cstdin%3E"],
    ["/etc/cors policies/a.cors", "file:///etc/cors%20policies/a.cors"],
    ["//server/a.cors", "file:///server/a.cors"],
    ["C:\\policies\\a:b.cors", "file:///C:/policies/a%3Ab.cors"],
    ["c:/policies/a.cors", "file:///c:/policies/a.cors"],
    ["\\\\server\\share\\a b.cors", "file://server/share/a%20b.cors"],
    ["half \uD83D.cors", "half%20%EF%BF%BD.cors"],
    ["whole \u{1F600}.cors", "whole%20%F0%9F%98%80.cors"],
  ];

  test.each(CASES)("%j", (path, uri) => {
    expect(toUriReference(path)).toBe(uri);
  });
});
