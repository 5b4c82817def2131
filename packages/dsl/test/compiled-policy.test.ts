import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import { compiledPolicySchema } from "../src/compile/schema.js";
import { compile } from "../src/compile.js";
import { parseOriginPattern } from "../src/origin/parse.js";
import { printOriginPattern } from "../src/origin/pattern.js";
import { readFixtures } from "./fixtures.js";

const POLICY = {
  version: 1,
  name: "default",
  origins: ["https://app.example.com"],
  methods: ["PUT"],
  headers: ["content-type"],
  expose: [],
  credentials: true,
  maxAge: 600,
};

test("the schema and the runtime's type say the same", () => {
  // Checked by the compiler, both ways; at run time these lines do nothing.
  expectTypeOf<z.infer<typeof compiledPolicySchema>>().toEqualTypeOf<CompiledPolicy>();
  expectTypeOf<CompiledPolicy>().toExtend<z.infer<typeof compiledPolicySchema>>();
});

describe("the schema and the runtime take and refuse the same data", () => {
  const CASES: readonly (readonly [what: string, data: object, taken: boolean])[] = [
    ["a policy", POLICY, true],
    ["any origin", { ...POLICY, origins: "*", credentials: false }, true],
    ["any origin with credentials", { ...POLICY, origins: "*" }, false],
    ["any method with credentials", { ...POLICY, methods: "*" }, false],
    ["any header with credentials", { ...POLICY, headers: "*" }, false],
    ["everything exposed with credentials", { ...POLICY, expose: "*" }, false],
    ["no max-age", { ...POLICY, maxAge: null }, true],
    ["a negative max-age", { ...POLICY, maxAge: -1 }, false],
    ["a fraction of a second", { ...POLICY, maxAge: 0.5 }, false],
    ["more than a day", { ...POLICY, maxAge: 86_401 }, false],
    ["another version", { ...POLICY, version: 2 }, false],
    ["a number for a name", { ...POLICY, name: 1 }, false],
    ["a text for credentials", { ...POLICY, credentials: "true" }, false],
    ["a method that is no token", { ...POLICY, methods: ["P UT"] }, false],
    ["an unknown member", { ...POLICY, extra: true }, false],
    ["a missing member", { version: 1, name: "default" }, false],
  ];

  test.each(CASES)("%s", (_what, data, taken) => {
    expect(compiledPolicySchema.safeParse(data).success).toBe(taken);
    // The cast holds as far as it matters: what the runtime makes of any data is what is tested.
    const load = () => createMatcher(data as CompiledPolicy);
    if (taken) expect(load().policy).toEqual(data);
    else expect(load).toThrow(TypeError);
  });
});

describe("origins that the language refuses, the runtime refuses as data", () => {
  const refused = readFixtures("diagnostics")
    .filter(({ source }) => source.split("\n").length === 2)
    .flatMap(({ source, expected }) =>
      /^origin-(?!null|insecure|public|any-port|redundant)/.test(expected) ? [source] : [],
    )
    .flatMap((source) => /^origins ([^\s]+)$/m.exec(source)?.[1] ?? []);

  // A partial label directly under a registry's suffix needs the list of suffixes to be refused, which is not there at
  // run time; the compiler never emits one.
  const NEEDS_THE_LIST = ["https://*example.com", "https://example-*.com"];

  test.each(refused.filter((origin) => !NEEDS_THE_LIST.includes(origin)))("%s", (origin) => {
    // The cast holds as far as it matters, as above.
    expect(() => createMatcher({ ...POLICY, origins: [origin] } as CompiledPolicy)).toThrow(TypeError);
  });

  test("and there are many", () => expect(refused.length).toBeGreaterThan(50));
});

describe("a pattern is printed as it was written", () => {
  test.each([
    "null",
    "https://example.com",
    "https://*.example.com",
    "https://a-*-b.example.com:8443",
    "http://localhost:*",
    "http://[2001:db8::1]:3000",
    "http://127.0.0.1",
    "chrome-extension://abc",
  ])("%s", (text) => {
    const parsed = parseOriginPattern(text);
    expect("value" in parsed && printOriginPattern(parsed.value)).toBe(text);
  });
});

test("ten thousand origins", () => {
  const origins = Array.from({ length: 10_000 }, (_, index) => `https://tenant-${index}.example.com`);
  const { policies, diagnostics } = compile(`origins [\n${origins.join("\n")}\n]\ncredentials true\n`);
  expect(diagnostics).toEqual([]);
  expect(policies[0]?.compiled.origins).toEqual(origins);
});
