import { createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { compile, definePolicy, type PolicyDefinition, PolicyError, toCors } from "../../src/index.js";

/*
 * A definition is checked as text of the language. Nothing that is passed may become more of that text than the one item
 * that it is, and nothing may fail in another way than by a PolicyError.
 */

/** The cast is what callers from JavaScript, and data of strangers, do. */
function define(definition: unknown) {
  return definePolicy(definition as PolicyDefinition);
}

function errorOf(definition: unknown): PolicyError {
  try {
    define(definition);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const GOOD = "https://a.example.com";
const EVIL = "https://evil.test";

const LONG_NAME = "a".repeat(100_000);

const TEXTS = [
  // Another item
  ` ${EVIL}`,
  `${GOOD} ${EVIL}`,
  `${GOOD}\t${EVIL}`,
  `${GOOD},${EVIL}`,
  `${GOOD}, ${EVIL}`,
  `${GOOD}\n${EVIL}`,
  `${GOOD}\r\n${EVIL}`,
  `${GOOD}\r`,
  `${GOOD}\n`,
  `unsafe ${EVIL}`,
  `unsafe\u00A0${EVIL}`,
  // Another setting, block, or end of one
  `${GOOD}\n]\ncredentials true\norigins [`,
  `${GOOD}]`,
  `[${EVIL}]`,
  "]",
  "[",
  "{",
  "}",
  ",",
  `${GOOD}}`,
  "}\npolicy other {\norigins *\n}",
  "when development {",
  "credentials",
  "credentials true",
  "+=*",
  `+=${EVIL}`,
  "=",
  "= *",
  "policy",
  "origins",
  // A comment, an acceptance
  "#",
  `#${EVIL}`,
  `${GOOD} # corslang allow any-port: x`,
  "# corslang allow wildcard-with-credentials: x",
  // Words of the language, sets, quotes
  "unsafe",
  "@",
  "@partners",
  "true",
  '"*"',
  "'*'",
  "`*`",
  "* ",
  " *",
  "**",
  "*\n",
  "*,",
  // Characters
  "",
  " ",
  "\n",
  "\0",
  `${GOOD}\0`,
  `\uFEFF${GOOD}`,
  `\uFEFF`,
  `${GOOD}\u2028`,
  `${GOOD}\u2029${EVIL}`,
  `${GOOD}\u0085${EVIL}`,
  `${GOOD}\u00A0`,
  `${GOOD}\u200B`,
  `${GOOD}\u202E`,
  `\u001B[31m${GOOD}`,
  "https://\uD800.example.com",
  "\uDC00",
  "https://\u{1F600}.example",
  "https://ex\u0430mple.com",
  `https://${"a".repeat(400)}.example`,
  LONG_NAME,
  "a".repeat(20_000_000),
  "[".repeat(1_000_000),
  "{ ".repeat(1_000_000),
  `${GOOD}\n`.repeat(100_000),
  "__proto__",
  "constructor",
  "$".concat("{process.exit()}"),
  "*/ process.exit() /*",
];

/** Names of headers that are odd, and none the less names: RFC 9110 lets them be. */
const TOKENS = ["credentials", "policy", "origins", "true", "__proto__", "constructor", LONG_NAME];

describe.each(["origins", "methods", "headers", "expose"] as const)("a text in %s", (member) => {
  test.each(TEXTS.map((text) => [JSON.stringify(text.slice(0, 40)), text] as const))(
    "%s is that item, or refused",
    (_, text) => {
      const definition = { origins: [GOOD], credentials: true, [member]: [text] };
      if (member !== "origins" && member !== "methods" && TOKENS.includes(text)) {
        expect(define(definition).policy).toMatchObject({ origins: [GOOD], [member]: [text] });
        return;
      }
      const { diagnostics, message } = errorOf(definition);
      for (const { path } of diagnostics) expect(path).toBe(`${member}[0]`);
      // One line for each: nothing of the text breaks it, or reaches a terminal.
      expect(message.split("\n")).toHaveLength(1 + diagnostics.length);
      expect(message).not.toMatch(/[\0-\x09\x0B-\x1F\x7F-\x9F\u2028\u2029\u202E]/);
      expect(message.length).toBeLessThan(1000);
      // Among others it is just as wrong, and they are what they were.
      const among = errorOf({ ...definition, [member]: ["X-One", text, "X-Two"] });
      expect(among.diagnostics.filter(({ path }) => path === `${member}[1]`).map(({ code }) => code)).toEqual(
        diagnostics.map(({ code }) => code),
      );
    },
  );
});

test.each(TEXTS.map((text) => [JSON.stringify(text.slice(0, 40)), text] as const))(
  "%s is no unsafe origin, no duration and no name",
  (_, text) => {
    const { diagnostics, message } = errorOf({
      name: text,
      origins: [{ unsafe: text }],
      credentials: true,
      maxAge: text,
    });
    const isName = ["credentials", "origins", "constructor", LONG_NAME].includes(text);
    expect(new Set(diagnostics.map(({ path }) => path))).toEqual(
      new Set([...(isName ? [] : ["name"]), "origins[0]", "maxAge"]),
    );
    expect(message.split("\n")).toHaveLength(1 + diagnostics.length);
  },
);

test("members of the prototype's names are unknown members", () => {
  const definition: unknown = JSON.parse(
    `{ "__proto__": { "credentials": true }, "constructor": 1, "toString": 1, "origins": ["${GOOD}"] }`,
  );
  const { diagnostics } = errorOf(definition);
  expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([
    ["unknown-setting", "__proto__"],
    ["unknown-setting", "constructor"],
    ["unknown-setting", "toString"],
  ]);
  const item: unknown = JSON.parse(`{ "origins": [{ "__proto__": 1, "unsafe": "${GOOD}" }] }`);
  expect(errorOf(item).diagnostics.map(({ path }) => path)).toEqual(["origins[0]"]);
});

test("names of members are quoted on one line", () => {
  const { message, diagnostics } = errorOf({ origins: "*", "a\n  b: c\u001B[31m": 1, ["x".repeat(10_000)]: 1, "": 1 });
  expect(message.split("\n")).toHaveLength(1 + diagnostics.length);
  expect(diagnostics).toHaveLength(3);
  expect(message).toContain('["a\\n  b: c\\u001b[31m"]');
  expect(message.length).toBeLessThan(1500);
});

test("what is inherited does not count", () => {
  const inherited = Object.create({ credentials: true, origins: "*" });
  expect(errorOf(inherited).diagnostics.map(({ code }) => code)).toEqual(["missing-origins"]);
  const own = Object.assign(Object.create({ credentials: true, maxAge: 5 }), { origins: [GOOD] });
  expect(define(own).policy).toMatchObject({ origins: [GOOD], credentials: false, maxAge: null });
});

test("what has been added to the prototype of all objects does not count", () => {
  const prototype: Record<string, unknown> = Object.prototype as never;
  Object.defineProperty(prototype, "maxAge", { value: 5, configurable: true, writable: true });
  try {
    expect(define({ origins: [GOOD] }).policy.maxAge).toBe(null);
    expect(toCors({ origins: [GOOD] })).toBe(`origins ${GOOD}\n`);
  } finally {
    delete prototype.maxAge;
  }
});

test("a getter is read once, so that what is checked is what is used", () => {
  let reads = 0;
  const changing = {
    get origins() {
      reads++;
      return reads === 1 ? [GOOD] : "*";
    },
    credentials: true,
  };
  expect(define(changing).policy.origins).toEqual([GOOD]);
  expect(reads).toBe(1);

  let itemReads = 0;
  const list = [GOOD];
  Object.defineProperty(list, 0, { get: () => (itemReads++ === 0 ? GOOD : "*"), enumerable: true });
  expect(define({ origins: list, credentials: true }).policy.origins).toEqual([GOOD]);
});

test("a proxy that changes its mind is taken at its first word", () => {
  const seen = new Set<PropertyKey>();
  const proxy = new Proxy(
    { origins: [GOOD], credentials: true },
    {
      get(target, key) {
        if (!seen.has(key)) {
          seen.add(key);
          return Reflect.get(target, key);
        }
        return "*";
      },
    },
  );
  expect(define(proxy).policy).toMatchObject({ origins: [GOOD], credentials: true });
});

describe("what throws while it is read is a fault of the definition", () => {
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = () => {
    throw new Error("no\nway");
  };
  test.each([
    ["a getter", Object.defineProperty({}, "origins", { get: throwing, enumerable: true })],
    ["a revoked proxy", revoked],
    ["a revoked proxy inside", { origins: revoked }],
    ["a proxy without keys", new Proxy({ origins: "*" }, { ownKeys: throwing })],
    ["a proxy without values", { origins: new Proxy([GOOD], { get: throwing }) }],
  ])("%s", (_, definition) => {
    expect(errorOf(definition).diagnostics).toEqual([
      {
        code: "invalid-value",
        severity: "error",
        path: "",
        message: "a getter or proxy in this throws; write an object of plain values",
        fix: null,
      },
    ]);
  });
});

describe("what is no list, text or object is refused", () => {
  const withHole = [GOOD, GOOD, GOOD];
  delete withHole[1];
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const itself: Record<string, unknown> = { origins: [GOOD] };
  itself.methods = itself;
  test.each([
    ["a hole", { origins: withHole }, "origins[1]"],
    ["a list of holes", { origins: new Array(4_294_967_295) }, "origins[0]"],
    ["a list that contains itself", { origins: cyclic }, "origins[0]"],
    ["an object that contains itself", itself, "methods"],
    ["a text object", { origins: [new String(GOOD)] }, "origins[0]"],
    ["an object that would be a text", { origins: [{ toString: () => GOOD }] }, "origins[0]"],
    ["a URL", { origins: [new URL(GOOD)] }, "origins[0]"],
    ["a regular expression", { origins: [/example/] }, "origins[0]"],
    ["a function", { origins: () => true }, "origins"],
    ["a set", { origins: new Set([GOOD]) }, "origins"],
    ["what is like a list", { origins: { 0: GOOD, length: 1 } }, "origins"],
    ["a symbol", { origins: [Symbol("x")] }, "origins[0]"],
    ["a big integer", { origins: [GOOD], maxAge: 10n }, "maxAge"],
    ["infinity", { origins: [GOOD], maxAge: Number.POSITIVE_INFINITY }, "maxAge"],
    ["1 for true", { origins: [GOOD], credentials: 1 }, "credentials"],
    ["a list for a name", { origins: [GOOD], name: ["default"] }, "name"],
    ["a function as definition", () => ({ origins: "*" }), ""],
    ["a text as definition", "origins *", ""],
    ["nothing", undefined, ""],
  ])("%s", (_, definition, path) => {
    expect(errorOf(definition).diagnostics.map((one) => [one.code, one.path])).toEqual([["invalid-value", path]]);
  });
});

test("odd numbers are durations only where a file has them", () => {
  expect(define({ origins: "*", maxAge: -0 }).policy.maxAge).toBe(0);
  expect(define({ origins: "*", maxAge: 86_400 }).policy.maxAge).toBe(86_400);
  for (const maxAge of [1e21, 1e-7, 0.1, -5]) {
    expect(errorOf({ origins: "*", maxAge }).diagnostics.map(({ code }) => code)).toEqual(["max-age-syntax"]);
  }
});

test("what becomes of the caller's object changes nothing", () => {
  const origins = [GOOD];
  const item = { unsafe: "http://kiosk.example.net" };
  const definition = { origins: [...origins, item], methods: ["PUT"], credentials: true as const };
  const matcher = definePolicy(definition);
  const printed = toCors(matcher);
  definition.origins.push(EVIL);
  definition.methods.length = 0;
  item.unsafe = EVIL;
  expect(matcher.policy.origins).toEqual([GOOD, "http://kiosk.example.net"]);
  expect(matcher.policy.methods).toEqual(["PUT"]);
  expect(toCors(matcher)).toBe(printed);
});

test("the policy is frozen, and what a generated module would export", () => {
  const matcher = definePolicy({ name: "account", origins: [GOOD], maxAge: "10m" });
  const [policy] = compile(`policy account {\n  origins ${GOOD}\n  max-age 10m\n}\n`).policies;
  expect(matcher.policy).toEqual(policy && createMatcher(policy.compiled).policy);
  for (const part of [matcher, matcher.policy, matcher.policy.origins, matcher.policy.methods]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test("frozen definitions are fine, and lists with members of their own", () => {
  const list = Object.assign([GOOD], { index: 0, extra: EVIL });
  expect(define(Object.freeze({ origins: Object.freeze(list) })).policy.origins).toEqual([GOOD]);
});
