import { type CompiledPolicy, type CorsRequest, createMatcher, type Matcher } from "@corslang/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anonymousPolicy } from "../../packages/runtime/test/policies.js";
import { itemsThatAllow } from "../../packages/runtime/test/reference.js";
import { listedPolicies, originsNear, patterns, policies, requestsNear } from "./generators/policies.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";

/*
 * What a list means does not depend on what else is in it, on its order, or on the way in which the matcher looks for an
 * origin in it.
 */

type Decider = Pick<Matcher, "decide" | "explain">;
type MakeDecider = (policy: CompiledPolicy) => Decider;

function requestFrom(origin: string): CorsRequest {
  return { method: "GET", origin, requestMethod: null, requestHeaders: null };
}

function allows(decider: Decider, origin: string): boolean {
  return decider.decide(requestFrom(origin)).outcome === "actual-allowed";
}

/** All that is decided about a request. The items of a header's list are a set. */
function decidedBy(decider: Decider, request: CorsRequest): unknown {
  return [false, true].map((debug) => {
    const { headers, ...others } = decider.decide(request, debug);
    return { ...others, headers: headers.map(([name, value]) => [name, value.split(",").sort()]) };
  });
}

/** So many that the matcher looks up exact origins, and finds patterns by what origins end in. */
const UNRELATED_ORIGINS = Array.from({ length: 20 }, (_, index) => `https://unrelated-${index}.invalid`);
const UNRELATED_PATTERNS = Array.from({ length: 5 }, (_, index) => `https://*.unrelated-${index}.invalid`);

const addedOrigin = (make: MakeDecider) =>
  fc.property(
    fc
      .tuple(listedPolicies, patterns, fc.nat(100))
      .chain(([policy, added, place]) =>
        fc.tuple(
          fc.constant(policy),
          fc.constant(added),
          fc.constant(place),
          originsNear([...policy.origins, added, added]),
        ),
      ),
    ([policy, added, place, asked]) => {
      const at = place % (policy.origins.length + 1);
      const before = make(policy);
      const after = make({ ...policy, origins: policy.origins.toSpliced(at, 0, added) });
      const alone = make({ ...policy, origins: [added] });
      for (const origin of asked) {
        expect(allows(after, origin), origin).toBe(allows(before, origin) || allows(alone, origin));
        // Who got in before, or does not get in, is answered as before.
        const isNew = allows(alone, origin) && !allows(before, origin);
        if (!isNew) expect(decidedBy(after, requestFrom(origin))).toEqual(decidedBy(before, requestFrom(origin)));
      }
    },
  );

const exactOrigin = (make: MakeDecider) =>
  fc.property(
    listedPolicies.chain((policy) => fc.tuple(fc.constant(policy), originsNear(policy.origins))),
    ([policy, asked]) => {
      // Of those asked for, the well-formed ones are patterns themselves.
      for (const added of asked.filter((origin) => origin !== "null" && isExact(origin))) {
        const before = make(policy);
        const after = make({ ...policy, origins: [...policy.origins, added] });
        for (const origin of asked) {
          expect(allows(after, origin), `${added} is added, ${origin}`).toBe(
            origin === added || allows(before, origin),
          );
        }
      }
    },
  );

function isExact(origin: string): boolean {
  try {
    createMatcher(anonymousPolicy({ origins: [origin] }));
    return !origin.includes("*");
  } catch {
    return false;
  }
}

function shuffled(list: "*" | readonly string[]): fc.Arbitrary<"*" | readonly string[]> {
  return list === "*" ? fc.constant(list) : fc.shuffledSubarray([...list], { minLength: list.length });
}

const order = (make: MakeDecider) =>
  fc.property(
    policies.chain((policy) =>
      fc.tuple(
        fc.constant(policy),
        fc.record({
          origins: shuffled(policy.origins),
          methods: shuffled(policy.methods),
          headers: shuffled(policy.headers),
          expose: shuffled(policy.expose),
        }),
        requestsNear(policy),
      ),
    ),
    ([policy, lists, requests]) => {
      const one = make(policy);
      // The cast holds: lists stay lists, stars stay stars.
      const other = make({ ...policy, ...lists } as CompiledPolicy);
      for (const request of requests) {
        expect(decidedBy(other, request)).toEqual(decidedBy(one, request));
        expect(other.explain(request)).toEqual(one.explain(request));
      }
    },
  );

const orderOfRequestedNames = (make: MakeDecider) =>
  fc.property(
    policies.chain((policy) => fc.tuple(fc.constant(policy), requestsNear(policy), fc.infiniteStream(fc.nat()))),
    ([policy, requests, ranks]) => {
      const decider = make(policy);
      for (const request of requests) {
        const elements = (request.requestHeaders ?? "").split(",").map((text) => ({ text, rank: ranks.next().value }));
        const requestHeaders = elements
          .sort((one, other) => one.rank - other.rank)
          .map(({ text }) => text)
          .join(",");
        const other = { ...request, requestHeaders: request.requestHeaders == null ? null : requestHeaders };
        expect(decidedBy(decider, other)).toEqual(decidedBy(decider, request));
        expect(decider.explain(other)?.reason).toBe(decider.explain(request)?.reason);
      }
    },
  );

const everySearch = (make: MakeDecider) =>
  fc.property(
    listedPolicies.chain((policy) => fc.tuple(fc.constant(policy), originsNear(policy.origins))),
    ([policy, asked]) => {
      const withMore = (...more: readonly string[]) => make({ ...policy, origins: [...policy.origins, ...more] });
      const searches = {
        "as it is": make(policy),
        "every item twice": withMore(...policy.origins),
        "exact origins looked up": withMore(...UNRELATED_ORIGINS),
        "patterns found by endings": withMore(...UNRELATED_PATTERNS),
        "both, and endings that can't be said": withMore(
          ...UNRELATED_ORIGINS,
          ...UNRELATED_PATTERNS,
          "http://localhost:*",
        ),
      };
      const alone = policy.origins.map((item) => make({ ...policy, origins: [item] }));
      for (const origin of asked) {
        const expected = itemsThatAllow(policy, origin).length > 0;
        expect(
          alone.some((decider) => allows(decider, origin)),
          origin,
        ).toBe(expected);
        for (const [search, decider] of Object.entries(searches)) {
          const isOfTheLast = search.startsWith("both") && /^http:\/\/localhost(:\d+)?$/.test(origin);
          if (!isOfTheLast) expect(allows(decider, origin), `${search}: ${origin}`).toBe(expected);
        }
      }
    },
  );

const PROPERTIES = {
  "an item that is added lets in whom it stands for, and changes nothing for others": addedOrigin,
  "an exact origin that is added lets in itself alone": exactOrigin,
  "the order of a policy's items changes nothing": order,
  "the order of requested names changes nothing": orderOfRequestedNames,
  "origins are found in every way in which the matcher looks for them": everySearch,
};

describe(`lists, CORSLANG_SEED=${SEED}`, () => {
  test.each(Object.entries(PROPERTIES))("%s", async (_name, property) => {
    await expectToHold(property(createMatcher), 1500);
  });
});

describe("a planted bug is found", () => {
  /** A matcher of a policy that is not the one given. */
  function ofOther(change: (origins: readonly string[]) => readonly string[]): MakeDecider {
    return (policy) => createMatcher(policy.origins === "*" ? policy : { ...policy, origins: change(policy.origins) });
  }
  /** A matcher that is asked about another request. */
  function ofOtherRequest(change: (request: CorsRequest, policy: CompiledPolicy) => CorsRequest): MakeDecider {
    return (policy) => {
      const { decide, explain } = createMatcher(policy);
      return {
        decide: (request, debug) => decide(change(request, policy), debug),
        explain: (request) => explain(change(request, policy)),
      };
    };
  }
  const BUGS: readonly (readonly [string, MakeDecider, readonly (keyof typeof PROPERTIES)[]])[] = [
    [
      "only the last two items count",
      ofOther((origins) => origins.slice(-2)),
      [
        "an item that is added lets in whom it stands for, and changes nothing for others",
        "the order of a policy's items changes nothing",
        "origins are found in every way in which the matcher looks for them",
      ],
    ],
    [
      "from five items on the first one is lost",
      ofOther((origins) => (origins.length < 5 ? origins : origins.slice(1))),
      [
        "an item that is added lets in whom it stands for, and changes nothing for others",
        "the order of a policy's items changes nothing",
        "origins are found in every way in which the matcher looks for them",
      ],
    ],
    [
      "with several items, the host of the request's origin is compared without case",
      ofOtherRequest((request, { origins }) =>
        origins.length > 1 ? { ...request, origin: request.origin?.toLowerCase() } : request,
      ),
      [
        "origins are found in every way in which the matcher looks for them",
        "an exact origin that is added lets in itself alone",
      ],
    ],
    [
      "the first requested name alone is read",
      ofOtherRequest((request) => ({ ...request, requestHeaders: request.requestHeaders?.split(",")[0] })),
      ["the order of requested names changes nothing"],
    ],
    [
      "the first header that is listed has to be asked for",
      ofOtherRequest((request, { headers }) =>
        request.requestHeaders?.includes(headers[0] ?? "") ? request : { ...request, requestHeaders: "\n" },
      ),
      ["the order of a policy's items changes nothing"],
    ],
  ];
  const pairs = BUGS.flatMap(([bug, make, names]) => names.map((name) => ({ bug, make, name })));

  test.each(pairs)("$bug: $name", async ({ make, name }) => {
    await expectToFail(PROPERTIES[name](make), 1500);
  });
});
