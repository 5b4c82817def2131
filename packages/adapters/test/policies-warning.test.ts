import { createMatcher, createPolicyRef, type Matcher } from "@corslang/runtime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Listening } from "./applications/application.js";
import type { Mount, StartNested } from "./applications/nested.js";
import { send } from "./http-client.js";
import { account, openRead, plain } from "./policies.js";

/*
 * That there are two policies on a request's way is told once a process. Every test loads the adapters anew, which is
 * as a new process for them.
 */

const TOLD = {
  name: "Warning",
  code: "CORSLANG_TWO_POLICIES",
  // Of the Fetch API a URL is whole.
  message: expect.stringMatching(
    /^policy open-read answers preflights for "(http:\/\/[\w.:]+)?\/inner", policy account the rest: mount each for its paths$/,
  ),
};

const outer = createMatcher(openRead);
const inner = createMatcher(account);
const FROM_APP = "Origin: https://app.example.com";

const warnings: (Error & { readonly code?: unknown })[] = [];
const keep = (warning: Error) => void warnings.push(warning);

beforeEach(() => {
  vi.resetModules();
  process.on("warning", keep);
});
afterEach(() => {
  process.off("warning", keep);
  warnings.length = 0;
});

type Nested = typeof import("./applications/nested.js");

async function load(list: "NESTED" | "FASTIFY_NESTED", framework: string): Promise<StartNested> {
  const nested: Nested = await import("./applications/nested.js");
  const [, start] = nested[list].find(([name]) => name === framework) ?? [];
  return start ?? expect.fail();
}

async function ask(
  start: StartNested,
  mounts: readonly [Mount, Mount],
  ...requests: readonly string[][]
): Promise<void> {
  const server: Listening = await start(...mounts);
  for (const request of requests) await send(server.port, ...request);
  await server.close();
}

/** What was told so far; `emitWarning` tells it in the next turn. */
async function told(): Promise<readonly object[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return warnings.filter(({ code }) => code === TOLD.code).map(({ name, code, message }) => ({ name, code, message }));
}

describe.each(["Express 5", "Express 4", "Koa 3", "Koa 2", "Hono", "node:http", "Fetch"])("%s", (framework) => {
  test("told at the first request that passes both, with their names, and not again", async () => {
    const start = await load("NESTED", framework);
    await ask(start, [[outer], [inner]], ["GET /outer", FROM_APP]);
    expect(await told()).toEqual([]);
    await ask(start, [[outer], [inner]], ["GET /inner", FROM_APP]);
    expect(await told()).toEqual([TOLD]);
    await ask(start, [[outer], [inner]], ["GET /inner"], ["PUT /inner", FROM_APP], ["GET /inner", "Origin: null"]);
    await ask(start, [[createMatcher(plain)], [inner]], ["GET /inner", FROM_APP]);
    expect(await told()).toEqual([TOLD]);
  });

  test("told of a request without Origin as well: a test that knows no CORS shows it", async () => {
    await ask(await load("NESTED", framework), [[outer], [inner]], ["GET /inner"]);
    expect(await told()).toEqual([TOLD]);
  });

  test.each<readonly [how: string, mounts: readonly [Matcher, Matcher], request: readonly string[]]>([
    ["the same policy twice", [inner, inner], ["GET /inner", FROM_APP]],
    [
      "a preflight, which passes the first alone",
      [outer, inner],
      ["OPTIONS /inner", FROM_APP, "Access-Control-Request-Method: GET"],
    ],
  ])("not told of %s", async (_how, [first, second], request) => {
    await ask(await load("NESTED", framework), [[first], [second]], [...request]);
    expect(await told()).toEqual([]);
  });

  test("not told of one reference twice, whatever it is replaced by", async () => {
    const ref = createPolicyRef(outer);
    const onDecision = () => ref.replace(inner);
    await ask(await load("NESTED", framework), [[ref, { onDecision }], [ref]], ["GET /inner", FROM_APP]);
    expect(await told()).toEqual([]);
  });

  test("not told of what the outer one refuses", async () => {
    const mounts = [[inner, { enforce: true }], [outer]] as const;
    await ask(await load("NESTED", framework), mounts, ["GET /inner", "Origin: https://evil.example"]);
    expect(await told()).toEqual([]);
  });
});

describe.each(["Fastify, a scope within", "Fastify, a route of its own"])("%s", (how) => {
  test("there is nothing to tell: each request has one policy, preflights too", async () => {
    const preflight = ["OPTIONS /inner", FROM_APP, "Access-Control-Request-Method: PUT"];
    const requests = [["GET /inner", FROM_APP], preflight, ["GET /outer", FROM_APP], ["GET /missing", FROM_APP]];
    await ask(await load("FASTIFY_NESTED", how), [[outer], [inner]], ...requests);
    expect(await told()).toEqual([]);
  });
});

test("once for all adapters of a process", async () => {
  await ask(await load("NESTED", "Koa 3"), [[outer], [inner]], ["GET /inner"]);
  await ask(await load("NESTED", "Express 5"), [[outer], [inner]], ["GET /inner"]);
  await ask(await load("NESTED", "Fetch"), [[outer], [inner]], ["GET /inner"]);
  expect(await told()).toEqual([TOLD]);
});

test("not told of a preflight that one handler of the Fetch API has answered, and another is asked, too", async () => {
  const { cors } = await import("@corslang/adapters/fetch");
  const preflight = new Request("https://api.example/inner", {
    method: "OPTIONS",
    headers: { Origin: "https://app.example.com", "Access-Control-Request-Method": "GET" },
  });
  const handlers = [outer, inner].map((policy) => cors(policy, () => expect.fail()));
  for (const handler of handlers) expect((await handler(preflight)).status).toBe(204);
  expect(await told()).toEqual([]);
});

test.each([
  ["no process", undefined],
  ["a process that tells no warnings", {}],
])("a runtime of the Fetch API that has %s", async (_what, stub) => {
  const { cors } = await import("@corslang/adapters/fetch");
  const handler = cors(
    outer,
    cors(inner, () => new Response("handled")),
  );
  const request = new Request("https://api.example/inner", { headers: { Origin: "https://app.example.com" } });
  const { process } = globalThis;
  // The cast does not hold: that is what is tested. Nothing else runs in between.
  globalThis.process = stub as typeof process;
  const response = (() => {
    try {
      return handler(request);
    } finally {
      globalThis.process = process;
    }
  })();
  expect((await response).headers.get("Access-Control-Allow-Origin")).toBe("https://app.example.com");
});
