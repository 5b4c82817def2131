import { describe, expect, test } from "vitest";
import { type CompiledPolicy, createMatcher } from "../src/index.js";
import { actualRequest, anonymousPolicy, credentialedPolicy } from "./policies.js";

const ORIGIN = "https://app.example.com";

/** What data from elsewhere is, whatever it claims to be. */
function load(data: unknown): () => unknown {
  // The cast holds for nothing: refusing what does not have the type is what is tested.
  return () => createMatcher(data as CompiledPolicy);
}

function refusal(fault: string): TypeError {
  return new TypeError(`compiled policy: ${fault}`);
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
      "addresses, and what only JavaScript takes for a number",
      anonymousPolicy({
        origins: ["http://1.2.3.4", "http://1.2.3.4:*", "http://[::1]:*", "http://nan", "http://*.infinity"],
      }),
    ],
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
});

describe("what is no compiled policy of this version is refused, by the member at fault", () => {
  test.each([
    ["nothing", undefined, "version can't be undefined"],
    ["null", null, "version can't be undefined"],
    ["text", JSON.stringify(anonymousPolicy()), 'member can\'t be "0"'],
    ["a list", [anonymousPolicy()], 'member can\'t be "0"'],
    ["an empty object", {}, "version can't be undefined"],
    ["a later version", { ...anonymousPolicy(), version: 2, more: true }, "version can't be 2"],
    ["a version in quotes", { ...anonymousPolicy(), version: "1" }, `version can't be "1"`],
    ["options of a middleware", { origin: "*", methods: ["GET"] }, "version can't be undefined"],
    ["an unknown member", { ...anonymousPolicy(), allowCredentials: true }, 'member can\'t be "allowCredentials"'],
    ["a name that is no text", { ...anonymousPolicy(), name: null }, "name can't be null"],
    ["credentials in quotes", { ...anonymousPolicy(), credentials: "false" }, `credentials can't be "false"`],
    ["credentials as a number", { ...anonymousPolicy(), credentials: 1 }, "credentials can't be 1"],
    ["a max-age of more than a day", anonymousPolicy({ maxAge: 86401 }), "maxAge can't be 86401"],
    ["a negative max-age", anonymousPolicy({ maxAge: -1 }), "maxAge can't be -1"],
    ["half a second", anonymousPolicy({ maxAge: 0.5 }), "maxAge can't be 0.5"],
    ["no number", anonymousPolicy({ maxAge: Number.NaN }), "maxAge can't be NaN"],
    ["no end", anonymousPolicy({ maxAge: Number.POSITIVE_INFINITY }), "maxAge can't be Infinity"],
    ["a max-age in quotes", { ...anonymousPolicy(), maxAge: "600" }, `maxAge can't be "600"`],
    ["a symbol", { ...anonymousPolicy(), name: Symbol("x") }, "name can't be Symbol(x)"],
    ["an object for a value", { ...anonymousPolicy(), name: Object.create(null) }, "name can't be an object"],
    ["a list for a value", { ...anonymousPolicy(), credentials: [] }, "credentials can't be an object"],
    ["one origin without a list", { ...anonymousPolicy(), origins: ORIGIN }, `origins can't be "${ORIGIN}"`],
    ["an object for a list", { ...anonymousPolicy(), methods: { 0: "PUT" } }, "methods can't be an object"],
    ["null for a list", { ...anonymousPolicy(), headers: null }, "headers can't be null"],
    ["a list with a hole", { ...anonymousPolicy(), methods: new Array(1) }, "methods[0] can't be undefined"],
    ["a list in a list", { ...anonymousPolicy(), origins: [[ORIGIN]] }, "origins[0] can't be an object"],
    ["a long text", { ...anonymousPolicy(), origins: ["x".repeat(1e6)] }, `origins[0] can't be "${"x".repeat(100)}"`],
  ])("%s", (_title, data, fault) => {
    expect(load(data)).toThrow(refusal(fault));
  });

  // An operator would throw for these itself, or call what the data has.
  test.each([
    ["a number of another kind", 600n, "maxAge can't be 600"],
    ["a symbol", Symbol("x"), "maxAge can't be Symbol(x)"],
    ["an object without a prototype", Object.create(null), "maxAge can't be an object"],
    [
      "an object that throws when it is made a number",
      {
        valueOf() {
          throw new Error("no number");
        },
      },
      "maxAge can't be an object",
    ],
  ])("for a max-age, %s", (_title, maxAge, fault) => {
    expect(load({ ...anonymousPolicy(), maxAge })).toThrow(refusal(fault));
  });

  test.each(["version", "name", "origins", "methods", "headers", "expose", "credentials", "maxAge"])(
    "a policy without %s",
    (member) => {
      const data = Object.fromEntries(Object.entries(anonymousPolicy()).filter(([key]) => key !== member));

      expect(load(data)).toThrow(refusal(`${member} can't be undefined`));
    },
  );

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s as one more member", (member) => {
    const text = JSON.stringify(anonymousPolicy()).replace("{", `{"${member}":{"origins":"*"},`);

    expect(load(JSON.parse(text))).toThrow(refusal(`member can't be "${member}"`));
  });

  test("members that are inherited are not there", () => {
    expect(load(Object.create(anonymousPolicy({ origins: "*" })))).toThrow(refusal("version can't be undefined"));
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

    expect(load(data)).toThrow(refusal(`${member} with credentials can't be "*"`));
  });

  test.each(["origins", "methods", "headers", "expose"])("nor as an item of a list: %s", (member) => {
    for (const policy of [credentialedPolicy(), anonymousPolicy()]) {
      expect(load({ ...policy, [member]: ["*"] })).toThrow(refusal(`${member}[0] can't be "*"`));
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
    ...["https://example.com:*8443", "https://*.example.com:*8443", "https://*.example.com:8*", "https://a*.b.com:*1"],
    ...["file://x:*", ":*", "https://:*", "http://[::1]:80:*", "https://*.example.com:8443:*"],
    // Addresses, and hosts that would be read as one.
    ...["http://01.2.3.4", "http://1.2.3", "http://1.2.3.4.5", "http://256.1.1.1", "http://0x7f.0.0.1", "http://a.1e3"],
    ...["http://{x}.-5", "http://a,b.1e+21"],
    ...["http://1e3", "http://a.1abc", "http://a.0x1", "http://NaN", "http://Infinity", "http://01.2.3.4:*"],
    ...["http://*.2.3.4", "http://1*.2.3.4", "http://0x*.2.3.4", "http://*.0x1", "http://a-*.1e3", "http://*.Infinity"],
    // No host fits.
    `https://${"l".repeat(63)}*.example.com`,
    `https://*.${"l".repeat(64)}.com`,
    `https://*.${`${"l".repeat(50)}.`.repeat(5)}com`,
  ])("no origin pattern: %j", (pattern) => {
    expect(load(anonymousPolicy({ origins: [ORIGIN, pattern] }))).toThrow(
      refusal(`origins[1] can't be ${JSON.stringify(pattern.slice(0, 100))}`),
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
      expect(load({ ...anonymousPolicy(), [member]: [name] })).toThrow(refusal(`${member}[0] can't be ${fault}`));
    }
  });

  test("header names are in lower case, so that each is compared as it is", () => {
    expect(load(anonymousPolicy({ headers: ["Content-Type"] }))).toThrow(refusal(`headers[0] can't be "Content-Type"`));
  });
});
