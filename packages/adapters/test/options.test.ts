import type { DecisionReport, Options } from "@corslang/adapters/express";
import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as fetchAdapter from "@corslang/adapters/fetch";
import * as koaAdapter from "@corslang/adapters/koa";
import { createMatcher, type Matcher } from "@corslang/runtime";
import express5 from "express";
import { type FastifyInstance, fastify } from "fastify";
import Koa from "koa";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { createApplication as createExpress, listenerOf } from "./applications/express.js";
import { listenFastify } from "./applications/fastify.js";
import { toListener } from "./applications/fetch.js";
import { createApplication as createKoa } from "./applications/koa.js";
import { send } from "./http-client.js";
import { account } from "./policies.js";

type AnyOptions = Options<unknown>;

/** Mounts what may be no policy and no options, and starts a server in which `/failure` throws. */
type Start = (policy: Matcher, options?: AnyOptions) => Promise<Listening>;

const ADAPTERS: readonly (readonly [name: string, start: Start])[] = [
  [
    "Express",
    async (policy, options) => {
      const application = createExpress(express5).use(expressAdapter.cors(policy, options));
      application.get("/failure", () => {
        throw new Error("thrown");
      });
      return serve(listenerOf(application));
    },
  ],
  [
    "Fastify",
    async (policy, options) => {
      const application = fastify();
      await application.register(fastifyAdapter.cors, { policy, ...options });
      application.get("/failure", () => {
        throw new Error("thrown");
      });
      return listenFastify(application);
    },
  ],
  [
    "Koa",
    async (policy, options) => {
      const application = createKoa(Koa).use(koaAdapter.cors(policy, options));
      application.use(({ path }) => {
        if (path === "/failure") throw new Error("thrown");
      });
      return serve(application.callback());
    },
  ],
  [
    "Fetch",
    async (policy, options) => {
      const handle = fetchAdapter.cors(
        policy,
        ({ url }) => {
          if (url.endsWith("/failure")) throw new Error("thrown");
          return new Response(null, { status: 404 });
        },
        options,
      );
      return serve(toListener(handle));
    },
  ],
];

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each(ADAPTERS)("%s", (_adapter, start) => {
  async function startAndKeep(options?: AnyOptions): Promise<number> {
    const server = await start(createMatcher(account), options);
    servers.push(server);
    return server.port;
  }

  describe("what is no policy is refused when it is mounted, and not at the first request", () => {
    const NO_POLICIES: readonly (readonly [what: string, value: unknown, tag: string])[] = [
      ["undefined, as an unset variable is", undefined, "Undefined"],
      ["null", null, "Null"],
      ["a text", "https://app.example.com", "String"],
      ["a star", "*", "String"],
      ["true", true, "Boolean"],
      ["a list of origins", ["https://app.example.com"], "Array"],
      ["a function", () => true, "Function"],
      ["the options of another package", { origin: "*", credentials: true }, "Object"],
      ["compiled data that has not become a matcher", account, "Object"],
      ["a module instead of what it exports", expressAdapter, "Module"],
      ["a matcher of another version", { ...createMatcher(account), version: 2 }, "Object"],
      ["a promise of a matcher", Promise.resolve(createMatcher(account)), "Promise"],
    ];

    test.each(NO_POLICIES)("%s", async (_what, value, tag) => {
      // The cast does not hold: that is what is tested.
      const mounting = start(value as Matcher);
      await expect(mounting).rejects.toThrow(TypeError);
      await expect(mounting).rejects.toThrow(
        `cors: expected a policy of version 1, not [object ${tag}]: pass what a compiled .cors module exports, or createMatcher(data)`,
      );
    });
  });

  describe("wrong options are refused when they are mounted", () => {
    const WRONG_OPTIONS: readonly (readonly [what: string, options: object, said: string])[] = [
      ["an unknown option", { maxAge: 600 }, "cors: no option maxAge of type number"],
      ["a misspelt option", { onDecison: () => undefined }, "cors: no option onDecison of type function"],
      ["an unknown option that is undefined", { origin: undefined }, "cors: no option origin of type undefined"],
      ["a name that every object has", { constructor: "x" }, "cors: no option constructor of type string"],
      ["debug from an environment variable", { debug: "false" }, "cors: no option debug of type string"],
      ["debug that is null", { debug: null }, "cors: no option debug of type object"],
      ["onDecision that is no function", { onDecision: console }, "cors: no option onDecision of type object"],
    ];

    test.each(WRONG_OPTIONS)("%s", async (_what, options, said) => {
      const mounting = start(createMatcher(account), options);
      await expect(mounting).rejects.toThrow(TypeError);
      await expect(mounting).rejects.toThrow(
        `${said}; there are {"debug":"boolean","onDecision":"function"}, the rest is policy`,
      );
    });

    test("options that are undefined are as good as left out", async () => {
      const port = await startAndKeep({ debug: undefined, onDecision: undefined });
      const preflight = ["Origin: https://evil.example", "Access-Control-Request-Method: PUT"];
      expect((await send(port, "OPTIONS /", ...preflight)).status).toBe(403);
    });
  });

  describe("onDecision", () => {
    test.each<readonly [outcome: string, request: readonly string[], report: Omit<DecisionReport, "policy">]>([
      ["not CORS", ["GET /"], { outcome: "not-cors", origin: null, denial: null }],
      [
        "allowed",
        ["GET /", "Origin: https://app.example.com"],
        { outcome: "actual-allowed", origin: "https://app.example.com", denial: null },
      ],
      [
        "denied",
        ["GET /failure", "Origin: https://evil.example"],
        { outcome: "actual-denied", origin: "https://evil.example", denial: { reason: "origin-not-allowed" } },
      ],
      [
        "denied, malformed",
        ["GET /", "Origin: https://EVIL.example"],
        { outcome: "actual-denied", origin: "https://EVIL.example", denial: { reason: "origin-malformed" } },
      ],
      [
        "passed",
        ["OPTIONS /", "Origin: https://app.example.com", "Access-Control-Request-Method: PUT"],
        { outcome: "preflight-passed", origin: "https://app.example.com", denial: null },
      ],
      [
        "failed by the origin",
        ["OPTIONS /", "Origin: null", "Access-Control-Request-Method: PUT"],
        { outcome: "preflight-failed", origin: "null", denial: { reason: "origin-not-allowed" } },
      ],
      [
        "failed by the method",
        ["OPTIONS /failure", "Origin: https://app.example.com", "Access-Control-Request-Method: PATCH"],
        {
          outcome: "preflight-failed",
          origin: "https://app.example.com",
          denial: { reason: "method-not-allowed" },
        },
      ],
      [
        "failed by the method, malformed",
        ["OPTIONS /", "Origin: https://app.example.com", "Access-Control-Request-Method: "],
        { outcome: "preflight-failed", origin: "https://app.example.com", denial: { reason: "method-malformed" } },
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
          origin: "https://app.example.com",
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
        { outcome: "preflight-failed", origin: "https://app.example.com", denial: { reason: "headers-malformed" } },
      ],
    ])("%s: told once, with the reason", async (_outcome, lines, report) => {
      const reports: DecisionReport[] = [];
      const port = await startAndKeep({ onDecision: (told) => void reports.push(told) });
      await send(port, ...lines);
      expect(reports).toEqual([{ policy: "account", ...report }]);
    });

    test("told in debug mode as well, with what was decided and not what is answered", async () => {
      const reports: DecisionReport[] = [];
      const port = await startAndKeep({ debug: true, onDecision: (told) => void reports.push(told) });
      const answer = await send(port, "OPTIONS /", "Origin: null", "Access-Control-Request-Method: PUT");
      expect([answer.status, reports]).toEqual([
        204,
        [
          {
            policy: "account",
            outcome: "preflight-failed",
            origin: "null",
            denial: { reason: "origin-not-allowed" },
          },
        ],
      ]);
    });

    test("gets what the framework calls a request", async () => {
      const paths: unknown[] = [];
      const port = await startAndKeep({
        onDecision(_report, request) {
          const { url } = Object(request);
          paths.push(url.slice(url.lastIndexOf("/")));
        },
      });
      await send(port, "GET /told");
      expect(paths).toEqual(["/told"]);
    });
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

test("the handler of Fetch is checked when it is mounted", () => {
  // @ts-expect-error: the type wants a handler.
  expect(() => fetchAdapter.cors(createMatcher(account))).toThrow(
    new TypeError("cors: the second argument is the handler, a function"),
  );
  // @ts-expect-error: the handler comes before the options.
  expect(() => fetchAdapter.cors(createMatcher(account), { debug: true }, () => new Response())).toThrow(TypeError);
});

test("a policy that looks like one is one: copies of the runtime can live side by side", async () => {
  const { version, policy, decide, decideForDebugging, explain } = createMatcher(account);
  const copy = { version, policy, decide, decideForDebugging, explain };
  expect(() => expressAdapter.cors(copy)).not.toThrow();
});
