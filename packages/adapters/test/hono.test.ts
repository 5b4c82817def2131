import { cors } from "@corslang/adapters/hono";
import { createMatcher } from "@corslang/runtime";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { stream } from "hono/streaming";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { fromApp, linesOf } from "./applications/fetch.js";
import { answersOf, createApplication, PLATFORMS, start as startApplication } from "./applications/hono.js";
import { corsLines, sendForHead, valuesOf } from "./http-client.js";
import { plain } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";
const FOR_GET = "Access-Control-Request-Method: GET";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method, origin";
const policy = createMatcher(plain);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each(PLATFORMS)("under %s", (_platform, serveApplication) => {
  const start = (application: Hono) => startApplication(serveApplication, application, servers);

  test("a response that answers several requests at a time has for each the headers of its own", async () => {
    const shared = new Response(null, { status: 204 });
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    let waiting = 0;
    const application = createApplication().use(cors(policy));
    application.get("/", async () => {
      if (++waiting === 3) release();
      await all;
      return shared;
    });
    const ask = await start(application);
    const [first, second, third] = await Promise.all([
      ask("GET /", FROM_APP),
      ask("GET /", FROM_EVIL),
      ask("GET /", FROM_APP),
    ]);
    expect(corsLines(first.headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
    expect(corsLines(second.headerLines)).toEqual(["vary: origin"]);
    expect(corsLines(third.headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
  });

  test("a preflight is answered without the handler, its body is empty, and what was set before stays", async () => {
    let runs = 0;
    const application = createApplication().use(async (context, next) => {
      context.header("X-Request-Id", "7");
      context.header("Access-Control-Allow-Origin", "*");
      await next();
    });
    application.use(cors(policy)).all("/", (context) => context.text(`handled ${++runs}`));
    const ask = await start(application);
    const passed = await ask("OPTIONS /", FROM_APP, FOR_GET);
    expect([passed.status, passed.body, corsLines(passed.headerLines)]).toEqual([204, "", [ALLOW_APP, PREFLIGHT_VARY]]);
    expect(valuesOf(passed, "X-Request-Id")).toEqual(["7"]);
    const failed = await ask("OPTIONS /", FROM_EVIL, FOR_GET);
    expect([failed.status, failed.body, corsLines(failed.headerLines)]).toEqual([403, "", [PREFLIGHT_VARY]]);
    expect(valuesOf(failed, "Content-Type")).toEqual([]);
    expect(runs).toBe(0);
  });

  test("a middleware before it that has made a response can't undo a failed preflight", async () => {
    const application = createApplication().use(async (context, next) => {
      context.res.headers.set("Access-Control-Allow-Origin", "*");
      await next();
    });
    application.use(cors(policy)).all("/", (context) => context.text("handled"));
    const ask = await start(application);
    const failed = await ask("OPTIONS /", FROM_EVIL, FOR_GET);
    expect([failed.status, corsLines(failed.headerLines)]).toEqual([403, [PREFLIGHT_VARY]]);
    expect(await answersOf(ask, "GET /")).toEqual([200, [ALLOW_APP, "vary: origin"], 200, ["vary: origin"]]);
  });

  test("for paths: the others are left alone", async () => {
    const application = createApplication().use("/api/*", cors(policy));
    application.get("/api/orders", (context) => context.text("handled"));
    application.get("/apifoo", (context) => context.text("handled"));
    const ask = await start(application);
    expect(await answersOf(ask, "GET /api/orders")).toEqual([200, [ALLOW_APP, "vary: origin"], 200, ["vary: origin"]]);
    expect((await ask("OPTIONS /api/orders", FROM_APP, FOR_GET)).status).toBe(204);
    expect(await answersOf(ask, "GET /apifoo")).toEqual([200, [], 200, []]);
    expect((await ask("OPTIONS /apifoo", FROM_APP, FOR_GET)).status).toBe(404);
  });

  test("HEAD", async () => {
    const application = createApplication().use(cors(policy));
    application.get("/", (context) => context.text("handled"));
    const ask = await start(application);
    expect(await answersOf(ask, "HEAD /")).toEqual([200, [ALLOW_APP, "vary: origin"], 200, ["vary: origin"]]);
  });

  test("whatever the handler and the middlewares further in set", async () => {
    const application = createApplication().use(cors(policy));
    application.use(async (context, next) => {
      await next();
      context.header("Vary", "Accept");
      context.header("Vary", "Cookie", { append: true });
      context.header("Access-Control-Allow-Origin", "*");
    });
    application.get("/", (context) => {
      context.header("Vary", "Accept-Encoding");
      context.header("Access-Control-Allow-Credentials", "true");
      return context.text("handled");
    });
    const ask = await start(application);
    expect(await answersOf(ask, "GET /")).toEqual([
      200,
      [ALLOW_APP, "vary: accept, cookie, origin"],
      200,
      ["vary: accept, cookie, origin"],
    ]);
  });

  test("a 304 of the middleware etag, which removes all other headers", async () => {
    const application = createApplication().use(cors(policy), etag());
    application.get("/", (context) => context.text("handled"));
    const ask = await start(application);
    const [tag = ""] = valuesOf(await ask("GET /", FROM_APP), "ETag");
    const answer = await ask("GET /", FROM_APP, `If-None-Match: ${tag}`);
    expect([answer.status, corsLines(answer.headerLines)]).toEqual([304, [ALLOW_APP, "vary: origin"]]);
  });

  describe("responses", () => {
    test("a result of fetch(), whose headers are immutable, after something was set", async () => {
      const upstream = await serve((_request, response) => {
        response.writeHead(418, [
          ...["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Vary", "Accept"],
          ...["Access-Control-Allow-Origin", "*", "Access-Control-Allow-Credentials", "true"],
        ]);
        response.end("from upstream");
      });
      servers.push(upstream);
      const application = createApplication().use(cors(policy));
      application.get("/", () => fetch(`http://127.0.0.1:${upstream.port}/`));
      const ask = await start(application);
      const cookies = ["set-cookie: a=1", "set-cookie: b=2"];
      expect(await answersOf(ask, "GET /")).toEqual([
        418,
        [ALLOW_APP, ...cookies, "vary: accept, origin"],
        418,
        [...cookies, "vary: accept, origin"],
      ]);
      expect((await ask("GET /", FROM_EVIL)).body).toBe("from upstream");
    });

    test("one that is returned for every request has each time the headers of this request", async () => {
      const shared = new Response(null, { status: 202 });
      const application = createApplication().use(cors(policy));
      application.get("/", () => shared);
      const ask = await start(application);
      const answers = [202, [ALLOW_APP, "vary: origin"], 202, ["vary: origin"]];
      expect(await answersOf(ask, "GET /")).toEqual(answers);
      expect(await answersOf(ask, "GET /")).toEqual(answers);
    });

    test("a stream goes out as it comes", async () => {
      const { readable, writable } = new TransformStream<string, string>();
      const writer = writable.getWriter();
      const application = createApplication().use(cors(policy));
      application.get("/", (context) =>
        stream(context, async (out) => {
          for await (const chunk of readable) await out.write(chunk);
        }),
      );
      const server = await serveApplication(application);
      servers.push(server);
      const head = sendForHead(server.port, "GET /", FROM_APP);
      await writer.write("first");
      const message = await head;
      const chunks = message.setEncoding("utf8").iterator();
      expect((await chunks.next()).value).toBe("first");
      // The first part has arrived before the last one exists.
      await writer.write("last");
      expect((await chunks.next()).value).toBe("last");
      await writer.close();
      expect(message.headers).toMatchObject({
        "access-control-allow-origin": "https://app.example.com",
        vary: "Origin",
      });
    });
  });

  test("onDecision gets the context", async () => {
    const told: unknown[] = [];
    const application = createApplication().use(
      cors(policy, {
        onDecision: ({ outcome }, context) => void told.push(outcome, context instanceof Object, context.req.path),
      }),
    );
    const ask = await start(application);
    await ask("GET /path", FROM_EVIL);
    expect(told).toEqual(["actual-denied", true, "/path"]);
  });
});

describe("responses that can't be built again are passed on untouched", () => {
  test.each([
    ["a network error", () => Response.error()],
    // As runtimes have them; Node's Response can't be made with this status.
    ["an upgrade", () => Object.defineProperty(new Response(null), "status", { value: 101 })],
  ])("%s", async (_what, create) => {
    const response = create();
    const application = new Hono().use(cors(policy)).get("/", () => response);
    expect(await application.fetch(fromApp)).toBe(response);
    expect(linesOf(response)).toEqual([]);
  });
});

test("a response whose headers can be changed is itself returned", async () => {
  const response = new Response("handled", { headers: { Vary: "Accept" } });
  const application = new Hono().use(cors(policy)).get("/", () => response);
  expect(await application.fetch(fromApp)).toBe(response);
  expect(linesOf(response)).toEqual([ALLOW_APP, "vary: accept, origin"]);
});
