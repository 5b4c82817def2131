import { definePolicy, PolicyError } from "@corslang/dsl";
import { createMatcher, type Matcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { originAttacks } from "../../../runtime/test/origin-attacks.js";
import { anonymousPolicy } from "../../../runtime/test/policies.js";
import { isWellFormed, itemsThatAllow } from "../../../runtime/test/reference.js";
import { PATTERNS, trickedOrigins } from "./tricks.js";

/*
 * What testers send as an Origin, written into a policy as a pattern: it is refused, or stands for what the language
 * reference says and nothing else. A policy that is tampered with, or misunderstood by who wrote it, opens nothing.
 */

const texts = [
  ...new Set([
    ...originAttacks.flatMap(({ pattern, origin }) => [pattern, origin]),
    ...trickedOrigins
      .filter(({ pattern }) => PATTERNS.slice(0, 7).some(([kind]) => kind === pattern))
      .map(({ origin }) => origin),
  ]),
  // Words of the language: any origin, and no origin.
].filter((text) => !["*", "none"].includes(text));

/** What a pattern is asked about: all the other texts, in which the honest origins are, too. */
const asked = [...new Set([...texts, ...PATTERNS.map(([, honest]) => honest)])];

/** Whether the text could be a pattern: an origin, with at most a star in its host and one for its port filled in. */
function couldBePattern(text: string): boolean {
  return text === "null" || isWellFormed(text.replace(/:\*$/, ":1").replace("*", "a"));
}

/** The origins that the matcher and the language reference disagree about. */
function findDisagreements(text: string, matcher: Matcher): readonly string[] {
  return asked.filter((origin) => {
    const { outcome } = matcher.decide({ method: "GET", origin, requestMethod: null, requestHeaders: null });
    return (outcome === "actual-allowed") !== itemsThatAllow(anonymousPolicy({ origins: [text] }), origin).length > 0;
  });
}

function attempt<Made>(make: () => Made, isRefusal: (error: unknown) => boolean): Made | "refused" {
  try {
    return make();
  } catch (error) {
    if (isRefusal(error)) return "refused";
    throw error;
  }
}

test("there are enough of them, and some are patterns", () => {
  expect(texts.length).toBeGreaterThan(1500);
  expect(texts.filter(couldBePattern).length).toBeGreaterThan(100);
});

describe("as a pattern", () => {
  test("in compiled data, each is refused with a TypeError or means what the reference says", () => {
    for (const text of texts) {
      const matcher = attempt(
        () => createMatcher(anonymousPolicy({ origins: [text] })),
        (error) => error instanceof TypeError,
      );
      if (matcher === "refused") expect(text.includes("*") || !couldBePattern(text), text).toBe(true);
      else expect([couldBePattern(text), findDisagreements(text, matcher)], text).toEqual([true, []]);
    }
  });

  test("in a policy, each is refused with diagnostics or means what the reference says, alone", () => {
    for (const text of texts) {
      const matcher = attempt(
        () => definePolicy({ origins: [text] }),
        (error) => error instanceof PolicyError && error.diagnostics.length > 0,
      );
      if (matcher === "refused") continue;
      expect(matcher.policy.origins, text).toEqual([text]);
      expect([couldBePattern(text), findDisagreements(text, matcher)], text).toEqual([true, []]);
    }
  });
});
