import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy, preflight } from "./policies.js";

/** One line of the corpus: what testers of origin checks send, with honest origins among it. */
interface Attack {
  readonly pattern: string;
  readonly origin: string;
  /** What else the origin has at its end, too long to be written out. */
  readonly repeated?: { readonly text: string; readonly times: number };
  readonly mustBe: "allowed" | "denied";
  readonly family: string;
  readonly why: string;
}

const file = new URL("./fixtures/origin-attacks.json", import.meta.url);
// The cast holds: the file is kept in this form, and a line without it fails its test.
const attacks = JSON.parse(readFileSync(file, "utf8")) as readonly Attack[];

describe("the corpus of attacks on origin checks", () => {
  test("is whole: every family is there, honest origins too", () => {
    const families = new Set(attacks.map(({ family }) => family));

    expect(attacks).toHaveLength(179);
    expect([...families].sort()).toEqual([
      ...["control", "forbidden-char", "ip", "length", "multiple", "null", "percent", "port", "prefix"],
      ...["public-suffix", "regex", "scheme", "special-char", "suffix", "unicode", "url-parser", "wildcard"],
    ]);
  });

  test.each(attacks)("$family: $pattern and $origin: $mustBe ($why)", ({ pattern, origin, repeated, mustBe }) => {
    const sent = origin + (repeated ? repeated.text.repeat(repeated.times) : "");
    const matcher = createMatcher(anonymousPolicy({ origins: pattern === "*" ? "*" : [pattern] }));

    expect(matcher.decide(actualRequest(sent)).outcome).toBe(`actual-${mustBe}`);
    expect(matcher.decide(preflight(sent, "GET")).outcome).toBe(
      mustBe === "allowed" ? "preflight-passed" : "preflight-failed",
    );
  });
});
