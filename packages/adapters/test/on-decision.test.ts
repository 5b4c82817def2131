import type { DecisionReport } from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { type FastifyInstance, fastify } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { ADAPTERS, type AnyOptions } from "./applications/adapters.js";
import type { Listening } from "./applications/application.js";
import { send } from "./http-client.js";
import { account, nobody, openRead, patterns, sandboxed } from "./policies.js";

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each(ADAPTERS)("%s", (_adapter, start) => {
  async function startAndKeep(options?: AnyOptions, policy = account): Promise<number> {
    const server = await start(createMatcher(policy), options);
    servers.push(server);
    return server.port;
  }

  test.each<readonly [outcome: string, request: readonly string[], report: Omit<DecisionReport, "policy">]>([
    ["not CORS", ["GET /"], { outcome: "not-cors", status: null, origin: null, matched: null, denial: null }],
    [
      "allowed",
      ["GET /", "Origin: https://app.example.com"],
      {
        outcome: "actual-allowed",
        status: null,
        origin: "https://app.example.com",
        matched: "https://app.example.com",
        denial: null,
      },
    ],
    [
      "denied",
      ["GET /failure", "Origin: https://evil.example"],
      {
        outcome: "actual-denied",
        status: null,
        origin: "https://evil.example",
        matched: null,
        denial: { reason: "origin-not-allowed" },
      },
    ],
    [
      "denied, malformed",
      ["GET /", "Origin: https://EVIL.example"],
      {
        outcome: "actual-denied",
        status: null,
        origin: "https://EVIL.example",
        matched: null,
        denial: { reason: "origin-malformed" },
      },
    ],
    [
      "passed",
      ["OPTIONS /", "Origin: https://app.example.com", "Access-Control-Request-Method: PUT"],
      {
        outcome: "preflight-passed",
        status: 204,
        origin: "https://app.example.com",
        matched: "https://app.example.com",
        denial: null,
      },
    ],
    [
      "failed by the origin",
      ["OPTIONS /", "Origin: null", "Access-Control-Request-Method: PUT"],
      {
        outcome: "preflight-failed",
        status: 403,
        origin: "null",
        matched: null,
        denial: { reason: "origin-not-allowed" },
      },
    ],
    [
      "failed by the method",
      ["OPTIONS /failure", "Origin: https://app.example.com", "Access-Control-Request-Method: PATCH"],
      {
        outcome: "preflight-failed",
        status: 403,
        origin: "https://app.example.com",
        matched: "https://app.example.com",
        denial: { reason: "method-not-allowed" },
      },
    ],
    [
      "failed by the method, malformed",
      ["OPTIONS /", "Origin: https://app.example.com", "Access-Control-Request-Method: "],
      {
        outcome: "preflight-failed",
        status: 403,
        origin: "https://app.example.com",
        matched: "https://app.example.com",
        denial: { reason: "method-malformed" },
      },
    ],
    [
      "failed by a header: the first that is refused, in lower case",
      [
        "OPTIONS /",
        "Origin: https://app.example.com",
        "Access-Control-Request-Method: PUT",
        "Access-Control-Request-Headers: Content-Type,X-Second,X-Third",
      ],
      {
        outcome: "preflight-failed",
        status: 403,
        origin: "https://app.example.com",
        matched: "https://app.example.com",
        denial: { reason: "header-not-allowed", name: "x-second" },
      },
    ],
    [
      "failed by headers, malformed",
      [
        "OPTIONS /",
        "Origin: https://app.example.com",
        "Access-Control-Request-Method: PUT",
        "Access-Control-Request-Headers: content type",
      ],
      {
        outcome: "preflight-failed",
        status: 403,
        origin: "https://app.example.com",
        matched: "https://app.example.com",
        denial: { reason: "headers-malformed" },
      },
    ],
  ])("%s: told once, with the reason", async (_outcome, lines, report) => {
    const reports: DecisionReport[] = [];
    const port = await startAndKeep({ onDecision: (told) => void reports.push(told) });
    await send(port, ...lines);
    expect(reports).toEqual([{ policy: "account", ...report }]);
  });

  test("told in debug mode as well, with the status that is answered there", async () => {
    const reports: DecisionReport[] = [];
    const port = await startAndKeep({ debug: true, onDecision: (told) => void reports.push(told) });
    const answer = await send(port, "OPTIONS /", "Origin: null", "Access-Control-Request-Method: PUT");
    expect([answer.status, reports]).toEqual([
      204,
      [
        {
          policy: "account",
          outcome: "preflight-failed",
          status: 204,
          origin: "null",
          matched: null,
          denial: { reason: "origin-not-allowed" },
        },
      ],
    ]);
  });

  test.each<readonly [name: string, policy: CompiledPolicy, lines: readonly string[], matched: string | null]>([
    ["the pattern, and not the origin", patterns, ["Origin: https://a.b.example.com"], "https://*.example.com"],
    ["the pattern of any port", patterns, ["Origin: http://localhost:8080"], "http://localhost:*"],
    ["null", sandboxed, ["Origin: null"], "null"],
    ["* for any origin", openRead, ["Origin: https://anyone.example"], "*"],
    ["* for what is no origin", openRead, ["Origin: no origin"], "*"],
    ["* for requests without Origin, which get the headers too", openRead, [], "*"],
    ["nothing where no item allows it", patterns, ["Origin: https://example.com"], null],
    ["nothing without Origin", patterns, [], null],
    ["nothing for an empty Origin", patterns, ["Origin: "], null],
    ["nothing where nobody is allowed", nobody, ["Origin: https://app.example.com"], null],
  ])("is told which item allows the origin: %s", async (_name, policy, lines, matched) => {
    const items: (string | null)[] = [];
    const port = await startAndKeep({ onDecision: (told) => void items.push(told.matched) }, policy);
    await send(port, "GET /", ...lines);
    expect(items).toEqual([matched]);
  });

  test.each([
    [true, 0],
    [false, 1],
    [undefined, 1],
  ])("with idle %s is called %i times", async (idle, times) => {
    let calls = 0;
    const onDecision = Object.assign(() => void calls++, idle === undefined ? {} : { idle });
    const port = await startAndKeep({ onDecision });
    await send(port, "GET /", "Origin: https://evil.example");
    expect(calls).toBe(times);
  });

  test("gets what the framework calls a request", async () => {
    const paths: unknown[] = [];
    const port = await startAndKeep({
      onDecision(_report, request) {
        // Hono's context has the URL in the request alone.
        const { req, url = req.url } = Object(request);
        paths.push(url.slice(url.lastIndexOf("/")));
      },
    });
    await send(port, "GET /told");
    expect(paths).toEqual(["/told"]);
  });
});

test("onDecision of Fastify gets Fastify's request, with its route", async () => {
  const application: FastifyInstance = fastify();
  const urls: unknown[] = [];
  await application.register(fastifyAdapter.cors, {
    policy: createMatcher(account),
    onDecision: (_report, request) => void urls.push(request.routeOptions.url, request.id),
  });
  application.get("/users/:id", async () => "handled");
  await application.inject("/users/7");
  expect(urls).toEqual(["/users/:id", "req-1"]);
  await application.close();
});
