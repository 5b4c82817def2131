import { runInNewContext } from "node:vm";
import { cors } from "@corslang/adapters/fetch";
import { createMatcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { fromApp, linesOf, requestFrom, toListener } from "./applications/fetch.js";
import { corsLines, send } from "./http-client.js";
import { plain } from "./policies.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const preflight = requestFrom("https://app.example.com", {
  method: "OPTIONS",
  headers: { "Access-Control-Request-Method": "POST" },
});

describe("handlers", () => {
  test("a handler that answers at once is answered for at once", () => {
    const response = cors(policy, () => new Response("handled"))(fromApp);
    expect(response).toBeInstanceOf(Response);
  });

  test("a handler that answers later", async () => {
    const response = await cors(policy, async () => new Response("handled"))(fromApp);
    expect([linesOf(response), await response.text()]).toEqual([[ALLOW_APP, "vary: origin"], "handled"]);
  });

  test("a handler that answers with a promise of another realm", async () => {
    const toForeignPromise = runInNewContext("(value) => Promise.resolve(value)");
    const promise = toForeignPromise(new Response("handled"));
    expect(promise).not.toBeInstanceOf(Promise);
    expect(linesOf(await cors(policy, () => promise)(fromApp))).toEqual([ALLOW_APP, "vary: origin"]);
  });

  test("gets the request itself, and all arguments after it", async () => {
    const received: unknown[] = [];
    const handle = cors(policy, (request: Request, environment: { key: string }, context: { id: number }) => {
      received.push(request, environment, context);
      return new Response(`${environment.key} ${context.id}`);
    });
    const environment = { key: "value" };
    const context = { id: 7 };
    const response = await handle(fromApp, environment, context);
    expect(await response.text()).toBe("value 7");
    expect(received).toEqual([fromApp, environment, context]);
    expect(received[0]).toBe(fromApp);
    expect(received[1]).toBe(environment);
  });

  test("is not called for a preflight, and its answer has no body", async () => {
    let calls = 0;
    const handle = cors(policy, () => {
      calls++;
      return new Response("handled");
    });
    const passed = await handle(preflight);
    expect([passed.status, passed.body, linesOf(passed)]).toEqual([
      204,
      null,
      [ALLOW_APP, "vary: access-control-request-headers, access-control-request-method, origin"],
    ]);
    const failed = await handle(
      requestFrom("https://evil.example", { method: "OPTIONS", headers: { "Access-Control-Request-Method": "GET" } }),
    );
    expect([failed.status, failed.body]).toEqual([403, null]);
    expect(calls).toBe(0);
  });

  test("the body of a request is left to the handler", async () => {
    const handle = cors(policy, async (request) => new Response(await request.text()));
    const response = await handle(requestFrom("https://app.example.com", { method: "POST", body: "sent" }));
    expect(await response.text()).toBe("sent");
  });

  test("what a handler throws is thrown at once, the very same", () => {
    const reason = new Error("thrown");
    const handle = cors(policy, () => {
      throw reason;
    });
    expect(() => handle(fromApp)).toThrow(reason);
  });

  test.each([[new Error("rejected")], ["text"], [undefined]])("a rejection with %s is passed on", async (reason) => {
    const handle = cors(policy, () => Promise.reject(reason));
    const [settled] = await Promise.allSettled([handle(fromApp)]);
    expect(settled).toEqual({ status: "rejected", reason });
  });

  test("what onDecision throws is thrown, and the handler not called", () => {
    let calls = 0;
    const handle = cors(
      policy,
      () => {
        calls++;
        return new Response();
      },
      {
        onDecision() {
          throw new RangeError("from the hook");
        },
      },
    );
    expect(() => handle(fromApp)).toThrow(RangeError);
    expect(calls).toBe(0);
  });
});

test("over HTTP, what the handler throws becomes the platform's answer, without CORS headers", async () => {
  const handle = cors(policy, () => {
    throw new Error("thrown");
  });
  const server = await serve(toListener(handle));
  servers.push(server);
  const answer = await send(server.port, "GET /", "Origin: https://app.example.com");
  expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, []]);
});
