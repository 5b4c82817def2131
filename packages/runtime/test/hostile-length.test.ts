import { afterEach, describe, expect, test, vi } from "vitest";
import { type CorsRequest, createMatcher, type Matcher } from "../src/index.js";
import { actualRequest, credentialedPolicy, preflight } from "./policies.js";

const ORIGIN = "https://app.example.com";
const FEW = [ORIGIN, "https://*.example.com", "https://pr-*.example.dev", "http://localhost:*"];
const MANY = Array.from({ length: 40 }, (_, index) => [`https://a${index}.test`, `https://*.b${index}.test`]).flat();

/** Origins are searched in one way where they are few, in another where they are many. */
const MATCHERS = [FEW, [...FEW, ...MANY]].map((origins) =>
  createMatcher(credentialedPolicy({ origins, methods: ["PUT"], headers: ["content-type", "x-request-id"] })),
);

const LENGTHS = [16 * 1024, 1024 * 1024];

function fill(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/**
 * How much text was looked at: a character for reading one, the whole text for any other method of a string, but for
 * those that stop as soon as they know.
 */
function measureWork(decide: () => unknown): number {
  let work = 0;
  const names = Object.getOwnPropertyNames(String.prototype).filter((name) => name !== "constructor");
  for (const name of names) {
    // The cast holds: only what is a function is replaced.
    const method: unknown = Reflect.get(String.prototype, name);
    if (typeof method !== "function") continue;
    vi.spyOn(String.prototype, name as "at").mockImplementation(function (this: string, ...parameters: unknown[]) {
      const result: unknown = Reflect.apply(method, this, parameters);
      if (["charCodeAt", "charAt", "codePointAt", "at"].includes(name)) work += 1;
      else if (["slice", "substring"].includes(name)) work += String(result).length;
      else work += this.length;
      return result as string;
    });
  }
  try {
    decide();
  } finally {
    vi.restoreAllMocks();
  }
  return work;
}

afterEach(() => {
  vi.restoreAllMocks();
});

const HOSTILE: readonly { title: string; makeRequest: (length: number) => CorsRequest }[] = [
  { title: "Origin: letters", makeRequest: (length) => actualRequest(fill("a", length)) },
  { title: "Origin: labels", makeRequest: (length) => actualRequest(`https://${fill("a.", length)}example.com`) },
  { title: "Origin: dots", makeRequest: (length) => actualRequest(ORIGIN + fill(".", length)) },
  { title: "Origin: a port", makeRequest: (length) => actualRequest(`http://localhost:${fill("1", length)}`) },
  { title: "Origin: colons", makeRequest: (length) => actualRequest(`http://localhost${fill(":", length)}`) },
  { title: "Origin: a list", makeRequest: (length) => actualRequest(fill(`${ORIGIN}, `, length)) },
  { title: "Origin: white space", makeRequest: (length) => actualRequest(`${fill(" ", length)}${ORIGIN}`) },
  { title: "method: letters", makeRequest: (length) => preflight(ORIGIN, fill("M", length)) },
  { title: "headers: commas", makeRequest: (length) => preflight(ORIGIN, "PUT", fill(",", length)) },
  { title: "headers: spaces", makeRequest: (length) => preflight(ORIGIN, "PUT", fill(" ", length)) },
  { title: "headers: tabs and commas", makeRequest: (length) => preflight(ORIGIN, "PUT", fill("\t,", length)) },
  { title: "headers: one name", makeRequest: (length) => preflight(ORIGIN, "PUT", fill("x", length)) },
  { title: "headers: many names", makeRequest: (length) => preflight(ORIGIN, "PUT", fill("x-evil,", length)) },
  {
    title: "headers: an allowed name",
    makeRequest: (length) => preflight(ORIGIN, "PUT", fill("content-type,", length)),
  },
  {
    title: "headers: spaces around an allowed name",
    makeRequest: (length) => preflight(ORIGIN, "PUT", `${fill(" ", length)}content-type${fill(" ", length)}`),
  },
];

describe.each(HOSTILE)("$title", ({ makeRequest }) => {
  test.each(LENGTHS)("of %i characters is denied, and called malformed", (length) => {
    const request = makeRequest(length);

    for (const matcher of MATCHERS) {
      expect(matcher.decide(request).outcome).toMatch(/denied|failed/);
      expect(matcher.decide(request, true).outcome).toMatch(/denied|failed/);
      expect(matcher.explain(request)?.reason).toMatch(/malformed/);
    }
  });

  test.each(["decide", "explain"] as const)("%s does not work more for more", (method) => {
    const ask = (asked: Matcher, request: CorsRequest) => () => asked[method](request);
    const [short = 0, long = 0] = LENGTHS;

    for (const matcher of MATCHERS) {
      const work = measureWork(ask(matcher, makeRequest(short)));
      expect(measureWork(ask(matcher, makeRequest(long)))).toBe(work);
      // To tell that a name is a token, each of its characters is looked up in a text.
      expect(work).toBeLessThan(method === "explain" ? 3000 : 2000);
    }
  });
});

test("the measure sees work: reading a whole text counts", () => {
  const text = fill("a,", 5000);

  expect(measureWork(() => text.split(","))).toBe(5000);
  expect(measureWork(() => text.charCodeAt(0))).toBe(1);
});
