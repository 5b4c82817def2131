import { describe, expect, test } from "vitest";
import { createPolicyRef } from "../../src/index.js";
import { expectCors } from "../../src/testing.js";
import { APP, account, closed, EVIL, oneHeader, openData, STAFF } from "./asserted-policies.js";
import { thrownBy } from "./thrown-by.js";

/** Of a method or a header: longer than what is told of one. */
const LONG = "x".repeat(300);

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
      "a header where one is allowed",
      () => expectCors(oneHeader).from(APP).preflight("POST", ["X-Two"]).toPass(),
      `expected the preflight of POST with X-Two from https://app.example.com to pass, and it fails (header-not-allowed)

Policy \`one-header\` allows the header x-one, and not x-two.
The browser does not send the POST.`,
      ["passes", "fails (header-not-allowed)"],
    ],
    [
      "a header that is longer than any",
      () => expectCors(oneHeader).from(APP).preflight("POST", [LONG]).toPass(),
      `expected the preflight of POST with ${LONG} from https://app.example.com to pass, and it fails (headers-malformed)

Policy \`one-header\` allows no list of headers as long as this.
The browser does not send the POST.`,
      ["passes", "fails (headers-malformed)"],
    ],
    [
      "a method that is longer than any",
      () => expectCors(account).from(APP).preflight(LONG).toPass(),
      `expected the preflight of ${LONG} from https://app.example.com to pass, and it fails (method-malformed)

Policy \`account\` allows no method as long as this.
The browser does not send the ${LONG}.`,
      ["passes", "fails (method-malformed)"],
    ],
    [
      "an origin that none is like",
      () => expectCors(account).from("https://{a}.staff.example.com").preflight("PUT").toPass(),
      `expected the preflight of PUT from https://{a}.staff.example.com to pass, and it fails (origin-malformed)

Policy \`account\` allows no origin of the form https://{a}.staff.example.com: browsers can be made to send it, and nobody needs it.
The browser does not send the PUT.`,
      ["passes", "fails (origin-malformed)"],
    ],
    [
      "what should have failed where every origin is allowed",
      () => expectCors(openData).from(APP).preflight("POST").toFail(),
      `expected the preflight of POST from https://app.example.com to fail, and it passes

Policy \`open-data\` allows https://app.example.com, by *, and its POST.
The browser sends the POST.`,
      ["fails", "passes"],
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
