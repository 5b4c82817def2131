import { expect, test } from "vitest";
import { findFreeAnyHost, findFreeHost } from "../../../src/origin/algebra/host-search.js";
import type { HostPattern } from "../../../src/origin/pattern.js";
import { parse } from "../patterns.js";

function hostsOf(texts: readonly string[]): HostPattern[] {
  return texts.flatMap((text) => {
    const pattern = parse(`https://${text}`);
    return pattern.kind === "null" ? [] : [pattern.host];
  });
}

test.each([
  ["*.example.com", ["a.example.org", "a.evilexample.com", "example.com", "127.0.0.1", "a.com"], "a.example.com"],
  ["*.example.com", ["a.example.com", "b*.example.com"], "b.example.com"],
  ["app-*.example.com", ["app-a.example.org", "*.a.example.com", "a*.a.example.com", "[::1]"], "app-a.example.com"],
  ["app-*.example.com", ["*.com"], null],
  ["example.com", ["*.example.com"], "example.com"],
  ["127.0.0.1", ["127.0.0.2"], "127.0.0.1"],
  ["127.0.0.1", ["127.0.0.1"], null],
])("of %s without %j: %s", (text, taken, expected) => {
  const [host] = hostsOf([text]);
  if (!host) throw new Error("one was made");
  expect(findFreeHost(host, hostsOf(taken))).toBe(expected);
});

test("any host is one that no pattern stands for, however many names of a letter are taken", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  expect(findFreeAnyHost(hostsOf(["*.example.com", "127.0.0.1"]))).toBe("example.com");
  expect(findFreeAnyHost(hostsOf(["*.com", "a", "c"]))).toBe("b");
  expect(findFreeAnyHost(hostsOf(["example.com", ...letters, "ab"]))).toBe("aa");
  expect(findFreeAnyHost(hostsOf(["example.com", ...letters, ...letters.map((letter) => `a${letter}`)]))).toBe("ba");
});
