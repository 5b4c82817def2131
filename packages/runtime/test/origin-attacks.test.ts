import { describe, expect, test } from "vitest";
import { createMatcher } from "../src/index.js";
import { originAttacks } from "./origin-attacks.js";
import { actualRequest, anonymousPolicy, preflight } from "./policies.js";

describe("the corpus of attacks on origin checks", () => {
  test("is whole: every family is there, honest origins too", () => {
    const families = new Set(originAttacks.map(({ family }) => family));

    expect(originAttacks).toHaveLength(179);
    expect([...families].sort()).toEqual([
      ...["control", "forbidden-char", "ip", "length", "multiple", "null", "percent", "port", "prefix"],
      ...["public-suffix", "regex", "scheme", "special-char", "suffix", "unicode", "url-parser", "wildcard"],
    ]);
  });

  test.each(originAttacks)("$family: $pattern and $origin: $mustBe ($why)", ({ pattern, origin, mustBe }) => {
    const matcher = createMatcher(anonymousPolicy({ origins: pattern === "*" ? "*" : [pattern] }));

    expect(matcher.decide(actualRequest(origin)).outcome).toBe(`actual-${mustBe}`);
    expect(matcher.decide(preflight(origin, "GET")).outcome).toBe(
      mustBe === "allowed" ? "preflight-passed" : "preflight-failed",
    );
  });
});
