import { describe, expect, test } from "vitest";
import { type CompiledPolicy, createMatcher, createPolicyRef, type Matcher } from "../src/index.js";
import { MEMBERS } from "./mutated-policies.js";
import { actualRequest, anonymousPolicy, credentialedPolicy, preflight } from "./policies.js";

/* Objects that are not plain data, and data without measure: refused or taken as a whole, never in part. */

const ORIGIN = "https://app.example.com";
const EVIL = "https://evil.test";
const HONEST = credentialedPolicy({ origins: [ORIGIN], methods: ["PUT"], headers: ["x-one"], maxAge: 600 });

function outcomeFor(matcher: Matcher, origin: string): string {
  return matcher.decide(actualRequest(origin)).outcome;
}

/** Puts a reference on it, too: whatever happens, the reference has the old policy or the new one. */
function replaceBy(next: unknown): () => Matcher {
  return () => {
    const ref = createPolicyRef(HONEST);
    try {
      // The cast holds for nothing: refusing what does not have the type is what is tested.
      ref.replace(next as CompiledPolicy);
    } finally {
      if (ref.policy.name === HONEST.name) {
        expect(ref.policy).toEqual(HONEST);
        expect([outcomeFor(ref, ORIGIN), outcomeFor(ref, EVIL)]).toEqual(["actual-allowed", "actual-denied"]);
      }
    }
    return ref;
  };
}

describe("values that change between two reads", () => {
  test.each(MEMBERS)("%s, by a getter: it is read once", (member) => {
    let reads = 0;
    const data = Object.defineProperty({ ...HONEST, name: "next" }, member, {
      enumerable: true,
      get() {
        reads++;
        return reads === 1 ? { ...HONEST, name: "next" }[member] : "*";
      },
    });
    const { policy } = createMatcher(data);
    expect(policy).toEqual({ ...HONEST, name: "next" });
    expect(reads).toBe(1);
  });

  test.each(MEMBERS)("%s, by a proxy: it is read once", (member) => {
    const reads = new Map<PropertyKey, number>();
    const data = new Proxy(HONEST, {
      get(target, key, receiver) {
        const read = (reads.get(key) ?? 0) + 1;
        reads.set(key, read);
        return key === member && read > 1 ? "*" : Reflect.get(target, key, receiver);
      },
    });
    const matcher = createMatcher(data);
    expect(matcher.policy).toEqual(HONEST);
    expect([outcomeFor(matcher, ORIGIN), outcomeFor(matcher, EVIL)]).toEqual(["actual-allowed", "actual-denied"]);
    expect(reads.get(member)).toBe(1);
  });

  test("a policy's own data, in a policy that is passed to a reference: it is read once", () => {
    let reads = 0;
    const next = {
      ...createMatcher(HONEST),
      get policy() {
        reads++;
        return reads === 1 ? { ...HONEST, name: "next" } : anonymousPolicy({ origins: "*" });
      },
    };
    expect(replaceBy(next)().policy).toEqual({ ...HONEST, name: "next" });
    expect(reads).toBe(1);
  });

  test.each(["origins", "methods", "headers", "expose"] as const)("an item of %s: it is read once", (member) => {
    let reads = 0;
    const items = Object.defineProperty(["x"], 0, {
      enumerable: true,
      get() {
        reads++;
        return reads === 1 ? (member === "origins" ? ORIGIN : "x-one") : "*";
      },
    });
    const { policy } = createMatcher({ ...HONEST, [member]: items });
    expect(policy[member]).toEqual(member === "origins" ? [ORIGIN] : ["x-one"]);
    expect(reads).toBe(1);
  });

  test("a list that grows while it is read, or says that it is longer, is what was read", () => {
    const origins = [ORIGIN];
    const proxy = new Proxy(origins, {
      get(target, key, receiver) {
        if (key === "1") target.push("https://late.example");
        return Reflect.get(target, key, receiver);
      },
    });
    const matcher = createMatcher({ ...HONEST, origins: proxy });
    expect(matcher.policy.origins).toEqual([ORIGIN]);
    origins.push(EVIL);
    expect(matcher.policy.origins).toEqual([ORIGIN]);
    expect(outcomeFor(matcher, EVIL)).toBe("actual-denied");
  });

  test("a list whose items are not its elements: what is decided by is what is shown", () => {
    const origins = Object.assign([ORIGIN], {
      *[Symbol.iterator]() {
        yield "https://other.example";
      },
    });
    const matcher = createMatcher({ ...HONEST, origins });
    for (const origin of [ORIGIN, "https://other.example"]) {
      const isShown = matcher.policy.origins.includes(origin);
      expect(outcomeFor(matcher, origin)).toBe(isShown ? "actual-allowed" : "actual-denied");
    }
  });
});

describe("what can't be read is refused, and the old policy stays", () => {
  const thrown = new Error("no such member here");

  test.each(MEMBERS)("a getter of %s that throws", (member) => {
    const data = Object.defineProperty({ ...HONEST, name: "next" }, member, {
      enumerable: true,
      get() {
        throw thrown;
      },
    });
    expect(replaceBy(data)).toThrow(thrown);
  });

  test("a list that throws at its second item", () => {
    const origins = Object.defineProperty([ORIGIN, EVIL], 1, {
      get() {
        throw thrown;
      },
    });
    expect(replaceBy({ ...HONEST, name: "next", origins })).toThrow(thrown);
  });

  test("a proxy that has been revoked", () => {
    const { proxy, revoke } = Proxy.revocable({ ...HONEST, name: "next" }, {});
    revoke();
    expect(replaceBy(proxy)).toThrow(TypeError);
    const list = Proxy.revocable([ORIGIN], {});
    list.revoke();
    expect(replaceBy({ ...HONEST, name: "next", origins: list.proxy })).toThrow(TypeError);
  });

  test("a proxy that shows members which are not there, or hides those that are", () => {
    const more = new Proxy({ ...HONEST, extra: "*" }, {});
    expect(replaceBy(more)).toThrow(new TypeError('compiled policy: member can\'t be "extra"'));
    const hiding = new Proxy(
      { ...HONEST },
      { ownKeys: (target) => Reflect.ownKeys(target).filter((key) => key !== "maxAge") },
    );
    expect(replaceBy(hiding)).toThrow(new TypeError("compiled policy: maxAge can't be undefined"));
  });

  test.each([
    ["a typed array", new Uint8Array(2)],
    ["what looks like a list", { length: 1, 0: ORIGIN }],
    ["a set", new Set([ORIGIN])],
    ["a text object", Object("*")],
    ["a function", () => [ORIGIN]],
  ])("%s for a list", (_title, origins) => {
    expect(replaceBy({ ...HONEST, name: "next", origins })).toThrow(
      new TypeError("compiled policy: origins can't be an object"),
    );
  });

  test("a member by a symbol is none of a policy's, and nothing is decided by it", () => {
    const matcher = createMatcher({ ...HONEST, [Symbol("origins")]: "*" });
    expect(outcomeFor(matcher, EVIL)).toBe("actual-denied");
  });

  test("text of the data does not come out of a refusal as more than a quoted beginning", () => {
    const hostile = `\u001B[31m\r\n${"x".repeat(1_000_000)}`;
    for (const data of [
      { ...HONEST, maxAge: hostile },
      { ...HONEST, origins: [hostile] },
      { ...HONEST, headers: [hostile] },
    ]) {
      expect(replaceBy(data)).toThrow(/^compiled policy: [\w[\]]+ can't be "[ -~]{1,120}"$/);
    }
  });

  test("nor does the name of an unknown member", () => {
    const hostile = `\u001B[31m\r\n${"x".repeat(1_000_000)}`;
    expect(replaceBy({ ...HONEST, [hostile]: 1 })).toThrow(/^compiled policy: member can't be "[ -~]{1,120}"$/);
  });
});

describe("names that objects have from elsewhere", () => {
  const NAMES = ["__proto__", "constructor", "prototype", "tostring", "valueof", "hasownproperty", "length", "name"];

  test("are names as any other in every list", () => {
    const policy = credentialedPolicy({
      name: "__proto__",
      origins: [ORIGIN],
      methods: NAMES,
      headers: NAMES,
      expose: NAMES,
    });
    const { decide, policy: loaded } = createMatcher(JSON.parse(JSON.stringify(policy)));
    expect(loaded).toEqual(policy);
    for (const name of NAMES) {
      expect(decide(preflight(ORIGIN, name, name)).outcome).toBe("preflight-passed");
    }
  });

  test("and are not allowed where they are not listed", () => {
    const { decide } = createMatcher(HONEST);
    for (const name of [...NAMES, "toString", "hasOwnProperty", "push", "map", "0", "-1"]) {
      expect(decide(actualRequest(name)).outcome).toBe("actual-denied");
      expect(decide(actualRequest(`https://${name.toLowerCase().replaceAll("_", "")}`)).outcome).toBe("actual-denied");
      expect(decide(preflight(ORIGIN, name)).outcome).toBe("preflight-failed");
      expect(decide(preflight(ORIGIN, "PUT", name)).outcome).toBe("preflight-failed");
    }
  });

  test("as hosts and schemes are origins as any other", () => {
    const origins = ["https://constructor", "https://__proto__", "constructor://x", "https://*.__proto__.example"];
    const { decide } = createMatcher(anonymousPolicy({ origins }));
    for (const origin of [
      "https://constructor",
      "https://__proto__",
      "constructor://x",
      "https://a.__proto__.example",
    ]) {
      expect(decide(actualRequest(origin)).outcome).toBe("actual-allowed");
    }
    expect(decide(actualRequest("https://prototype")).outcome).toBe("actual-denied");
  });
});

describe("without measure", () => {
  test("100,000 patterns of every kind are taken, and each decides", () => {
    const kinds = [
      (index: number) => `https://customer-${index}.example.com`,
      (index: number) => `https://*.customer-${index}.example.com`,
      (index: number) => `https://pr-*.customer-${index}.example.dev`,
      (index: number) => `http://customer-${index}.example.net:*`,
    ];
    const origins = Array.from({ length: 100_000 }, (_, index) => (kinds[index % 4] ?? String)(index));
    const matcher = createMatcher(credentialedPolicy({ origins }));
    for (const index of [0, 1, 2, 3, 49_996, 49_997, 49_998, 49_999, 99_996, 99_997, 99_998, 99_999]) {
      const origin = (origins[index] ?? "").replace("//*.", "//a.b.").replace(":*", ":8443").replace("*", "7");
      expect(matcher.findOrigin(origin)).toBe(origins[index]);
      expect(matcher.findOrigin(origin.replace("customer-", "customer-x"))).toBeNull();
    }
  });

  test.each(["origins", "methods", "headers", "expose"] as const)(
    "a million empty names in %s are refused",
    (member) => {
      expect(() => createMatcher({ ...HONEST, [member]: new Array(1_000_000).fill("") })).toThrow(
        new TypeError(`compiled policy: ${member}[0] can't be ""`),
      );
    },
  );

  test("one name of a million characters is taken where it can be a name", () => {
    const name = "x".repeat(1_000_000);
    const { decide } = createMatcher(
      anonymousPolicy({ origins: [ORIGIN], methods: [name], headers: [name], expose: [name] }),
    );
    expect(decide(preflight(ORIGIN, name, name)).outcome).toBe("preflight-passed");
    expect(decide(preflight(ORIGIN, name, name.slice(1))).outcome).toBe("preflight-failed");
    expect(() => createMatcher(anonymousPolicy({ origins: [`https://${name}`] }))).toThrow(TypeError);
  });

  test("a hundred thousand unknown members are refused by the first of them", () => {
    const more = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`x${index}`, 1]));
    expect(() => createMatcher({ ...HONEST, ...more })).toThrow(
      new TypeError('compiled policy: member can\'t be "x0"'),
    );
  });
});
