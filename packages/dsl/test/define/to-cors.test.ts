import { cors } from "@corslang/adapters/fetch";
import { describe, expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { check, compile, definePolicy, format, type PolicyDefinition, PolicyError, toCors } from "../../src/index.js";

const LONG = Array.from({ length: 8 }, (_, index) => `X-A-Rather-Long-Header-${index}`);

/** Definitions, each with the file that somebody would write in its place. */
const DEFINITIONS: readonly (readonly [what: string, definition: PolicyDefinition, file: string])[] = [
  ["any origin", { origins: "*" }, "origins *\n"],
  ["any origin, as an item", { origins: ["*"] }, "origins *\n"],
  ["nobody", { origins: "none" }, "origins none\n"],
  ["one origin", { origins: ["https://a.example.com"] }, "origins https://a.example.com\n"],
  [
    "several origins, one a line",
    { origins: ["https://a.example.com", "https://*.b.example.com", "http://localhost:*", "http://[::1]:3000"] },
    "origins [\n  https://a.example.com\n  https://*.b.example.com\n  http://localhost:*\n  http://[::1]:3000\n]\n",
  ],
  [
    "unsafe origins",
    {
      origins: [{ unsafe: "https://*.github.io" }, "https://a.example.com", { unsafe: "http://k.example.net:*" }],
      credentials: true,
    },
    "origins [\n  unsafe https://*.github.io\n  https://a.example.com\n  unsafe http://k.example.net:*\n]\ncredentials true\n",
  ],
  ["an unsafe origin alone", { origins: [{ unsafe: "null" }] }, "origins unsafe null\n"],
  [
    "everything",
    {
      name: "account",
      origins: ["https://a.example.com"],
      methods: ["PUT", "DELETE"],
      headers: ["Content-Type", "X-Request-Id"],
      expose: ["ETag"],
      credentials: true,
      maxAge: "10m",
    },
    `policy account {
  origins     https://a.example.com
  methods     PUT, DELETE
  headers     Content-Type, X-Request-Id
  expose      ETag
  credentials true
  max-age     10m
}
`,
  ],
  [
    "everything for everybody",
    { origins: "*", methods: "*", headers: ["*", "Authorization"], expose: "*", credentials: false, maxAge: 0 },
    "origins     *\nmethods     *\nheaders     *, Authorization\nexpose      *\ncredentials false\nmax-age     0\n",
  ],
  [
    "nothing more than anybody has",
    { name: "default", origins: "*", methods: "none", headers: "none", expose: "none", maxAge: "none" },
    "origins *\nmethods none\nheaders none\nexpose  none\nmax-age none\n",
  ],
  ["seconds", { origins: "*", maxAge: 86_400 }, "origins *\nmax-age 86400\n"],
  ["a day", { origins: "*", maxAge: "1d" }, "origins *\nmax-age 1d\n"],
  [
    "what is too long for a line",
    { origins: "*", headers: LONG },
    `origins *\nheaders [\n${LONG.map((name) => `  ${name}\n`).join("")}]\n`,
  ],
  [
    "names that are words of the language",
    {
      origins: "*",
      headers: ["policy", "set", "when", "origins", "from", "allow"],
      expose: ["import", "expect", "max-age"],
    },
    "origins *\nheaders policy, set, when, origins, from, allow\nexpose  import, expect, max-age\n",
  ],
  [
    "names that are words of the language, one a line",
    { origins: "*", headers: ["policy", "set", "when", "origins", "import", "with", ...LONG] },
    `origins *\nheaders [\n${["policy", "set", "when", "origins", "import", "with", ...LONG].map((name) => `  ${name}\n`).join("")}]\n`,
  ],
  ["what is undefined", { origins: "*", methods: undefined, credentials: undefined, maxAge: undefined }, "origins *\n"],
];

describe.each(DEFINITIONS)("%s", (_, definition, file) => {
  test("is printed as somebody would write it, and the formatter leaves it", () => {
    expect(toCors(definition)).toBe(file);
    expect(format(file).text).toBe(file);
  });

  test("is the policy that the file compiles to", () => {
    expect(definePolicy(definition).policy).toEqual(compile(file).policies[0]?.compiled);
  });

  test("is printed alike when it has been made", () => {
    expect(toCors(definePolicy(definition))).toBe(file);
  });
});

test("warnings do not stop it, are not printed, and are found by checking what is printed", () => {
  const definition = { origins: ["https://a.example.com:*", "http://localhost:3000"], methods: ["PUT"] };
  expect(definePolicy(definition).policy.origins).toEqual(definition.origins);
  expect(check(toCors(definition)).diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    "warning any-port",
    "warning loopback-in-production",
    "warning content-type-missing",
  ]);
});

test("the policy is mounted as any other", async () => {
  const policy = definePolicy({ origins: ["https://app.example.com"], credentials: true });
  const handle = cors(policy, () => new Response("hello"));
  const ask = async (origin: string) => {
    const response = await handle(new Request("https://api.example.com/", { headers: { Origin: origin } }));
    return response.headers.get("Access-Control-Allow-Origin");
  };
  expect(await ask("https://app.example.com")).toBe("https://app.example.com");
  expect(await ask("https://evil.test")).toBe(null);
});

const ORIGINS = [
  "https://a.example.com",
  "https://*.example.com",
  "https://preview-*.example.dev",
  "http://localhost:*",
  "http://127.0.0.1:8080",
  "capacitor://localhost",
  "https://xn--bcher-kva.example",
  "https://*.github.io",
  "http://kiosk.example.net",
  "https://b.example.com:*",
  "null",
  "*",
  "none",
  "https://App.example.com",
  "b.example.com/",
];
const METHODS = ["GET", "PUT", "DELETE", "PATCH", "PUT", "put", "TRACE", "*", "none", "PROPFIND", "FOO"];
const NAMES = [
  "Content-Type",
  "X-Request-Id",
  "x-request-id",
  "ETag",
  "Authorization",
  "*",
  "none",
  "Cookie",
  "set",
  "+",
  "policy",
  "'x'",
];

/** Half of the items are mostly sound, so that many definitions are. */
function randomDefinition(random: Random): Record<string, unknown> {
  const isSound = random.chance(0.7);
  const listOf = (items: readonly string[], sound: number) =>
    random.several(1, random.chance(0.1) ? 12 : 3, () => random.pick(isSound ? items.slice(0, sound) : items));
  const origins = listOf(ORIGINS, 10).map((origin) =>
    random.chance(isSound ? 0.7 : 0.3) ? { unsafe: origin } : origin,
  );
  const maxAges = isSound ? [0, 600, "10m", "1d", "none", 86_400] : ["10min", 1.5, -1, 86_401, "2d", 600];
  return {
    ...(random.chance(0.4) && {
      name: random.pick(["default", "account", "first-party", "public", isSound ? "a1" : "class"]),
    }),
    ...(random.chance(0.95) && { origins: random.chance(0.1) ? random.pick(["*", "none"]) : origins }),
    ...(random.chance(0.5) && { methods: random.chance(0.2) ? "none" : listOf(METHODS, 5) }),
    ...(random.chance(0.5) && { headers: listOf(NAMES, 3) }),
    ...(random.chance(0.5) && { expose: listOf(NAMES, 4) }),
    ...(random.chance(0.6) && { credentials: random.chance(0.5) }),
    ...(random.chance(0.5) && { maxAge: random.pick(maxAges) }),
  };
}

/** A file for a definition, by another way than the one under test: everything on one line. */
function writeNaively(definition: Record<string, unknown>): string {
  const printItem = (item: unknown): string =>
    typeof item === "object" && item !== null && "unsafe" in item ? `unsafe ${item.unsafe}` : String(item);
  const settings = Object.entries(definition)
    .filter(([member]) => member !== "name")
    .map(([member, value]) => {
      const values = Array.isArray(value) ? value.map(printItem).join(", ") : String(value);
      return `${member === "maxAge" ? "max-age" : member} ${values}\n`;
    });
  const { name = "default" } = definition;
  return name === "default" ? settings.join("") : `policy ${name} {\n${settings.join("")}}\n`;
}

test("random definitions: the policy, the faults and the warnings are those of the file", () => {
  const seed = seedOfThisRun();
  const random = new Random(seed);
  const seen = { made: 0, refused: 0 };
  for (let index = 0; index < 3000; index++) {
    const definition = randomDefinition(random);
    const file = writeNaively(definition);
    const hint = `CORSLANG_SEED=${seed}, ${JSON.stringify(definition)}`;
    const { policies, diagnostics } = compile(file);
    // The cast holds where it matters: what is wrong is to be refused.
    const given = definition as unknown as PolicyDefinition;
    if (policies[0]) {
      seen.made++;
      const printed = toCors(given);
      expect(definePolicy(given).policy, hint).toEqual(policies[0].compiled);
      expect(compile(printed).policies[0]?.compiled, hint).toEqual(policies[0].compiled);
      expect(format(printed), hint).toEqual({ text: printed, diagnostics: [], omitted: 0 });
      expect(toCors(definePolicy(given)), hint).toBe(printed);
      // In another order, as methods and headers may stand in two.
      const codesOf = (text: string) => check(text).diagnostics.map(({ code, message }) => `${code}: ${message}`);
      expect(codesOf(printed).sort(), hint).toEqual(codesOf(file).sort());
    } else {
      seen.refused++;
      const codes = diagnostics.map(({ code }) => code);
      for (const make of [definePolicy, toCors]) {
        try {
          make(given);
          expect.unreachable(hint);
        } catch (error) {
          if (!(error instanceof PolicyError)) throw error;
          expect(error.diagnostics.map(({ code }) => code).sort(), hint).toEqual(codes.sort());
        }
      }
    }
  }
  // Each of the two is tried often enough to mean something.
  expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(500);
});
