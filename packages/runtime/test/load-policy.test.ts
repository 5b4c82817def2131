import { describe, expect, test } from "vitest";
import { type CompiledPolicy, createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy, credentialedPolicy, preflight } from "./policies.js";

const ORIGIN = "https://app.example.com";

/** What data from elsewhere is, whatever it claims to be. */
function load(data: unknown): () => unknown {
  // The cast holds for nothing: refusing what does not have the type is what is tested.
  return () => createMatcher(data as CompiledPolicy);
}

function refusal(fault: string): TypeError {
  return new TypeError(`compiled policy refused: ${fault}; compile it again, for version 1`);
}

describe("a compiled policy is taken", () => {
  test("as it comes out of JSON", () => {
    const data: unknown = JSON.parse(JSON.stringify(credentialedPolicy({ origins: [ORIGIN], methods: ["PUT"] })));

    expect(load(data)).not.toThrow();
  });

  test("without a prototype", () => {
    expect(load(Object.assign(Object.create(null), anonymousPolicy()))).not.toThrow();
  });

  test.each([
    ["*", anonymousPolicy({ origins: "*", methods: "*", headers: "*", expose: "*" })],
    ["empty lists", credentialedPolicy()],
    [
      "every kind of pattern",
      anonymousPolicy({ origins: ["null", "https://*.a.test", "https://x-*.a.test", "x://y:*"] }),
    ],
    ["the highest max-age", anonymousPolicy({ maxAge: 86400 })],
    ["a max-age of nothing", anonymousPolicy({ maxAge: 0 })],
    ["an empty name", anonymousPolicy({ name: "" })],
    ["odd tokens", anonymousPolicy({ methods: ["x!#$%&'*+-.^_`|~9"], headers: ["x!#$%&'*+-.^_`|~9"] })],
  ])("with %s", (_title, policy) => {
    expect(createMatcher(policy).policy).toEqual(policy);
  });

  test("with 100,000 origins and 10,000 headers", () => {
    const origins = Array.from({ length: 100_000 }, (_, index) => `https://customer-${index}.example.com`);
    const headers = Array.from({ length: 10_000 }, (_, index) => `x-header-${index}`);
    const matcher = createMatcher(credentialedPolicy({ origins, headers, methods: ["PUT"] }));

    expect(matcher.decide(actualRequest("https://customer-99999.example.com")).outcome).toBe("actual-allowed");
    expect(matcher.decide(actualRequest("https://customer-100000.example.com")).outcome).toBe("actual-denied");
    expect(matcher.decide(preflight("https://customer-0.example.com", "PUT", headers.join(","))).outcome).toBe(
      "preflight-passed",
    );
  });

  test("with 20,000 patterns", () => {
    const origins = Array.from({ length: 20_000 }, (_, index) => `https://*.customer-${index}.example.com`);
    const matcher = createMatcher(anonymousPolicy({ origins }));

    expect(matcher.decide(actualRequest("https://a.customer-19999.example.com")).outcome).toBe("actual-allowed");
  });
});

describe("what is no compiled policy of this version is refused, by the member at fault", () => {
  test.each([
    ["nothing", undefined, "version is undefined"],
    ["null", null, "version is undefined"],
    ["text", JSON.stringify(anonymousPolicy()), "version is undefined"],
    ["a list", [anonymousPolicy()], "version is undefined"],
    ["an empty object", {}, "version is undefined"],
    ["a later version", { ...anonymousPolicy(), version: 2, more: true }, "version is 2"],
    ["a version in quotes", { ...anonymousPolicy(), version: "1" }, 'version is "1"'],
    ["options of a middleware", { origin: "*", methods: ["GET"] }, "version is undefined"],
    ["an unknown member", { ...anonymousPolicy(), allowCredentials: true }, "unknown member allowCredentials is true"],
    ["a name that is no text", { ...anonymousPolicy(), name: null }, "name is null"],
    ["credentials in quotes", { ...anonymousPolicy(), credentials: "false" }, 'credentials is "false"'],
    ["credentials as a number", { ...anonymousPolicy(), credentials: 1 }, "credentials is 1"],
    ["a max-age of more than a day", anonymousPolicy({ maxAge: 86401 }), "maxAge is 86401"],
    ["a negative max-age", anonymousPolicy({ maxAge: -1 }), "maxAge is -1"],
    ["half a second", anonymousPolicy({ maxAge: 0.5 }), "maxAge is 0.5"],
    ["no number", anonymousPolicy({ maxAge: Number.NaN }), "maxAge is NaN"],
    ["no end", anonymousPolicy({ maxAge: Number.POSITIVE_INFINITY }), "maxAge is Infinity"],
    ["a max-age in quotes", { ...anonymousPolicy(), maxAge: "600" }, 'maxAge is "600"'],
    ["a number of another kind", { ...anonymousPolicy(), maxAge: 600n }, "maxAge is 600"],
    ["a symbol", { ...anonymousPolicy(), name: Symbol("x") }, "name is Symbol(x)"],
    ["an object for a value", { ...anonymousPolicy(), name: Object.create(null) }, "name is an object"],
    ["a list for a value", { ...anonymousPolicy(), credentials: [] }, "credentials is an object"],
    ["one origin without a list", { ...anonymousPolicy(), origins: ORIGIN }, `origins is "${ORIGIN}"`],
    ["an object for a list", { ...anonymousPolicy(), methods: { 0: "PUT" } }, "methods is an object"],
    ["null for a list", { ...anonymousPolicy(), headers: null }, "headers is null"],
    ["a list with a hole", { ...anonymousPolicy(), methods: new Array(1) }, "methods[0] is undefined"],
    ["a list in a list", { ...anonymousPolicy(), origins: [[ORIGIN]] }, "origins[0] is an object"],
    ["a long text", { ...anonymousPolicy(), origins: ["x".repeat(1e6)] }, `origins[0] is "${"x".repeat(100)}"`],
  ])("%s", (_title, data, fault) => {
    expect(load(data)).toThrow(refusal(fault));
  });

  test.each(["version", "name", "origins", "methods", "headers", "expose", "credentials", "maxAge"])(
    "a policy without %s",
    (member) => {
      const data = Object.fromEntries(Object.entries(anonymousPolicy()).filter(([key]) => key !== member));

      expect(load(data)).toThrow(refusal(`${member} is undefined`));
    },
  );

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s as one more member", (member) => {
    const text = JSON.stringify(anonymousPolicy()).replace("{", `{"${member}":{"origins":"*"},`);

    expect(load(JSON.parse(text))).toThrow(refusal(`unknown member ${member} is an object`));
  });

  test("members that are inherited are not there", () => {
    expect(load(Object.create(anonymousPolicy({ origins: "*" })))).toThrow(refusal("version is undefined"));
  });

  test("a member that changes while it is looked at is looked at once", () => {
    let reads = 0;
    const data = {
      ...anonymousPolicy(),
      get origins() {
        reads++;
        return reads === 1 ? [ORIGIN] : "*";
      },
    };

    expect(createMatcher(data).policy.origins).toEqual([ORIGIN]);
  });
});

describe("* never goes with credentials", () => {
  test.each(["origins", "methods", "headers", "expose"])("%s", (member) => {
    const data = { ...credentialedPolicy({ origins: [ORIGIN] }), [member]: "*" };

    expect(load(data)).toThrow(refusal(`${member} with credentials is "*"`));
  });

  test.each(["origins", "methods", "headers", "expose"])("nor as an item of a list: %s", (member) => {
    for (const policy of [credentialedPolicy(), anonymousPolicy()]) {
      expect(load({ ...policy, [member]: ["*"] })).toThrow(refusal(`${member}[0] is "*"`));
    }
  });
});

describe("every item is checked again", () => {
  test.each([
    ...["", "example.com", "https://", "https://example.com/", "https://example.com.", "https://Example.com"],
    ...["https://example.com:443", "https://example.com:0", "https://example.com:99999", "https://a b.com", "NULL"],
    ...[
      "https://user@example.com",
      "https://exämple.com",
      "http://127.1",
      "http://[0::1]",
      "ws://example.com",
      "file://x",
    ],
    // The star where none can be.
    ...["https://*", "https://*:*", "*://example.com", "ht*ps://a.example.com", "https://a.*.com", "https://a.b*.com"],
    ...["https://*.*.com", "https://**.example.com", "https://*a*.example.com", "https://example.*", "*.example.com"],
    ...["https://*.127.0.0.1", "https://*.0.0.1", "http://[*::1]", "http://[::1]*.com", "https://*.example.com."],
    ...["https://*..example.com", "https://*.example.com/", "https://*.Example.com", "https://*.example.com:443"],
    ...["https://xn--*.example.com", "https://xn--a*.example.com", "https://localhost*", "capacitor://*.example.com"],
    ...[
      "https://example.com:*:*",
      "https://example.com:8443:*",
      "https://example.com:8*",
      "https://example.com*",
      "null:*",
    ],
    ...["file://x:*", ":*", "https://:*", "http://[::1]:80:*", "https://*.example.com:8443:*"],
    // No host fits.
    `https://${"l".repeat(63)}*.example.com`,
    `https://*.${"l".repeat(64)}.com`,
    `https://*.${`${"l".repeat(50)}.`.repeat(5)}com`,
  ])("no origin pattern: %j", (pattern) => {
    expect(load(anonymousPolicy({ origins: [ORIGIN, pattern] }))).toThrow(
      refusal(`origins[1] is ${JSON.stringify(pattern.slice(0, 100))}`),
    );
  });

  test("the longest patterns that a host fits are taken", () => {
    const patterns = [`https://${"l".repeat(62)}*.com`, `https://*.${`${"l".repeat(61)}.`.repeat(4)}com`];
    const matcher = createMatcher(anonymousPolicy({ origins: patterns }));

    expect(matcher.decide(actualRequest(`https://${"l".repeat(62)}a.com`)).outcome).toBe("actual-allowed");
    expect(matcher.decide(actualRequest(`https://${"l".repeat(62)}ab.com`)).outcome).toBe("actual-denied");
  });

  test.each(["", "a b", "a,b", "PÜT", "a:", "a\n", '"a"', 1, null, undefined, {}])("no name: %j", (name) => {
    const fault =
      typeof name === "string" ? JSON.stringify(name) : typeof name === "object" && name ? "an object" : name;
    for (const member of ["methods", "headers", "expose"]) {
      expect(load({ ...anonymousPolicy(), [member]: [name] })).toThrow(refusal(`${member}[0] is ${fault}`));
    }
  });

  test("header names are in lower case, so that each is compared as it is", () => {
    expect(load(anonymousPolicy({ headers: ["Content-Type"] }))).toThrow(refusal('headers[0] is "Content-Type"'));
  });
});
