import { describe, expect, test } from "vitest";
import { MESSAGES, WARNINGS } from "../../src/diagnostics/messages.js";
import { check, definePolicy, type PolicyDefinition, PolicyError, toCors } from "../../src/index.js";
import { FAULTS } from "./faults.js";

/** What both functions throw; it is the same. */
function errorOf(definition: unknown): PolicyError {
  const errors = [definePolicy, toCors].map((make) => {
    try {
      // The cast is what callers from JavaScript do.
      make(definition as PolicyDefinition);
    } catch (error) {
      if (error instanceof PolicyError) return error;
      throw error;
    }
    throw new Error("nothing was thrown");
  });
  const [first, second] = errors;
  expect(second?.message).toBe(first?.message);
  if (!first) throw new Error("nothing was thrown");
  return first;
}

function codesOf(text: string): string[] {
  return check(text)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code }) => code);
}

describe.each(FAULTS.map((fault) => [`${fault.code} at ${fault.path || "the definition"}`, fault] as const))(
  "%s",
  (_, { code, definition, path, says, values, file }) => {
    test("is told with its path, what to write, and the fix as data", () => {
      const { diagnostics } = errorOf(definition);
      const [diagnostic] = diagnostics.filter((one) => one.code === code);
      expect(diagnostic).toMatchObject({ code, path, severity: "error" });
      expect(diagnostic?.message).toContain(says);
      expect(diagnostic?.fix?.values ?? null).toEqual(values);
    });

    test("has the code that it has in a file", () => {
      if (file !== null) expect(errorOf(definition).diagnostics.map((one) => one.code)).toEqual(codesOf(file));
    });

    test("is not told in the syntax of files", () => {
      const { message } = errorOf(definition);
      expect(message).not.toMatch(/`unsafe |`credentials (true|false)`|\*, Authorization`|\bline \d|=>/);
    });
  },
);

test("a fix mends the fault", () => {
  const fixable = FAULTS.filter(({ values }) => values !== null);
  expect(fixable.length).toBeGreaterThan(15);
  for (const { code, definition, path } of fixable) {
    const [diagnostic] = errorOf(definition).diagnostics;
    const [, member = "", index] = /^(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
    const members: Record<string, unknown> = { ...(definition as object) };
    const value = members[member];
    if (Array.isArray(value)) members[member] = value.toSpliced(Number(index), 1, ...(diagnostic?.fix?.values ?? []));
    else members[member] = member === "maxAge" ? diagnostic?.fix?.values[0] : diagnostic?.fix?.values;
    let mended: readonly string[] = [];
    try {
      definePolicy(members as unknown as PolicyDefinition);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      mended = error.diagnostics.map((one) => one.code);
    }
    expect(mended, `${code} at ${path}`).not.toContain(code);
  }
});

/** What needs a file: blocks, sets, imports, several policies, expectations, bytes. */
const FILES_ONLY = [
  "unclosed-block",
  "unclosed-list",
  "missing-comma",
  "invalid-utf8",
  "duplicate-setting",
  "duplicate-name",
  "unknown-name",
  "unknown-import",
  "import-cycle",
  "extends-cycle",
  "set-cycle",
  "set-kind",
  "unsafe-set",
  "empty-expect",
  "expectation-failed",
];

test("every error of the language that an object can have is in the table", () => {
  const errors = Object.keys(MESSAGES).filter((code) => !WARNINGS.some((warning) => warning === code));
  const tried = new Set<string>(FAULTS.map(({ code }) => code));
  expect(errors.filter((code) => !tried.has(code))).toEqual(FILES_ONLY);
});

test("all faults come at once, a line for each, in the order of the members and items", () => {
  const { message, name } = errorOf({
    credentials: true,
    maxage: 600,
    origins: ["https://App.example.com", 5, "http://kiosk.example.net", "*"],
    methods: ["put", "GET PUT"],
    name: "account",
  });
  expect(name).toBe("PolicyError");
  expect(message.split("\n")).toEqual([
    "the policy `account` can't be made:",
    '  maxage: unknown-setting: a policy has no member "maxage"; did you mean `maxAge`?',
    "  origins[0]: origin-uppercase: `https://App.example.com` has upper-case letters, and browsers send origins in lower case; write `https://app.example.com`",
    "  origins[1]: invalid-value: an origin is a text, or `{ unsafe: … }` with a text in it and nothing else",
    '  origins[2]: origin-insecure: whoever controls the network can run scripts in `http://kiosk.example.net`, and would get its users\' accounts; write https, or `{ unsafe: "http://kiosk.example.net" }`; suggested: "https://kiosk.example.net"',
    "  origins[3]: wildcard-with-credentials: browsers refuse `*` as origin of a request with credentials; list the origins, or write `credentials: false`",
    "  origins[3]: star-with-others: `*` in `origins` already means everything, so the other items have no effect; write `*` alone, or leave it out",
    "  methods[0]: method-case: methods are compared with their case, and `put` is not what browsers send; write `PUT`",
    '  methods[1]: syntax: "GET PUT" is not one item; write each as a text of its own, without white space, commas, braces, brackets, or `#` at its start',
  ]);
});

test("what is reported only because of another fault is left out", () => {
  expect(errorOf({ origins: [5] }).diagnostics.map(({ code }) => code)).toEqual(["invalid-value"]);
  expect(errorOf({ origins: 5 }).diagnostics.map(({ code }) => code)).toEqual(["invalid-value"]);
  expect(errorOf({ origins: ["a b"] }).diagnostics.map(({ code }) => code)).toEqual(["syntax"]);
  expect(errorOf({ origins: "*", headers: ["*", "Authorization "] }).diagnostics.map(({ path }) => path)).toEqual([
    "headers[1]",
  ]);
});

test("what is told to be written can be written", () => {
  const unwritable = ["PUT, [x]", "", " , "];
  for (const methods of unwritable) {
    expect(errorOf({ origins: "*", methods }).diagnostics.map(({ message }) => message)).toEqual([
      '`methods` is a list of methods, `"*"` or `"none"`',
    ]);
  }
});

test("an empty text among others is all that is wrong, and one by itself too", () => {
  const codes = (definition: unknown) => errorOf(definition).diagnostics.map(({ path, message }) => [path, message]);
  expect(codes({ origins: "".split(",") })).toEqual([["origins[0]", '"" is empty; leave it out']]);
  expect(codes({ origins: "https://a.example.com, ".split(",") })).toEqual([
    ["origins[1]", '" " is empty; leave it out'],
  ]);
});

test("a hundred faults are told, and the rest counted", () => {
  const bad = Array.from({ length: 150 }, (_, index) => `HTTPS://${index}.example.com`);
  const byRules = errorOf({ origins: bad });
  expect([byRules.diagnostics.length, byRules.omitted]).toEqual([100, 50]);
  expect(byRules.message.split("\n").at(-1)).toBe("  and 50 more");
  const byShape = errorOf({ origins: bad.map(() => 5), methods: ["put"] });
  expect([byShape.diagnostics.length, byShape.omitted]).toEqual([100, 51]);
  // Warnings are not counted, however many there are.
  const warned = Array.from({ length: 150 }, (_, index) => `http://h${index}.example.com`);
  expect(errorOf({ origins: [...warned, 5] }).omitted).toBe(0);
});

test("a matcher is no definition, and nobody knows what others were made of", () => {
  const matcher = definePolicy({ origins: "*" });
  const copy = { ...matcher };
  expect(errorOf(copy).diagnostics.map(({ message }) => message)).toEqual([
    "this is a policy that has been made, and what it was made of is not known; pass the definition",
  ]);
});
