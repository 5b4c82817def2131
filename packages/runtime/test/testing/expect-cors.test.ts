import { describe, expect, test } from "vitest";
import { createMatcher } from "../../src/index.js";
import { expectCors } from "../../src/testing.js";
import { anonymousPolicy } from "../policies.js";
import { APP, account, closed, EVIL, oneHeader, openData, STAFF } from "./asserted-policies.js";
import { thrownBy } from "./thrown-by.js";

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
    // The policy's own header can be read as any other, and is sent once.
    expectCors(openData).from(APP).fetch("GET").toExpose("Access-Control-Allow-Origin");
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
      () => expectCors(account).from(APP).fetch("delete").toBeReadable(),
      `expected the answer to delete from https://app.example.com to be readable, and it is blocked (method-not-allowed)

Policy \`account\` allows the methods GET, HEAD, POST, PUT and PATCH, and not DELETE.
The browser asks first, with a preflight, and does not send the DELETE.`,
      ["is readable", "is blocked (method-not-allowed)"],
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
      () => expectCors(oneHeader).from(APP).fetch("GET").toExpose("ETag", "Access-Control-Allow-Origin"),
      `expected the answer to GET from https://app.example.com to expose ETag and Access-Control-Allow-Origin, and it hides ETag and Access-Control-Allow-Origin

Policy \`one-header\` exposes no headers.`,
      [["ETag", "Access-Control-Allow-Origin"], []],
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

  test("names twelve origins", async () => {
    const origins = Array.from({ length: 12 }, (_, index) => `https://a${index}.example.com`);
    const twelve = createMatcher(anonymousPolicy({ origins }));
    const { message } = await thrownBy(() => expectCors(twelve).from(EVIL).toBeAllowed());
    expect(message).toContain("https://a10.example.com and https://a11.example.com, and not https://evil.test.");
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
