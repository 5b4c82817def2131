import { describe, expect, test } from "vitest";
import { createMatcher, createPolicyRef } from "../../src/index.js";
import { CorsAssertionError, expectCors } from "../../src/testing.js";
import { anonymousPolicy, credentialedPolicy } from "../policies.js";
import { thrownBy } from "./thrown-by.js";

const APP = "https://app.example.com";
const STAFF = "https://wiki.staff.example.com";
const EVIL = "https://evil.test";

const account = createMatcher(
  credentialedPolicy({
    name: "account",
    origins: [APP, "https://*.staff.example.com"],
    methods: ["PUT", "PATCH"],
    headers: ["content-type", "x-one"],
    expose: ["ETag"],
  }),
);
const openData = createMatcher(anonymousPolicy({ name: "open-data", origins: "*", expose: "*" }));
const closed = createMatcher(anonymousPolicy({ name: "closed" }));

describe("preflight", () => {
  test("passes and fails as the policy says", () => {
    const page = expectCors(account).from(APP);
    page.preflight("PUT", ["X-One"]).toPass();
    page.preflight("PUT", ["x-one", "Content-Type"]).toPass();
    page.preflight("put").toPass();
    page.preflight("GET").toPass();
    page.preflight("DELETE").toFail();
    page.preflight("DELETE").toFail("method-not-allowed");
    page.preflight("patch").toFail("method-not-allowed");
    page.preflight("PUT", ["X-Two"]).toFail("header-not-allowed");
    page.preflight(`X${"-LONG".repeat(100)}`).toFail("method-malformed");
    expectCors(account).from(EVIL).preflight("PUT").toFail("origin-not-allowed");
    expectCors(account).from("https://{a}.staff.example.com").preflight("PUT").toFail("origin-malformed");
    expectCors(openData).from("null").preflight("POST").toPass();
  });

  test("a policy that was replaced is asked as it is now", () => {
    const current = createPolicyRef(closed);
    const preflight = expectCors(current).from(APP).preflight("PUT");
    preflight.toFail("origin-not-allowed");
    current.replace(account);
    preflight.toPass();
  });

  test.each([
    [
      "the method",
      () => expectCors(account).from(APP).preflight("DELETE", ["X-One"]).toPass(),
      `expected the preflight of DELETE with X-One from https://app.example.com to pass, and it fails (method-not-allowed)

Policy \`account\` allows the methods GET, HEAD, POST, PUT and PATCH, and not DELETE.
The browser does not send the DELETE.`,
      ["passes", "fails (method-not-allowed)"],
    ],
    [
      "the case of the method",
      () => expectCors(account).from(APP).preflight("patch").toPass(),
      `expected the preflight of patch from https://app.example.com to pass, and it fails (method-not-allowed)

Policy \`account\` allows the methods GET, HEAD, POST, PUT and PATCH, and not patch. Methods are compared with their case, and browsers send patch as it is written: write PATCH in the script.
The browser does not send the patch.`,
      ["passes", "fails (method-not-allowed)"],
    ],
    [
      "a header",
      () => expectCors(account).from(APP).preflight("PUT", ["X-Two", "X-One"]).toPass(),
      `expected the preflight of PUT with X-Two and X-One from https://app.example.com to pass, and it fails (header-not-allowed)

Policy \`account\` allows the headers content-type and x-one, and not x-two.
The browser does not send the PUT.`,
      ["passes", "fails (header-not-allowed)"],
    ],
    [
      "a header where none is allowed",
      () => expectCors(openData).from(APP).preflight("GET", ["X-Two"]).toPass(),
      `expected the preflight of GET with X-Two from https://app.example.com to pass, and it fails (header-not-allowed)

Policy \`open-data\` allows no header.
The browser does not send the GET.`,
      ["passes", "fails (header-not-allowed)"],
    ],
    [
      "the origin",
      () => expectCors(account).from(EVIL).preflight("PUT").toPass(),
      `expected the preflight of PUT from https://evil.test to pass, and it fails (origin-not-allowed)

Policy \`account\` allows the origins https://app.example.com and https://*.staff.example.com, and not https://evil.test.
The browser does not send the PUT.`,
      ["passes", "fails (origin-not-allowed)"],
    ],
    [
      "what should have failed",
      () => expectCors(account).from(STAFF).preflight("PUT", ["X-One", "Content-Type"]).toFail("method-not-allowed"),
      `expected the preflight of PUT with X-One and Content-Type from https://wiki.staff.example.com to fail (method-not-allowed), and it passes

Policy \`account\` allows https://wiki.staff.example.com, by https://*.staff.example.com, and its PUT with content-type and x-one.
The browser sends the PUT.`,
      ["fails (method-not-allowed)", "passes"],
    ],
    [
      "what should have failed for any reason",
      () => expectCors(account).from(APP).preflight("PUT").toFail(),
      `expected the preflight of PUT from https://app.example.com to fail, and it passes

Policy \`account\` allows https://app.example.com, and its PUT.
The browser sends the PUT.`,
      ["fails", "passes"],
    ],
    [
      "what should have failed for another reason",
      () => expectCors(account).from(EVIL).preflight("DELETE").toFail("method-not-allowed"),
      `expected the preflight of DELETE from https://evil.test to fail (method-not-allowed), and it fails (origin-not-allowed)

Policy \`account\` allows the origins https://app.example.com and https://*.staff.example.com, and not https://evil.test.
The browser does not send the DELETE.`,
      ["fails (method-not-allowed)", "fails (origin-not-allowed)"],
    ],
  ] as const)("says of %s what the policy allows", async (_, run, message, [wanted, found]) => {
    const error = await thrownBy(run);
    expect(error.message).toBe(message);
    expect([error.expected, error.actual]).toEqual([wanted, found]);
  });

  test.each([
    ["TRACE", [], /there is no such preflight: CONNECT, TRACE and TRACK are methods that browsers keep from scripts/],
    ["PUT POST", [], /there is no such preflight: the method is not a token/],
    ["PUT", ["X One"], /there is no such preflight: a header's name or value/],
    ["PUT", ["X-One", "Cookie"], /there is no such preflight: browsers do not let scripts set the header Cookie$/],
  ])("of %s with %j is refused, as no browser sends it", (method, names, message) => {
    expect(() => expectCors(account).from(APP).preflight(method, names)).toThrow(TypeError);
    expect(() => expectCors(account).from(APP).preflight(method, names)).toThrow(message);
  });
});

describe("fetch", () => {
  test("is readable or blocked as a browser has it", () => {
    const page = expectCors(account).from(APP);
    page.fetch("PUT", { headers: { "Content-Type": "application/json" }, credentials: "include" }).toBeReadable();
    page.fetch("PUT", { headers: new Headers({ "X-Two": "2" }) }).toBeBlocked("header-not-allowed");
    page.fetch("DELETE").toBeBlocked();
    page.fetch("TRACE").toBeBlocked("method-forbidden");
    expectCors(account).from(EVIL).fetch("POST").toBeBlocked("origin-not-allowed");
    expectCors(openData).from(EVIL).fetch("GET").toBeReadable();
    expectCors(openData).from(EVIL).fetch("GET", { credentials: "include" }).toBeBlocked("credentials-not-allowed");
    expectCors(openData).from(EVIL).fetch("POST", { uploadListener: true }).toBeReadable();
  });

  test("a header that needs no preflight is not asked for", () => {
    expectCors(openData)
      .from(APP)
      .fetch("POST", { headers: { "Content-Type": "text/plain" } })
      .toBeReadable();
    const json = { headers: { "Content-Type": "application/json" } };
    expectCors(openData).from(APP).fetch("POST", json).toBeBlocked("header-not-allowed");
  });

  test("exposes what the page may read", () => {
    expectCors(account).from(APP).fetch("GET", { credentials: "include" }).toExpose("etag", "Content-Type");
    expectCors(openData).from(APP).fetch("GET").toExpose("X-Anything");
  });

  test.each([
    [
      () =>
        expectCors(account)
          .from(APP)
          .fetch("PUT", { headers: { "X-Two": "2" }, credentials: "include" })
          .toBeReadable(),
      `expected the answer to PUT with X-Two and credentials from https://app.example.com to be readable, and it is blocked (header-not-allowed)

Policy \`account\` allows the headers content-type and x-one, and not x-two.
The browser asks first, with a preflight, and does not send the PUT.`,
      ["is readable", "is blocked (header-not-allowed)"],
    ],
    [
      () => expectCors(closed).from(APP).fetch("POST").toBeReadable(),
      `expected the answer to POST from https://app.example.com to be readable, and it is blocked (origin-not-allowed)

Policy \`closed\` allows no origin.
The browser sends the POST all the same, and keeps the answer from the page.`,
      ["is readable", "is blocked (origin-not-allowed)"],
    ],
    [
      () => expectCors(openData).from(APP).fetch("GET", { credentials: "include" }).toBeReadable(),
      `expected the answer to GET with credentials from https://app.example.com to be readable, and it is blocked (credentials-not-allowed)

Policy \`open-data\` has no credentials, and the page asks with credentials "include".
The browser sends the GET all the same, and keeps the answer from the page.`,
      ["is readable", "is blocked (credentials-not-allowed)"],
    ],
    [
      () => expectCors(openData).from(APP).fetch("TRACE").toBeReadable(),
      `expected the answer to TRACE from https://app.example.com to be readable, and it is blocked (method-forbidden)

Browsers refuse it: CONNECT, TRACE and TRACK are methods that browsers keep from scripts.
fetch() throws a TypeError, and nothing is sent.`,
      ["is readable", "is blocked (method-forbidden)"],
    ],
    [
      () => expectCors(account).from(STAFF).fetch("GET").toBeBlocked("origin-not-allowed"),
      `expected the answer to GET from https://wiki.staff.example.com to be blocked (origin-not-allowed), and it is readable

Policy \`account\` allows https://wiki.staff.example.com, by https://*.staff.example.com.
The page reads the answer.`,
      ["is blocked (origin-not-allowed)", "is readable"],
    ],
    [
      () => expectCors(account).from(APP).fetch("GET").toExpose("ETag", "X-Total", "Server"),
      `expected the answer to GET from https://app.example.com to expose ETag, X-Total and Server, and it hides X-Total and Server

Policy \`account\` exposes ETag, and not X-Total and Server.`,
      [["ETag", "X-Total", "Server"], ["ETag"]],
    ],
    [
      () => expectCors(openData).from(APP).fetch("GET").toExpose("Set-Cookie"),
      `expected the answer to GET from https://app.example.com to expose Set-Cookie, and it hides Set-Cookie

No page can read Set-Cookie, whatever a policy exposes.`,
      [["Set-Cookie"], []],
    ],
    [
      () => expectCors(account).from(EVIL).fetch("GET").toExpose("ETag"),
      `expected the answer to GET from https://evil.test to be readable, and it is blocked (origin-not-allowed)

Policy \`account\` allows the origins https://app.example.com and https://*.staff.example.com, and not https://evil.test.
The browser sends the GET all the same, and keeps the answer from the page.`,
      ["is readable", "is blocked (origin-not-allowed)"],
    ],
  ] as const)("says what the browser does, and why: %#", async (run, message, [wanted, found]) => {
    const error = await thrownBy(run);
    expect(error.message).toBe(message);
    expect([error.expected, error.actual]).toEqual([wanted, found]);
  });
});

describe("a request that is no preflight", () => {
  test("is allowed or denied by its origin", () => {
    expectCors(account).from(APP).toBeAllowed();
    expectCors(account).from(EVIL).toBeDenied();
    expectCors(account).from(`${APP}.evil.test`).toBeDenied("origin-not-allowed");
  });

  test("says what the policy allows", async () => {
    const denied = await thrownBy(() => expectCors(account).from(EVIL).toBeAllowed());
    expect(
      denied.message,
    ).toBe(`expected a request from https://evil.test to be allowed, and it is denied (origin-not-allowed)

Policy \`account\` allows the origins https://app.example.com and https://*.staff.example.com, and not https://evil.test.`);
    const allowed = await thrownBy(() => expectCors(account).from(STAFF).toBeDenied());
    expect(allowed.message).toBe(`expected a request from https://wiki.staff.example.com to be denied, and it is allowed

Policy \`account\` allows https://wiki.staff.example.com, by https://*.staff.example.com.`);
  });

  test("names the first of many origins", async () => {
    const origins = Array.from({ length: 100 }, (_, index) => `https://a${index}.example.com`);
    const many = createMatcher(anonymousPolicy({ origins }));
    const { message } = await thrownBy(() => expectCors(many).from(EVIL).toBeAllowed());
    expect(message).toContain(
      "https://a10.example.com, https://a11.example.com and 88 more, and not https://evil.test.",
    );
    expect(message).not.toContain("a12");
  });
});

describe("what a test says wrongly is a TypeError", () => {
  test.each([
    ["https://app.example.com/", 'write "https://app.example.com"'],
    ["https://App.example.com", 'write "https://app.example.com"'],
    ["https://app.example.com:443", 'write "https://app.example.com"'],
    ["http://localhost:3000/orders?id=1", 'write "http://localhost:3000"'],
    ["capacitor://localhost/", 'write "capacitor://localhost"'],
    ["file:///index.html", 'write "null"'],
    ["app.example.com", 'write one as "https://app.example.com"'],
    ["", 'write one as "https://app.example.com"'],
    ["*", 'write one as "https://app.example.com"'],
  ])("the origin %j", (origin, hint) => {
    expect(() => expectCors(account).from(origin)).toThrow(
      new TypeError(`${JSON.stringify(origin)} is not an origin that a browser sends: ${hint}`),
    );
  });

  test.each(["null", "https://[::1]:8080", "capacitor://localhost", "https://a,b.example.com", "http://a_b.test"])(
    "and %s is right",
    (origin) => {
      expectCors(account).from(origin).toBeDenied();
    },
  );

  test.each([undefined, null, {}, "account"])("the policy %j", (policy) => {
    // As JavaScript does; the cast is what the type keeps out.
    expect(() => expectCors(policy as never)).toThrow(/^expectCors: expected a policy, not \[object \w+\]: pass what/);
  });
});

test("the error is one that test runners know, and its stack begins in the test", async () => {
  const error = await thrownBy(() => expectCors(account).from(EVIL).toBeAllowed());
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("CorsAssertionError");
  expect(new CorsAssertionError("text", 1, 2)).toMatchObject({ message: "text", expected: 1, actual: 2 });
  const [, firstFrame = ""] = (error.stack ?? "").slice(error.stack?.indexOf("\n    at")).split("\n");
  expect(firstFrame).toContain("expect-cors.test.ts");
});
