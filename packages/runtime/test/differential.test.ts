import { describe, expect, test } from "vitest";
import { type CompiledPolicy, type CorsRequest, createMatcher, type Decision } from "../src/index.js";
import { Strategy } from "../src/limits.js";
import { HEADER_BUGS, ITEM_BUGS, ORIGIN_BUGS, SEARCH_BUGS } from "./planted-bugs.js";
import { Random, seedOfThisRun } from "./random.js";
import { randomPolicy, randomRequest } from "./random-requests.js";
import { type Answer, COMPARISONS, type Comparisons, decideByReference, itemsThatAllow } from "./reference.js";

const POLICIES = 800;
const REQUESTS_PER_POLICY = 40;
const SEED = seedOfThisRun();
/** A planted bug that only some seeds find is one that is hardly looked at. */
const SEEDS = [SEED, SEED + 1, SEED + 2];

type RandomRequest = ReturnType<typeof randomRequest>;

/** What is compared with the reference: decides one request, as usual or for debugging, and finds who allows it. */
type Subject = (request: RandomRequest, debug: boolean) => Answer & { readonly item: string | null };

interface Disagreement {
  readonly seed: number;
  readonly policy: CompiledPolicy;
  readonly request: CorsRequest;
  readonly debug: boolean;
  readonly expected: Answer;
  readonly items: readonly string[];
  readonly actual: ReturnType<Subject>;
}

interface Run {
  pairs: number;
  /** Of the pairs with a policy that lists origins: how many there are, and how many are allowed. */
  listedPairs: number;
  allowedListedPairs: number;
  /** How often each outcome, each reason, and each way of searching came up. */
  readonly seen: Map<string, number>;
  disagreement: Disagreement | null;
}

function answerOf(decision: Decision, request: CorsRequest): Omit<Answer, "denial"> {
  const { outcome, status, allowOrigin, vary } = decision;
  const headers: Record<string, string> = Object.fromEntries(decision.headers);
  if (allowOrigin) headers["Access-Control-Allow-Origin"] = allowOrigin === "*" ? "*" : String(request.origin);
  if (vary !== "") headers.Vary = vary;
  return { outcome, status, headers };
}

function matcherAsSubject(policy: CompiledPolicy): Subject {
  const matcher = createMatcher(policy);
  return (request, debug) => ({
    ...answerOf(matcher.decide(request, debug), request),
    denial: matcher.explain(request),
    item: matcher.findOrigin(request.origin),
  });
}

function sorted({ outcome, status, headers, denial }: Answer): string {
  return JSON.stringify({ outcome, status, headers: Object.entries(headers).sort(), denial });
}

/** Of several items that allow an origin any may be said. */
function isRightItem(item: string | null, items: readonly string[]): boolean {
  return item === null ? items.length === 0 : items.includes(item);
}

/** How a matcher searches among the origins of a list, by how many there are. */
function wayOfSearching(origins: readonly string[]): string {
  const exact = origins.filter((item) => !item.includes("*"));
  return exact.length > Strategy.MOST_COMPARED ? "origins looked up" : "origins compared";
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
      const items = itemsThatAllow(policy, request.origin);
      const actual = subject(request, debug);
      if (sorted(expected) !== sorted(actual) || !isRightItem(actual.item, items)) {
        run.disagreement = { seed, policy, request, debug, expected, items, actual };
        return run;
      }
      run.pairs++;
      count(expected.outcome);
      if (expected.denial) count(expected.denial.reason);
      if (policy.origins === "*") continue;
      const [item] = items;
      const found = item === undefined ? "nothing found" : item.includes("*") ? "a pattern found" : "an origin found";
      count(`${wayOfSearching(policy.origins)}: ${found}`);
      run.listedPairs++;
      if (!expected.denial?.reason.startsWith("origin")) run.allowedListedPairs++;
    }
  }
  return run;
}

describe("the matcher and the reference", () => {
  test("agree on outcome, headers, reason and item for random policies and requests grown from them", () => {
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
      ...["origins compared", "origins looked up"].flatMap((origins) =>
        ["nothing", "a pattern", "an origin"].map((found) => `${origins}: ${found} found`),
      ),
    ];

    expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < 100)).toEqual([]);
  });

  test("agree on requests without Origin, which never vary by anything else", () => {
    const random = new Random(SEED);
    for (let policies = 0; policies < POLICIES; policies++) {
      const policy = randomPolicy(random);
      const request = { ...randomRequest(random, policy), origin: random.pick([null, undefined]) };
      const matcher = createMatcher(policy);
      const denial = matcher.explain(request);
      expect({ ...answerOf(matcher.decide(request), request), denial }).toEqual(decideByReference(policy, request));
    }
  });
});

describe("a planted bug makes the comparison fail, whatever the seed", () => {
  function expectToBeFound(withBug: (policy: CompiledPolicy) => Subject): void {
    const missed = SEEDS.filter((seed) => compareWithReference(withBug, seed).disagreement === null);
    expect(missed).toEqual([]);
  }

  /** The reference with other comparisons, which finds the first item that they allow. */
  function withComparisons(comparisons: Comparisons): (policy: CompiledPolicy) => Subject {
    return (policy) => (request, debug) => ({
      ...decideByReference(policy, request, debug, comparisons),
      item: itemsThatAllow(policy, request.origin, comparisons)[0] ?? null,
    });
  }

  test("which the reference itself does not", () => {
    expect(compareWithReference(withComparisons(COMPARISONS), SEED).disagreement).toBeNull();
  });

  test.each(Object.entries(ORIGIN_BUGS))("origins: %s", (_name, matchesOrigin) => {
    const withBug = withComparisons({ ...COMPARISONS, matchesOrigin });

    expectToBeFound(withBug);
  });

  test.each(Object.entries(SEARCH_BUGS))("the search among patterns: %s", (_name, findPatterns) => {
    const withBug = (policy: CompiledPolicy): Subject => {
      return (request, debug) => {
        const found = findPatterns(itemsThatAllow(policy, request.origin), request.origin, policy);
        const matchesOrigin = (pattern: string) => found.includes(pattern);
        return {
          ...decideByReference(policy, request, debug, { ...COMPARISONS, matchesOrigin }),
          item: policy.origins === "*" ? "*" : (found[0] ?? null),
        };
      };
    };

    expectToBeFound(withBug);
  });

  test.each(Object.entries(HEADER_BUGS))("request headers: %s", (_name, allowsHeaders) => {
    const withBug = withComparisons({ ...COMPARISONS, allowsHeaders });

    expectToBeFound(withBug);
  });

  test.each(Object.entries(ITEM_BUGS))("the item that allows: %s", (_name, findItem) => {
    const withBug = (policy: CompiledPolicy): Subject => {
      return (request, debug) => ({
        ...decideByReference(policy, request, debug),
        item: findItem(itemsThatAllow(policy, request.origin), policy, request.origin),
      });
    };

    expectToBeFound(withBug);
  });
});
