import { describe, expect, test } from "vitest";
import { simulateFetch } from "../../src/browser/fetch.js";
import type { PageRequest } from "../../src/browser/request.js";
import type { Server } from "../../src/browser/server.js";
import type { CorsRequest, Header } from "../../src/index.js";

const ORIGIN = "https://a.example.com";
const PAGE: PageRequest = { origin: ORIGIN, method: "GET", headers: [], credentials: "same-origin" };
const ALLOW_ORIGIN: Header = ["Access-Control-Allow-Origin", ORIGIN];

/** A server that gives these headers to preflights and to others, and a list of what it is asked. */
function record(preflight: readonly Header[], actual: readonly Header[]): { server: Server; asked: CorsRequest[] } {
  const asked: CorsRequest[] = [];
  const server: Server = (request) => {
    asked.push(request);
    return request.requestMethod == null ? { status: 418, headers: actual } : { status: 200, headers: preflight };
  };
  return { server, asked };
}

describe("simulateFetch", () => {
  test("asks a server nothing when the API refuses", () => {
    const { server, asked } = record([], []);
    expect(simulateFetch({ ...PAGE, method: "TRACE" }, server)).toEqual({
      outcome: "refused",
      refusal: "method-forbidden",
    });
    expect(asked).toEqual([]);
  });

  test("sends a simple request without a preflight; any status can be read", () => {
    const { server, asked } = record([], [ALLOW_ORIGIN, ["Pragma", "a"], ["ETag", "b"]]);
    expect(simulateFetch({ ...PAGE, method: "post", headers: [["Accept", "text/html"]] }, server)).toEqual({
      outcome: "readable",
      preflight: null,
      response: { status: 418, headers: [ALLOW_ORIGIN, ["Pragma", "a"], ["ETag", "b"]] },
      headerNames: ["pragma"],
    });
    expect(asked).toEqual([{ method: "POST", origin: ORIGIN, requestMethod: null, requestHeaders: null }]);
  });

  test("sends a simple request that fails the CORS check all the same", () => {
    const { server, asked } = record([], []);
    const experience = simulateFetch({ ...PAGE, method: "POST" }, server);
    expect(experience).toEqual({
      outcome: "blocked",
      preflight: null,
      failure: "allow-origin-missing",
      response: { status: 418, headers: [] },
    });
    expect(asked).toHaveLength(1);
  });

  test("sends no request after a preflight that failed", () => {
    const { server, asked } = record([ALLOW_ORIGIN], [ALLOW_ORIGIN]);
    const facts = { method: "OPTIONS", origin: ORIGIN, requestMethod: "PUT", requestHeaders: "x-a" };
    expect(simulateFetch({ ...PAGE, method: "put", headers: [["X-A", "1"]] }, server)).toEqual({
      outcome: "preflight-failed",
      preflight: { facts, headers: expect.arrayContaining([["Access-Control-Request-Headers", "x-a"]]) },
      failure: { step: "method", method: "PUT" },
      response: { status: 200, headers: [ALLOW_ORIGIN] },
    });
    expect(asked).toEqual([facts]);
  });

  test("sends the request after a preflight that passed, and checks both", () => {
    const passing: readonly Header[] = [ALLOW_ORIGIN, ["Access-Control-Allow-Methods", "PUT"]];
    const { server, asked } = record(passing, [ALLOW_ORIGIN]);
    expect(simulateFetch({ ...PAGE, method: "PUT" }, server)).toMatchObject({
      outcome: "readable",
      preflight: { facts: { requestMethod: "PUT", requestHeaders: null } },
    });
    expect(asked.map(({ method }) => method)).toEqual(["OPTIONS", "PUT"]);

    expect(simulateFetch({ ...PAGE, method: "PUT" }, record(passing, []).server)).toMatchObject({
      outcome: "blocked",
      preflight: { facts: { requestMethod: "PUT" } },
      failure: "allow-origin-missing",
    });
  });

  test("a page's own OPTIONS is preflighted, and is no preflight itself", () => {
    const { server, asked } = record([ALLOW_ORIGIN, ["Access-Control-Allow-Methods", "OPTIONS"]], [ALLOW_ORIGIN]);
    const headers: readonly Header[] = [["Access-Control-Request-Method", "PUT"]];
    expect(simulateFetch({ ...PAGE, method: "options", headers }, server).outcome).toBe("readable");
    expect(asked.map(({ method, requestMethod }) => [method, requestMethod])).toEqual([
      ["OPTIONS", "OPTIONS"],
      ["OPTIONS", null],
    ]);
  });

  test("an upload listener makes a preflight of its own", () => {
    const { server, asked } = record([ALLOW_ORIGIN], [ALLOW_ORIGIN]);
    expect(simulateFetch({ ...PAGE, method: "POST", uploadListener: true }, server).outcome).toBe("readable");
    expect(asked.map(({ method }) => method)).toEqual(["OPTIONS", "POST"]);
  });
});
