import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors } from "@corslang/adapters/hono";
import { createMatcher } from "@corslang/runtime";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { afterEach, describe, expect, test } from "vitest";
import type { Listening } from "./applications/application.js";
import { linesOf } from "./applications/fetch.js";
import { type Ask, serveOnNode, start as startApplication } from "./applications/hono.js";
import { corsLines } from "./http-client.js";
import { openRead, plain } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);
const open = createMatcher(openRead);

type Application = Hono<{ Bindings: HttpBindings }>;

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

// The cast holds: the server gives what this application wants of it.
const start = (application: Application): Promise<Ask> =>
  startApplication(serveOnNode, application as unknown as Hono, servers);

test("what a handler writes by Node's own response is under the policy", async () => {
  const ask = await start(
    new Hono<{ Bindings: HttpBindings }>().use(cors(policy)).get("/", ({ env }) => {
      env.outgoing.writeHead(200, { "Access-Control-Allow-Origin": "*", Vary: "Accept" }).end("written");
      return RESPONSE_ALREADY_SENT;
    }),
  );
  const { body, headerLines } = await ask("GET /", FROM_APP);
  expect([body, corsLines(headerLines)]).toEqual(["written", [ALLOW_APP, "vary: accept, origin"]]);
});

test("what a middleware further out does on the way back takes nothing away", async () => {
  const ask = await start(
    new Hono<{ Bindings: HttpBindings }>()
      .use(etag(), cors(policy))
      .get("/", (context) => context.text("handled", 200, { ETag: '"one"' })),
  );
  const { status, headerLines } = await ask("GET /", FROM_APP, 'If-None-Match: "one"');
  expect([status, corsLines(headerLines)]).toEqual([304, [ALLOW_APP, "vary: origin"]]);
});

test("a page that Hono sends past every middleware is under the policy", async () => {
  const ask = await start(
    new Hono<{ Bindings: HttpBindings }>()
      .onError(() => new Response("its page", { status: 500 }))
      .notFound(() => {
        throw new Error("thrown");
      })
      .use(cors(policy)),
  );
  const { status, headerLines } = await ask("GET /", FROM_APP);
  expect([status, corsLines(headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
});

describe("a request that a handler makes up for another application", () => {
  /** What the other application has answered with is kept, and the text of it goes on. */
  async function askThrough(outer: Application, inner: Pick<Hono, "fetch">, url: string, init?: RequestInit) {
    const answers: Response[] = [];
    outer.get("/", async (context) => {
      const answer = await inner.fetch(new Request(url, init), context.env);
      answers.push(answer);
      return context.text(await answer.text());
    });
    const ask = await start(outer);
    const { body, headerLines } = await ask("GET /", FROM_APP);
    return { body, outer: corsLines(headerLines), inner: answers.map(linesOf) };
  }

  const FROM_OTHER = { headers: { Origin: "https://other.example" } };
  const INNER: readonly (readonly [what: string, inner: Pick<Hono, "fetch">])[] = [
    ["Hono", new Hono().use(cors(open)).get("/page", (context) => context.text("inner"))],
    ["Fetch", { fetch: fetchCors(open, () => new Response("inner")) }],
  ];

  test.each(INNER)("its headers are at its own answer alone: %s", async (_what, inner) => {
    const application = new Hono<{ Bindings: HttpBindings }>();
    expect(await askThrough(application, inner, "http://inner.example/page", FROM_OTHER)).toEqual({
      body: "inner",
      outer: [],
      inner: [["access-control-allow-origin: *"]],
    });
  });

  test("the outer policy decides the outer answer, also where the URL is the same", async () => {
    const inner = new Hono().use(cors(open)).get("/", (context) => context.text("inner"));
    const application = new Hono<{ Bindings: HttpBindings }>().use(cors(policy));
    const { body, outer } = await askThrough(application, inner, "http://inner.example/", FROM_OTHER);
    expect([body, outer]).toEqual(["inner", [ALLOW_APP, "vary: origin"]]);
  });
});

test("what a platform calls outgoing, and is no response of Node, changes nothing", async () => {
  const application = new Hono().use(cors(policy)).get("/", (context) => context.text("handled"));
  const request = new Request("http://service.example/", { headers: { Origin: "https://app.example.com" } });
  // As a binding of Workers is: any property of it is a function.
  const binding: object = new Proxy(() => binding, { get: () => binding });
  const handle = fetchCors(policy, (_request: Request, _env: object | undefined) => new Response("handled"));
  for (const env of [{ outgoing: binding }, { outgoing: null }, { outgoing: {} }, {}, undefined]) {
    expect(linesOf(await application.fetch(request, env))).toEqual([ALLOW_APP, "vary: origin"]);
    expect(linesOf(await handle(request, env))).toEqual([ALLOW_APP, "vary: origin"]);
  }
});
