import { describe, expect, test } from "vitest";
import { type CompiledPolicy, type CorsRequest, createMatcher, type Decision } from "../src/index.js";
import { HEADER_BUGS, ORIGIN_BUGS } from "./planted-bugs.js";
import { Random, seedOfThisRun } from "./random.js";
import { randomPolicy, randomRequest } from "./random-requests.js";
import { type Answer, COMPARISONS, decideByReference } from "./reference.js";

const POLICIES = 800;
const REQUESTS_PER_POLICY = 40;
const SEED = seedOfThisRun();

/** What is compared with the reference: decides one request, as usual or for debugging. */
type Subject = (request: CorsRequest, debug: boolean) => Answer;

interface Disagreement {
  readonly seed: number;
  readonly policy: CompiledPolicy;
  readonly request: CorsRequest;
  readonly debug: boolean;
  readonly expected: Answer;
  readonly actual: Answer;
}

interface Run {
  pairs: number;
  /** Of the pairs with a policy that lists origins: how many there are, and how many are allowed. */
  listedPairs: number;
  allowedListedPairs: number;
  /** How often each outcome, and each reason, came up. */
  readonly seen: Map<string, number>;
  disagreement: Disagreement | null;
}

function answerOf(decision: Decision, request: CorsRequest): Omit<Answer, "denial"> {
  const { outcome, status, allowOrigin, vary } = decision;
  const headers: Record<string, string> = Object.fromEntries(decision.headers);
  if (allowOrigin) headers["Access-Control-Allow-Origin"] = allowOrigin === "*" ? "*" : String(request.origin);
  if (vary.length > 0) headers.Vary = vary.join(", ");
  return { outcome, status, headers };
}

function matcherAsSubject(policy: CompiledPolicy): Subject {
  const matcher = createMatcher(policy);
  return (request, debug) => ({
    ...answerOf(debug ? matcher.decideForDebugging(request) : matcher.decide(request), request),
    denial: matcher.explain(request),
  });
}

function sorted(answer: Answer): string {
  return JSON.stringify({ ...answer, headers: Object.entries(answer.headers).sort(), denial: answer.denial });
}

/** Compares a subject with the reference, up to the first request on which they disagree. */
function compareWithReference(makeSubject: (policy: CompiledPolicy) => Subject, seed: number): Run {
  const random = new Random(seed);
  const run: Run = { pairs: 0, listedPairs: 0, allowedListedPairs: 0, seen: new Map(), disagreement: null };
  const count = (what: string) => run.seen.set(what, (run.seen.get(what) ?? 0) + 1);
  for (let policies = 0; policies < POLICIES; policies++) {
    const policy = randomPolicy(random);
    const subject = makeSubject(policy);
    for (let requests = 0; requests < REQUESTS_PER_POLICY; requests++) {
      const request = randomRequest(random, policy);
      const debug = random.chance(0.3);
      const expected = decideByReference(policy, request, debug);
      const actual = subject(request, debug);
      if (sorted(expected) !== sorted(actual)) {
        run.disagreement = { seed, policy, request, debug, expected, actual };
        return run;
      }
      run.pairs++;
      count(expected.outcome);
      if (expected.denial) count(expected.denial.reason);
      if (policy.origins === "*") continue;
      run.listedPairs++;
      if (!expected.denial?.reason.startsWith("origin")) run.allowedListedPairs++;
    }
  }
  return run;
}

describe("the matcher and the reference", () => {
  test("agree on outcome, headers and reason for random policies and requests grown from them", () => {
    const run = compareWithReference(matcherAsSubject, SEED);

    const share = run.allowedListedPairs / run.listedPairs;
    console.info(
      `CORSLANG_SEED=${SEED}: ${run.pairs} pairs of policy and origin, ${run.listedPairs} of them with listed origins, ` +
        `of which ${(share * 100).toFixed(1)} % allowed; ${JSON.stringify(Object.fromEntries(run.seen))}`,
    );
    expect(run.disagreement).toBeNull();
    expect(run.listedPairs).toBeGreaterThanOrEqual(20_000);
    expect(share).toBeGreaterThanOrEqual(0.4);
  });

  test("are asked every kind of question often", () => {
    const { seen } = compareWithReference(matcherAsSubject, SEED);
    const kinds = [
      ...["actual-allowed", "actual-denied", "preflight-passed", "preflight-failed"],
      ...["origin-not-allowed", "origin-malformed", "method-not-allowed", "method-malformed"],
      ...["header-not-allowed", "headers-malformed"],
    ];

    expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < 100)).toEqual([]);
  });

  test("agree on requests without Origin, which never vary by anything else", () => {
    const random = new Random(SEED);
    for (let policies = 0; policies < POLICIES; policies++) {
      const policy = randomPolicy(random);
      const request = { ...randomRequest(random, policy), origin: random.pick([null, undefined]) };
      expect(matcherAsSubject(policy)(request, false)).toEqual(decideByReference(policy, request));
    }
  });
});

describe("a planted bug makes the comparison fail", () => {
  test.each(Object.entries(ORIGIN_BUGS))("origins: %s", (_name, matchesOrigin) => {
    const withBug = (policy: CompiledPolicy): Subject => {
      return (request, debug) => decideByReference(policy, request, debug, { ...COMPARISONS, matchesOrigin });
    };

    expect(compareWithReference(withBug, SEED).disagreement).not.toBeNull();
  });

  test.each(Object.entries(HEADER_BUGS))("request headers: %s", (_name, allowsHeaders) => {
    const withBug = (policy: CompiledPolicy): Subject => {
      return (request, debug) => decideByReference(policy, request, debug, { ...COMPARISONS, allowsHeaders });
    };

    expect(compareWithReference(withBug, SEED).disagreement).not.toBeNull();
  });
});
