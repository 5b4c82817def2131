import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CompiledPolicy, createMatcher, createPolicyRef, type Matcher } from "../src/index.js";
import { findFaults, isPolicy, MEMBERS, mutatedPolicies, mutatedTexts, RUNS } from "./mutated-policies.js";
import { actualRequest, anonymousPolicy } from "./policies.js";
import { Random, seedOfThisRun } from "./random.js";
import { randomRequest } from "./random-requests.js";
import { decideByReference } from "./reference.js";

/*
 * Data from elsewhere is refused with a TypeError that names a member at fault, or it is a policy that means just what
 * it says. What is at fault is told by `findFaults`, straight from the format's documentation; what it means, by the
 * reference.
 */

const SEED = seedOfThisRun();

/** fast-check prints the seed and the smallest example of a failure; CORSLANG_SEED repeats the run. */
function check<Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>, numRuns = RUNS): void {
  fc.assert(property, { seed: SEED, numRuns });
}

const OLD = anonymousPolicy({ name: "old", origins: ["https://old.example"] });

/** What becomes of data in each of the ways in which it can come in. */
function load(data: unknown): { readonly matcher: Matcher } | { readonly refusal: TypeError } {
  // The casts hold for nothing: refusing what does not have the type is what is tested.
  const policy = data as CompiledPolicy;
  const ref = createPolicyRef(OLD);
  try {
    const matcher = createMatcher(policy);
    ref.replace(policy);
    expect(ref.policy).toEqual(matcher.policy);
    return { matcher };
  } catch (refusal) {
    if (!(refusal instanceof TypeError)) throw refusal;
    const refusesAlike = () => ref.replace(policy);
    expect(refusesAlike).toThrow(new TypeError(refusal.message));
    expect(ref.policy).toEqual(OLD);
    expect(ref.decide(actualRequest("https://old.example")).outcome).toBe("actual-allowed");
    return { refusal };
  }
}

/** The member that a refusal is about. */
function memberOf({ message }: TypeError): string {
  const [, member, text = ""] =
    /^compiled policy: (\w+)(?:\[\d+\]| with credentials)? can't be (.*)$/s.exec(message) ?? [];
  // Of a member that is not known, its name is what can't be.
  return member === "member" ? String(JSON.parse(text)) : (member ?? `no member: ${message}`);
}

/** Compares with the reference, on requests that are near what the policy allows. */
function expectToMeanItsData(matcher: Matcher, policy: CompiledPolicy, seed: number): void {
  expect(matcher.policy).toEqual(policy);
  const random = new Random(seed);
  const { headers } = policy;
  // The bounds of a request follow from how many names there are; one that is there twice is one.
  const said = headers === "*" ? policy : { ...policy, headers: [...new Set(headers)] };
  for (let count = 0; count < 4; count++) {
    const request = randomRequest(random, policy);
    const { outcome, status, denial } = decideByReference(said, request);
    const decision = matcher.decide(request);
    expect([decision.outcome, decision.status, matcher.explain(request)]).toEqual([outcome, status, denial]);
  }
}

function expectRefusedOrMeant(data: Readonly<Record<string, unknown>>, seed: number): "refused" | "taken" {
  const loaded = load(data);
  if ("refusal" in loaded) {
    // A refusal tells no more of a name than that.
    const faults = [...findFaults(data)].map((member) => member.slice(0, 100));
    expect(faults).toContain(memberOf(loaded.refusal));
    return "refused";
  }
  if (!isPolicy(data)) throw new Error(`taken in spite of ${[...findFaults(data)].join(", ")}`);
  expectToMeanItsData(loaded.matcher, data, seed);
  return "taken";
}

test(`random faults in a policy, seed ${SEED}`, () => {
  const seen = { refused: 0, taken: 0 };
  check(
    fc.property(mutatedPolicies, fc.integer(), (data, seed) => {
      seen[expectRefusedOrMeant(data, seed)]++;
    }),
  );
  // Neither of the two is what becomes of nearly all.
  expect(Math.min(seen.refused, seen.taken)).toBeGreaterThan(RUNS / 10);
});

test(`random faults in the text of a policy, seed ${SEED}`, () => {
  const seen = { "no JSON": 0, refused: 0, taken: 0 };
  check(
    fc.property(mutatedTexts, fc.integer(), (text, seed) => {
      let data: unknown;
      try {
        data = JSON.parse(text);
      } catch {
        seen["no JSON"]++;
        return;
      }
      // With three edits of a few characters it stays an object.
      seen[expectRefusedOrMeant(Object(data), seed)]++;
    }),
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS / 50);
});

test(`anything at all is refused, seed ${SEED}`, () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
  });
  check(
    fc.property(anything, (data) => {
      const loaded = load(data);
      expect("refusal" in loaded && loaded.refusal.message).toMatch(/^compiled policy: .+ can't be /s);
    }),
    RUNS / 4,
  );
});

describe("each member", () => {
  const VALUES: readonly unknown[] = [
    undefined,
    null,
    true,
    false,
    0,
    1,
    2,
    -1,
    1.5,
    "",
    "*",
    "1",
    [],
    ["*"],
    [[]],
    {},
    () => 1,
  ];
  const policy = anonymousPolicy({ origins: ["https://a.example"], methods: ["PUT"], headers: ["x-one"] });

  test.each(MEMBERS)("%s: missing, of every other type, and under names that are nearly its", (member) => {
    const { [member]: value, ...rest } = policy;
    expect(load(rest)).toEqual({ refusal: new TypeError(`compiled policy: ${member} can't be undefined`) });
    for (const other of VALUES) expectRefusedOrMeant({ ...policy, [member]: other }, SEED);
    for (const name of [member.toUpperCase(), `${member} `, `${member}s`, `_${member}`]) {
      const refusal = new TypeError(`compiled policy: member can't be ${JSON.stringify(name)}`);
      expect(load({ ...policy, [name]: value })).toEqual({ refusal });
    }
  });
});
