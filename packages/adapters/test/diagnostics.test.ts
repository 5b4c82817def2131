import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { publishDecision } from "@corslang/adapters/diagnostics";
import { createMatcher, type Matcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { ADAPTERS } from "./applications/adapters.js";
import type { Listening } from "./applications/application.js";
import { corsLines, send } from "./http-client.js";
import { account } from "./policies.js";

const FROM_EVIL = "Origin: https://evil.example";
type Subscriber = Parameters<typeof subscribe>[1];

const servers: Listening[] = [];
const subscribers: Subscriber[] = [];
afterEach(async () => {
  for (const subscriber of subscribers.splice(0)) unsubscribe("corslang:decision", subscriber);
  for (const server of servers.splice(0)) await server.close();
});

function follow(subscriber: Subscriber): void {
  subscribe("corslang:decision", subscriber);
  subscribers.push(subscriber);
}

describe.each(ADAPTERS)("%s", (_adapter, start) => {
  async function startAndKeep(policy: Matcher): Promise<number> {
    const server = await start(policy, { onDecision: publishDecision });
    servers.push(server);
    return server.port;
  }

  test("subscribers get each decision, with what the framework calls the request", async () => {
    const messages: unknown[] = [];
    const port = await startAndKeep(createMatcher(account));
    follow((message, name) => void messages.push(name, message));
    await send(port, "GET /failure", FROM_EVIL);
    expect(messages).toEqual([
      "corslang:decision",
      {
        decision: {
          policy: "account",
          outcome: "actual-denied",
          status: null,
          origin: "https://evil.example",
          matched: null,
          denial: { reason: "origin-not-allowed" },
        },
        request: expect.objectContaining({}),
      },
    ]);
    const { decision, request } = Object(messages[1]);
    // The context of Koa and Hono has the request in it.
    const { url = request.req?.url } = request;
    expect(url).toMatch(/\/failure$/);
    expect([messages[1], decision].map(Object.isFrozen)).toEqual([true, true]);
  });

  test("without subscribers no report is made", async () => {
    const matcher = createMatcher(account);
    let explanations = 0;
    const explain: Matcher["explain"] = (request) => {
      explanations++;
      return matcher.explain(request);
    };
    const port = await startAndKeep({ ...matcher, explain });
    await send(port, "GET /", FROM_EVIL);
    expect(explanations).toBe(0);
    const subscriber = () => undefined;
    follow(subscriber);
    await send(port, "GET /", FROM_EVIL);
    expect(explanations).toBe(1);
    unsubscribe("corslang:decision", subscriber);
    await send(port, "GET /", FROM_EVIL);
    expect(explanations).toBe(1);
  });

  test("what a subscriber throws reaches neither the request nor the others, and is an uncaught exception", async () => {
    const told: unknown[] = [];
    const uncaught: unknown[] = [];
    const port = await startAndKeep(createMatcher(account));
    follow(() => {
      throw new Error("of a subscriber");
    });
    follow(() => void told.push("the next subscriber"));
    process.setUncaughtExceptionCaptureCallback((error) => void uncaught.push(error));
    try {
      const answer = await send(port, "GET /", FROM_EVIL);
      expect([answer.status, corsLines(answer.headerLines)]).toEqual([404, ["vary: origin"]]);
    } finally {
      process.setUncaughtExceptionCaptureCallback(null);
    }
    expect(told).toEqual(["the next subscriber"]);
    expect(uncaught).toEqual([new Error("of a subscriber")]);
  });
});

test("idle says whether nobody listens", () => {
  expect(publishDecision.idle).toBe(true);
  follow(() => undefined);
  expect(publishDecision.idle).toBe(false);
});
