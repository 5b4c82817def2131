import * as fastifyAdapter from "@corslang/adapters/fastify";
import { type CompiledPolicy, createMatcher, createPolicyRef } from "@corslang/runtime";
import { fastify } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import type { DecisionReport } from "../src/express.js";
import type { Listening } from "./applications/application.js";
import { AWAITING } from "./applications/awaiting.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { ask as inject } from "./applications/injection.js";
import { corsLines, send } from "./http-client.js";
import { account, openLists } from "./policies.js";

/*
 * Policies that are replaced while a server runs. The two differ in every header that an answer can have.
 */

const FROM_APP = "Origin: https://app.example.com";
const FOR_GET = "Access-Control-Request-Method: GET";
const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method";

const ACTUAL: Readonly<Record<string, readonly string[]>> = {
  account: [
    "access-control-allow-credentials: true",
    "access-control-allow-origin: https://app.example.com",
    "access-control-expose-headers: ETag,X-Total",
    "vary: origin",
  ],
  "open-lists": ["access-control-allow-origin: *", "access-control-expose-headers: ETag"],
};

const PREFLIGHT: Readonly<Record<string, readonly string[]>> = {
  account: [
    "access-control-allow-credentials: true",
    "access-control-allow-headers: content-type,x-request-id",
    "access-control-allow-methods: PUT,DELETE",
    "access-control-allow-origin: https://app.example.com",
    "access-control-max-age: 600",
    `${PREFLIGHT_VARY}, origin`,
  ],
  "open-lists": [
    "access-control-allow-headers: x-request-id,content-type",
    "access-control-allow-methods: PATCH,PUT",
    "access-control-allow-origin: *",
    "access-control-max-age: 0",
    PREFLIGHT_VARY,
  ],
};

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function linesOf(port: number, ...request: readonly string[]): Promise<readonly string[]> {
  return corsLines((await send(port, ...request)).headerLines);
}

describe.each(FRAMEWORKS)("%s takes a reference in a policy's place", (_framework, start) => {
  test("and decides by what it was replaced by last, without another mount", async () => {
    const ref = createPolicyRef(account);
    const application = await start(ref, {});
    servers.push(application);
    const nexts = [openLists, createMatcher(account), createPolicyRef(openLists), account];
    for (const next of [account, ...nexts]) {
      ref.replace(next);
      const { name } = ref.policy;
      expect(await linesOf(application.port, "GET /resource", FROM_APP)).toEqual(ACTUAL[name]);
      expect(await linesOf(application.port, "OPTIONS /resource", FROM_APP, FOR_GET)).toEqual(PREFLIGHT[name]);
      expect(await linesOf(application.port, "GET /missing", FROM_APP)).toEqual(ACTUAL[name]);
    }
  });

  test("and keeps the old policy where the next one is refused", async () => {
    const ref = createPolicyRef(account);
    const application = await start(ref, {});
    servers.push(application);
    const damaged: readonly unknown[] = [
      undefined,
      null,
      {},
      { ...openLists, version: 2 },
      { ...account, origins: "*" },
    ];
    for (const next of damaged) {
      // The cast does not hold: that is what is tested.
      expect(() => ref.replace(next as CompiledPolicy)).toThrow(/^compiled policy: /);
      expect(await linesOf(application.port, "GET /resource", FROM_APP)).toEqual(ACTUAL.account);
      expect(await linesOf(application.port, "OPTIONS /resource", FROM_APP, FOR_GET)).toEqual(PREFLIGHT.account);
    }
  });

  test("and enforces the policy of the moment", async () => {
    const ref = createPolicyRef(account);
    const application = await start(ref, { enforce: true });
    servers.push(application);
    const statuses: number[] = [];
    for (const next of [account, openLists, account]) {
      ref.replace(next);
      statuses.push((await send(application.port, "POST /resource", "Origin: https://other.example")).status);
    }
    expect(statuses).toEqual([403, 200, 403]);
  });
});

describe.each(AWAITING)("%s: a request keeps its decision from beginning to end", (_framework, start) => {
  test("when the policy is replaced while its handler waits", async () => {
    const ref = createPolicyRef(account);
    const reports: DecisionReport[] = [];
    const waiting: (() => void)[] = [];
    const wait = () => new Promise<void>((resolve) => waiting.push(resolve));
    const application = await start(ref, wait, { onDecision: (report) => void reports.push(report) });
    servers.push(application);
    const untilWaiting = async (count: number) => {
      while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
    };

    const first = linesOf(application.port, "GET /", FROM_APP);
    await untilWaiting(1);
    ref.replace(openLists);
    const second = linesOf(application.port, "GET /", FROM_APP);
    await untilWaiting(2);
    // A preflight in between is answered at once.
    const preflight = await linesOf(application.port, "OPTIONS /", FROM_APP, FOR_GET);
    ref.replace(account);
    for (const resume of waiting) resume();
    expect([await first, preflight, await second]).toEqual([
      ACTUAL.account,
      PREFLIGHT["open-lists"],
      ACTUAL["open-lists"],
    ]);
    expect(reports.map(({ policy, matched }) => [policy, matched])).toEqual([
      ["account", "https://app.example.com"],
      ["open-lists", "*"],
      ["open-lists", "*"],
    ]);
  });

  test("when onDecision replaces the policy: headers, status and report are of the one that decided", async () => {
    const ref = createPolicyRef(account);
    const reports: DecisionReport[] = [];
    const onDecision = (report: DecisionReport) => {
      reports.push(report);
      ref.replace(ref.policy.name === "account" ? openLists : account);
    };
    const application = await start(ref, async () => undefined, { onDecision, enforce: true });
    servers.push(application);
    const other = "Origin: https://other.example";
    expect(await linesOf(application.port, "GET /", FROM_APP)).toEqual(ACTUAL.account);
    expect(await linesOf(application.port, "OPTIONS /", FROM_APP, FOR_GET)).toEqual(PREFLIGHT["open-lists"]);
    expect(await send(application.port, "GET /", other)).toMatchObject({ status: 403, body: "" });
    expect(await linesOf(application.port, "GET /", other)).toEqual(ACTUAL["open-lists"]);
    expect(reports.map(({ policy, outcome, status, matched }) => [policy, outcome, status, matched])).toEqual([
      ["account", "actual-allowed", null, "https://app.example.com"],
      ["open-lists", "preflight-passed", 204, "*"],
      ["account", "actual-denied", 403, null],
      ["open-lists", "actual-allowed", null, "*"],
    ]);
  });
});

test("Fastify: references of scopes and routes are replaced each by itself", async () => {
  const ofScope = createPolicyRef(account);
  const ofRoute = createPolicyRef(account);
  const application = fastify();
  await application.register(fastifyAdapter.cors, { policy: ofScope });
  application.get("/scope", async () => "handled");
  application.get("/route", { config: { cors: ofRoute } }, async () => "handled");
  const answers = async () => [
    await inject(application, "GET /scope", FROM_APP),
    await inject(application, "GET /route", FROM_APP),
    await inject(application, "OPTIONS /route", FROM_APP, FOR_GET),
  ];
  expect(await answers()).toEqual([
    [200, ACTUAL.account],
    [200, ACTUAL.account],
    [204, PREFLIGHT.account],
  ]);
  ofRoute.replace(openLists);
  expect(await answers()).toEqual([
    [200, ACTUAL.account],
    [200, ACTUAL["open-lists"]],
    [204, PREFLIGHT["open-lists"]],
  ]);
  ofScope.replace(openLists);
  ofRoute.replace(account);
  expect(await answers()).toEqual([
    [200, ACTUAL["open-lists"]],
    [200, ACTUAL.account],
    [204, PREFLIGHT.account],
  ]);
  await application.close();
});
