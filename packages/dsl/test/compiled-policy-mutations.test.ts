import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findFaults, mutatedPolicies, mutatedTexts } from "../../runtime/test/mutated-policies.js";
import { Random, seedOfThisRun } from "../../runtime/test/random.js";
import { randomPolicy } from "../../runtime/test/random-requests.js";
import { compiledPolicySchema } from "../src/compile/schema.js";
import { createPublishedValidator, type Validator } from "./reports/validators.js";

/*
 * The schema of compiled policies, and the JSON Schema that is published of it, take and refuse what the runtime does:
 * all but texts in `origins` that are no pattern, which no schema tells.
 */

const SEED = seedOfThisRun();
const RUNS = 3000;

function isTakenByRuntime(data: unknown): boolean {
  try {
    // The cast holds for nothing: refusing what does not have the type is what is tested.
    createMatcher(data as CompiledPolicy);
    return true;
  } catch {
    return false;
  }
}

function isTakenBySchema(data: unknown): boolean {
  const result = compiledPolicySchema.safeParse(data);
  if (result.success) expect(result.data).toEqual(data);
  return result.success;
}

/** Whether an origin is all that is wrong, and is a text. */
function isWrongByPattern(data: Readonly<Record<string, unknown>>): boolean {
  const { origins } = data;
  const areTexts = Array.isArray(origins) && [...origins].every((item) => typeof item === "string");
  return areTexts && [...findFaults(data)].join() === "origins";
}

function expectToAgree(data: Readonly<Record<string, unknown>>, isTaken: boolean): "taken" | "refused" | "by pattern" {
  if (isWrongByPattern(data)) {
    expect(isTakenByRuntime(data)).toBe(false);
    return "by pattern";
  }
  expect(isTaken).toBe(isTakenByRuntime(data));
  return isTaken ? "taken" : "refused";
}

test(`the schema, on random faults in a policy, seed ${SEED}`, () => {
  const seen = { taken: 0, refused: 0, "by pattern": 0 };
  const property = fc.property(mutatedPolicies, (data) => {
    seen[expectToAgree(data, isTakenBySchema(data))]++;
  });
  fc.assert(property, { seed: SEED, numRuns: RUNS });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS / 50);
});

test(`the published schema, on random faults in the text of a policy, seed ${SEED}`, () => {
  const validate: Validator = createPublishedValidator("compiled-policy.schema.json");
  const seen = { taken: 0, refused: 0, "by pattern": 0 };
  const property = fc.property(mutatedTexts, (text) => {
    let data: Readonly<Record<string, unknown>>;
    try {
      data = Object(JSON.parse(text));
    } catch {
      return;
    }
    seen[expectToAgree(data, validate(data).length === 0)]++;
  });
  fc.assert(property, { seed: SEED, numRuns: RUNS });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS / 100);
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s as one more member is refused", (member) => {
  const policy = randomPolicy(new Random(1));
  const data = JSON.parse(JSON.stringify(policy).replace("{", `{"${member}":{"origins":"*"},`));
  expect(isTakenBySchema(policy)).toBe(true);
  expect(isTakenBySchema(data)).toBe(isTakenByRuntime(data));
  expect(createPublishedValidator("compiled-policy.schema.json")(data)).not.toEqual([]);
});
