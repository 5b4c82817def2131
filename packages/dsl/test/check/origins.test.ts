import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.js";

function codesOf(source: string): string[] {
  return check(source).diagnostics.map(({ code }) => code);
}

describe("the machine itself as an origin", () => {
  test.each([
    "http://localhost",
    "https://localhost",
    "http://app.localhost:3000",
    "http://*.localhost",
    "http://preview-*.localhost",
    "http://127.0.0.1",
    "http://127.255.255.254:*",
    "https://[::1]:3000",
  ])("%s is for development", (origin) => {
    expect(codesOf(`origins ${origin}\n`)).toEqual(["loopback-in-production"]);
    expect(codesOf(`origins https://a.example.com\nwhen development {\n  origins += ${origin}\n}\n`)).toEqual([]);
  });

  test.each([
    "capacitor://localhost",
    "tauri://localhost",
    "https://localhost.example.com",
    "https://alocalhost",
    "https://128.0.0.1",
    "https://12.7.0.1",
    "https://[::2]",
  ])("%s is not that", (origin) => {
    expect(codesOf(`origins ${origin}\n`)).toEqual([]);
  });
});

describe("`unsafe` is needed where it accepts a danger", () => {
  test.each(["null", "http://a.example.com", "https://*.github.io", "https://a.example.com:*"])("%s", (origin) => {
    expect(codesOf(`origins unsafe ${origin}\n`)).toEqual([]);
  });

  test("and nowhere else", () => {
    expect(codesOf("origins unsafe https://a.example.com\n")).toEqual(["unneeded-unsafe"]);
  });
});

test("`null` is told at each place", () => {
  expect(codesOf("origins null, null\n")).toEqual(["origin-null", "origin-null"]);
});

describe("an origin that another covers is told once", () => {
  const SETS = "set one [ https://a.example.com ]\nset two [ https://a.example.com ]\n";

  test("though a profile has the two the other way round", () => {
    const source = `${SETS}origins @one, @two\nwhen staging {\n  origins @two, @one\n}\n`;
    expect(check(source).diagnostics.map(({ code, span }) => [code, span.start])).toEqual([
      ["origin-redundant", SETS.lastIndexOf("https")],
    ]);
  });
});
