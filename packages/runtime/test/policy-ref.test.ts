import { describe, expect, test } from "vitest";
import { type CompiledPolicy, createMatcher, createPolicyRef } from "../src/index.js";
import { actualRequest, anonymousPolicy, credentialedPolicy, preflight } from "./policies.js";

const FIRST = "https://first.example";
const SECOND = "https://second.example";

const first = credentialedPolicy({ name: "first", origins: [FIRST], methods: ["PUT"], expose: ["ETag"], maxAge: 600 });
const second = anonymousPolicy({ name: "second", origins: [SECOND], headers: ["x-second"] });

describe("a reference decides as the policy that it has at the moment", () => {
  const REQUESTS = [
    actualRequest(null),
    actualRequest(FIRST),
    actualRequest(SECOND),
    preflight(FIRST, "PUT"),
    preflight(FIRST, "PATCH"),
    preflight(SECOND, "GET", "x-second"),
    preflight(SECOND, "GET", "x-other"),
  ];

  test.each([
    ["compiled data", second],
    ["compiled data that comes out of JSON", JSON.parse(JSON.stringify(second))],
    ["a policy", createMatcher(second)],
    ["a policy of another copy of the package", { ...createMatcher(second) }],
    ["another reference", createPolicyRef(second)],
  ])("replaced by %s", (_title, next) => {
    const ref = createPolicyRef(first);
    for (const [data, replace] of [
      [first, () => ref.replace(next)],
      [second, () => ref.replace(first)],
    ] as const) {
      const matcher = createMatcher(data);
      expect(ref.policy).toEqual(data);
      for (const request of REQUESTS) {
        for (const debug of [false, true]) expect(ref.decide(request, debug)).toEqual(matcher.decide(request, debug));
        expect(ref.explain(request)).toEqual(matcher.explain(request));
      }
      for (const origin of [FIRST, SECOND]) expect(ref.findOrigin(origin)).toBe(matcher.findOrigin(origin));
      replace();
    }
    expect(ref.policy).toEqual(first);
  });

  test("it begins with data, a policy or a reference alike", () => {
    for (const policy of [first, createMatcher(first), createPolicyRef(first)]) {
      expect(createPolicyRef(policy).policy).toEqual(first);
    }
  });

  test("its functions work alone, as they do of a policy", () => {
    const { decide, findOrigin, explain, replace } = createPolicyRef(first);
    replace(second);
    expect(decide(actualRequest(SECOND)).outcome).toBe("actual-allowed");
    expect(findOrigin(SECOND)).toBe(SECOND);
    expect(explain(actualRequest(FIRST))).toEqual({ reason: "origin-not-allowed" });
    // @ts-expect-error: the types see that a number would be taken for the second argument; it does not mean debugging.
    const decisions = [preflight(FIRST, "GET"), preflight(FIRST, "GET")].map(decide);
    expect(decisions.map(({ status }) => status)).toEqual([403, 403]);
  });

  test("a reference to a reference keeps what that was", () => {
    const inner = createPolicyRef(first);
    const outer = createPolicyRef(inner);
    inner.replace(second);
    expect([outer.policy.name, inner.policy.name]).toEqual(["first", "second"]);
  });

  test("to itself it changes nothing", () => {
    const ref = createPolicyRef(first);
    ref.replace(ref);
    expect(ref.policy).toEqual(first);
  });

  test("what was decided before stays as it was", () => {
    const ref = createPolicyRef(first);
    const decision = ref.decide(actualRequest(FIRST));
    ref.replace(second);
    expect(decision).toEqual(createMatcher(first).decide(actualRequest(FIRST)));
  });

  test("later changes to the data are not seen", () => {
    const origins = [FIRST];
    const ref = createPolicyRef(anonymousPolicy({ origins }));
    origins[0] = SECOND;
    expect(ref.decide(actualRequest(SECOND)).outcome).toBe("actual-denied");
    expect(() => Object.assign(ref, { decide: () => null })).toThrow(TypeError);
  });
});

describe("what is no policy is refused, and the old one stays", () => {
  test.each([
    ["nothing", undefined, "compiled policy: version can't be undefined"],
    ["null, as JSON can be", null, "compiled policy: version can't be undefined"],
    ["an empty object", {}, "compiled policy: version can't be undefined"],
    ["all policies of a file", { default: second, account: second }, "compiled policy: version can't be undefined"],
    ["a later version", { ...second, version: 2 }, "compiled policy: version can't be 2"],
    ["a promise of data", Promise.resolve(second), "compiled policy: version can't be undefined"],
    [
      "a damaged origin",
      { ...second, origins: [SECOND, "https://*"] },
      'compiled policy: origins[1] can\'t be "https://*"',
    ],
    ["* with credentials", { ...first, origins: "*" }, 'compiled policy: origins with credentials can\'t be "*"'],
    ["a policy in a policy", { ...second, policy: first }, 'compiled policy: member can\'t be "policy"'],
    [
      "data with the names of a policy's functions",
      { policy: second, decide: true, findOrigin: true, explain: true, version: 1 },
      "compiled policy: name can't be undefined",
    ],
    [
      "a policy of another version",
      { ...createMatcher(first), policy: { ...first, version: 2 } },
      "compiled policy: version can't be 2",
    ],
  ])("%s", (_title, next, reason) => {
    const ref = createPolicyRef(first);
    // The casts do not hold: that is what is tested.
    expect(() => ref.replace(next as CompiledPolicy)).toThrow(new TypeError(reason));
    expect(ref.policy).toEqual(first);
    expect(ref.decide(actualRequest(FIRST)).outcome).toBe("actual-allowed");
    expect(ref.decide(actualRequest(SECOND)).outcome).toBe("actual-denied");
    expect(() => createPolicyRef(next as CompiledPolicy)).toThrow(new TypeError(reason));
  });
});
