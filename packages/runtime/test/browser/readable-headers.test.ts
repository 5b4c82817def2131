import { expect, test } from "vitest";
import { readableHeaderNames } from "../../src/browser/readable-headers.js";
import type { Header } from "../../src/index.js";

const SAFELISTED: readonly string[] = [
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
];
const OTHERS = ["*", "ETag", "Location", "Set-Cookie", "Set-Cookie2", "X-Trace", "x-trace"];
const HEADERS = [...SAFELISTED.toReversed(), ...OTHERS].map((name): Header => [name.toUpperCase(), "1"]);

function exposed(credentials: "same-origin" | "include", ...lists: string[]): string[] {
  const lines = lists.map((list): Header => ["Access-Control-Expose-Headers", list]);
  const names = readableHeaderNames({ credentials }, { status: 200, headers: [...HEADERS, ...lines] });
  expect(names).toEqual(expect.arrayContaining([...SAFELISTED]));
  expect(names).toEqual([...names].sort());
  return names.filter((name) => !SAFELISTED.includes(name));
}

test.each([
  { lists: [], names: [] },
  { lists: [""], names: [] },
  { lists: ["etag, X-TRACE"], names: ["etag", "x-trace"] },
  { lists: [",etag,,", "location"], names: ["etag", "location"] },
  { lists: ["x-*"], names: [] },
  { lists: ["x-absent"], names: [] },
  { lists: ["Set-Cookie, set-cookie2, etag"], names: ["etag"] },
  { lists: ["etag, bad name"], names: [] },
  { lists: ["etag", '"location"'], names: [] },
])("$lists", ({ lists, names }) => {
  expect(exposed("same-origin", ...lists)).toEqual(names);
  expect(exposed("include", ...lists)).toEqual(names);
});

test("* is every name but the forbidden ones, without credentials", () => {
  expect(exposed("same-origin", "*")).toEqual(["*", "access-control-expose-headers", "etag", "location", "x-trace"]);
  expect(exposed("same-origin", "set-cookie, *")).not.toContain("set-cookie");
});

test("* is a name, with credentials", () => {
  expect(exposed("include", "*, etag")).toEqual(["*", "etag"]);
});

test("only what the response has can be read", () => {
  const response = { status: 200, headers: [["Access-Control-Expose-Headers", "etag, *"]] } as const;
  expect(readableHeaderNames({ credentials: "include" }, response)).toEqual([]);
});
