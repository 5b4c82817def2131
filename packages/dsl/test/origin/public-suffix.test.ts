import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.js";
import { PUBLIC_SUFFIX_LIST } from "../../src/origin/public-suffix.js";

/* Rules of each kind that the Public Suffix List has, and what is beside them. */

function codesOf(origin: string): string[] {
  return check(`origins ${origin}\ncredentials true\n`).diagnostics.map(({ code }) => code);
}

describe("a star for subdomains of names of many owners", () => {
  test.each([
    ["https://*.com", "a suffix of registries"],
    ["https://*.co.uk", "one of two labels"],
    ["https://*.uk", "one with others below it"],
    ["https://*.github.io", "a suffix of a company"],
    ["https://*.amazonaws.com", "a name with suffixes below it"],
    ["https://*.compute.amazonaws.com", "a name further down, with suffixes below it"],
    ["https://*.kawasaki.jp", "a name of which each subdomain is a suffix"],
    ["https://*.foo.kawasaki.jp", "one of these"],
    ["https://*.ck", "a top level of which each subdomain is a suffix"],
  ])("%s: %s", (origin) => {
    expect(codesOf(origin)).toEqual(["origin-public-suffix"]);
  });
});

describe("a star for subdomains of a name of one owner", () => {
  test.each([
    ["https://*.example.com", "a name below a suffix"],
    ["https://*.example.co.uk", "a name below one of two labels"],
    ["https://*.a.github.io", "a name below a company's suffix"],
    ["https://*.a.foo.kawasaki.jp", "a name below a suffix by a star"],
    ["https://*.city.kawasaki.jp", "an exception"],
    ["https://*.www.ck", "an exception below a top level"],
    ["https://*.a.city.kawasaki.jp", "a name below an exception"],
    ["https://*.amazonaws.de", "a label that has rules below another top level"],
    ["https://*.id.pt", "a label that has rules below others"],
    ["https://*.internal", "a name without a rule"],
    ["https://*.a.internal", "a name below one without a rule"],
  ])("%s: %s", (origin) => {
    expect(codesOf(origin)).toEqual([]);
  });
});

describe("a star for a part of a label", () => {
  test.each([
    ["https://a-*.github.io", "origin-public-suffix"],
    ["https://a-*.futurecms.at", "origin-public-suffix"],
    ["https://a-*.ex.futurecms.at", "origin-public-suffix"],
    ["https://a-*.foo.futurecms.at", "origin-public-suffix"],
    ["https://a-*.kawasaki.jp", "origin-wildcard"],
    ["https://a-*.foo.kawasaki.jp", "origin-wildcard"],
    ["https://a-*.co.uk", "origin-wildcard"],
    ["https://a-*.com", "origin-wildcard"],
  ])("%s: %s", (origin, code) => {
    expect(codesOf(origin)).toEqual([code]);
  });

  // Below the last one are suffixes, but the labels that fit are none.
  test.each([
    "https://a-*.example.com",
    "https://a-*.internal",
    "https://a-*.a.github.io",
    "https://a-*.amazonaws.com",
  ])("%s", (origin) => {
    expect(codesOf(origin)).toEqual([]);
  });
});

test("the list has a version", () => {
  expect(PUBLIC_SUFFIX_LIST).toMatch(/^tldts \d+\.\d+\.\d+$/);
});
