import { describe, expect, test } from "vitest";
import { type BrowserRequest, expectServer, type ServerAnswer } from "../../src/testing.js";
import { ALLOW_ORIGIN, ALLOW_PUT, API, APP, answering } from "./answering.js";

describe("a page that fetches", () => {
  test("reads the answer after a preflight that passed", async () => {
    const { asked, page } = answering(
      [204, ALLOW_ORIGIN, ALLOW_PUT],
      [201, ALLOW_ORIGIN, ["ETag", "1"], ["Pragma", "a"]],
    );
    const answer = await page.fetch(API, { method: "PUT" }).toBeReadable();
    expect(answer).toEqual({ status: 201, headers: { pragma: "a" } });
    expect(asked.map(({ method }) => method)).toEqual(["OPTIONS", "PUT"]);
  });

  test("sends nothing after a preflight that failed, and nothing at all where fetch() refuses", async () => {
    const { asked, page } = answering([204, ALLOW_ORIGIN]);
    await page.fetch(API, { method: "DELETE" }).toBeBlocked("method-not-allowed");
    expect(asked.map(({ method }) => method)).toEqual(["OPTIONS"]);
    await page.fetch(API, { method: "TRACE" }).toBeBlocked("method-forbidden");
    expect(asked).toHaveLength(1);
  });

  test("reads all but cookies of a server of its own", async () => {
    const { asked } = answering([500]);
    const send = (request: BrowserRequest): ServerAnswer => {
      asked.push(request);
      return { statusCode: 200, headers: { etag: "1", "set-cookie": ["a=b", "c=d"] } };
    };
    const { headers } = await expectServer(send).from(APP).fetch(`${APP}/orders`, { method: "PUT" }).toBeReadable();
    expect(headers).toEqual({ etag: "1" });
    expect(asked.map(({ method }) => method)).toEqual(["PUT"]);
  });

  test.each([
    ["allow-origin-missing", [204], {}],
    ["allow-origin-different", [204, ["Access-Control-Allow-Origin", `${APP}/`]], {}],
    ["allow-credentials-not-true", [204, ALLOW_ORIGIN], { credentials: "include" }],
    ["preflight-status", [403, ALLOW_ORIGIN, ALLOW_PUT], {}],
    ["preflight-malformed", [204, ALLOW_ORIGIN, ["Access-Control-Allow-Methods", "PUT; GET"]], {}],
    ["method-not-allowed", [204, ALLOW_ORIGIN], {}],
    ["header-not-allowed", [204, ALLOW_ORIGIN, ALLOW_PUT], { headers: { "X-One": "1" } }],
  ] as const)("fails with %s", async (reason, preflight, init) => {
    const { page } = answering(preflight);
    await page.fetch(API, { method: "PUT", ...init }).toBeBlocked(reason);
    await page.fetch(API, { method: "PUT", ...init }).toBeBlocked();
  });
});

describe("answers are read in every shape", () => {
  const answers: readonly (readonly [string, () => ServerAnswer])[] = [
    ["Response", () => new Response("", { status: 200, headers: { "Access-Control-Allow-Origin": "*", ETag: "1" } })],
    ["inject", () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*", "content-length": 2 } })],
    ["lines", () => ({ statusCode: 200, headers: { "access-control-allow-origin": ["*"], etag: undefined } })],
    ["a Map", () => ({ status: 200, headers: new Map([["access-control-allow-origin", "*"]]) })],
  ];
  test.each(answers)("%s", async (_, answer) => {
    const { status, headers } = await expectServer(answer).from(APP).fetch(API).toBeReadable();
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty("etag");
  });

  test("several lines of Allow-Origin are no origin", async () => {
    const send = () => ({ statusCode: 200, headers: { "access-control-allow-origin": ["*", "*"] } });
    await expectServer(send).from(APP).fetch(API).toBeBlocked("allow-origin-different");
  });

  test.each([undefined, null, "text", { status: 200 }, { status: 200, headers: null }, { headers: {} }])(
    "and %j is none",
    async (answer) => {
      // As JavaScript does; the cast is what the type keeps out.
      const judged = expectServer(() => answer as never)
        .from(APP)
        .fetch(API)
        .toBeBlocked();
      await expect(judged).rejects.toThrow(/^expectServer: send has to return the answer, with status/);
    },
  );
});

describe("what is not judged", () => {
  test("what send throws", async () => {
    const send = () => Promise.reject(new Error("connection refused"));
    await expect(expectServer(send).from(APP).fetch(API).toBeBlocked()).rejects.toThrow("connection refused");
  });

  test("what a test says wrongly", () => {
    const { page } = answering([500]);
    expect(() => page.fetch("/orders")).toThrow(TypeError);
    expect(() => expectServer(() => ({ status: 200, headers: {} })).from(`${APP}/`)).toThrow(TypeError);
    // As JavaScript does; the cast is what the type keeps out.
    expect(() => expectServer({} as never)).toThrow("expectServer: expected a function");
  });
});
