import type { CompiledPolicy, CorsRequest } from "@corslang/runtime";
import { createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { originAttacks } from "../../../runtime/test/origin-attacks.js";
import { anonymousPolicy, credentialedPolicy } from "../../../runtime/test/policies.js";
import { decideByReference } from "../../../runtime/test/reference.js";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { account } from "../policies.js";
import { type Attack, findFaultsUnderAttack } from "./attacked-server.js";
import { actualFrom, bytesOf, preflightFrom, type RawRequest, rawRequest } from "./raw-request.js";
import { PATTERNS, trickedOrigins } from "./tricks.js";

/*
 * Attacks on the checks of a request's three headers, over raw sockets: HTTP clients and the Fetch API refuse to send
 * most of them. Blanks and tabs around a value are taken away by HTTP itself; what Node's parser refuses is refused,
 * and then nothing of it may come back.
 */

function policyFor(pattern: string): CompiledPolicy {
  if (pattern === "*") return anonymousPolicy({ origins: "*" });
  return pattern === "null" ? anonymousPolicy({ origins: [pattern] }) : credentialedPolicy({ origins: [pattern] });
}

function requestFrom(origin: string): CorsRequest {
  return { method: "GET", origin, requestMethod: null, requestHeaders: null };
}

/** A text with every byte put into it, at each of the places. */
function withEveryByte(text: string, places: readonly number[]): readonly string[] {
  return places.flatMap((place) =>
    Array.from({ length: 256 }, (_, code) => text.slice(0, place) + String.fromCharCode(code) + text.slice(place)),
  );
}

function everyPlaceOf(text: string): readonly number[] {
  return Array.from({ length: text.length + 1 }, (_, place) => place);
}

/** What is attacked by pattern, with an origin that is allowed there. */
const byPattern = new Map<string, { readonly honest: string; readonly origins: string[] }>();
for (const [pattern, honest] of PATTERNS) byPattern.set(pattern, { honest, origins: [honest] });
for (const { pattern, origin } of originAttacks) {
  const honest = pattern === "*" ? "https://app.example.com" : pattern.replace(/:\*$/, "").replace("*", "app");
  const attacked = byPattern.get(pattern) ?? { honest, origins: [] };
  attacked.origins.push(bytesOf(origin));
  byPattern.set(pattern, attacked);
}
for (const { pattern, origin } of trickedOrigins) byPattern.get(pattern)?.origins.push(origin);

describe("the verdicts of the matcher and of the reference", () => {
  test("on the corpus are those that are written there", () => {
    for (const { pattern, origin, mustBe } of originAttacks) {
      const { outcome } = decideByReference(policyFor(pattern), requestFrom(bytesOf(origin)));
      expect(`${pattern} ${origin} ${outcome}`).toBe(`${pattern} ${origin} actual-${mustBe}`);
    }
  });

  test("on every trick are denied, on every honest origin allowed", () => {
    expect(trickedOrigins.length).toBe(3772);
    expect(new Set(trickedOrigins.map(({ trick }) => trick)).size).toBe(18);
    for (const { pattern, origin, trick } of trickedOrigins) {
      const policy = policyFor(pattern);
      const outcomes = [
        decideByReference(policy, requestFrom(origin)),
        createMatcher(policy).decide(requestFrom(origin)),
      ].map(({ outcome }) => outcome);
      expect(`${pattern} ${origin} ${outcomes}`, trick).toBe(`${pattern} ${origin} actual-denied,actual-denied`);
    }
    for (const [pattern, honest] of PATTERNS) {
      expect(createMatcher(policyFor(pattern)).decide(requestFrom(honest)).outcome).toBe("actual-allowed");
    }
  });

  test.each(PATTERNS)("on %s with every byte at every place are the same", (pattern, honest) => {
    const policy = policyFor(pattern);
    const matcher = createMatcher(policy);
    for (const origin of withEveryByte(honest, everyPlaceOf(honest))) {
      const { outcome } = matcher.decide(requestFrom(origin));
      if (outcome !== decideByReference(policy, requestFrom(origin)).outcome) expect.fail(`${origin} is ${outcome}`);
    }
  });
});

const PUT = "Access-Control-Request-Method: PUT";
const FROM_APP = "Origin: https://app.example.com";

/** Every byte at the start, in the middle and at the end of each header of a preflight that would pass. */
const preflightsWithEveryByte: readonly RawRequest[] = [
  ...withEveryByte("https://app.example.com", [0, 4, 8, 11, 23]).map((origin) =>
    rawRequest("OPTIONS /resource", `Origin: ${origin}`, PUT),
  ),
  ...withEveryByte("PUT", [0, 1, 3]).map((method) =>
    rawRequest("OPTIONS /resource", FROM_APP, `Access-Control-Request-Method: ${method}`),
  ),
  ...withEveryByte("content-type,x-request-id", [0, 7, 12, 13, 25]).map((names) =>
    rawRequest("OPTIONS /resource", FROM_APP, PUT, `Access-Control-Request-Headers: ${names}`),
  ),
];

/** So many attacks, then a plain request. */
const AT_ONCE = 8;

/** Attacks by requests of which each is to be answered rightly. */
function attacksBy(requests: readonly RawRequest[]): readonly Attack[] {
  const attacks: Attack[] = [];
  for (let start = 0; start < requests.length; start += AT_ONCE) {
    attacks.push(async ({ findFault }) => {
      const faults: string[] = [];
      for (const request of requests.slice(start, start + AT_ONCE)) faults.push((await findFault(request)) ?? "");
      return faults.join("") || null;
    });
  }
  return attacks;
}

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  test.each([...byPattern])("decides what is tried on %s rightly", async (pattern, { honest, origins }) => {
    const requests = origins.flatMap((origin) => [actualFrom(origin), preflightFrom(origin)]);
    expect(await findFaultsUnderAttack(start, policyFor(pattern), honest, attacksBy(requests))).toEqual([]);
  });

  test("decides preflights with every byte in every header rightly", async () => {
    const attacks = attacksBy(preflightsWithEveryByte);
    expect(await findFaultsUnderAttack(start, account, "https://app.example.com", attacks)).toEqual([]);
  });
});
