import { PassThrough } from "node:stream";
import { cors } from "@corslang/adapters/fastify";
import { createMatcher } from "@corslang/runtime";
import { type FastifyInstance, fastify } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { listenFastify } from "./applications/fastify.js";
import { ask, FOR_GET, FOR_PUT, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "./applications/injection.js";
import { corsLines, getOverHttp2, send, sendForHead } from "./http-client.js";
import { openRead, plain } from "./policies.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);

const applications: FastifyInstance[] = [];
afterEach(async () => {
  for (const application of applications.splice(0)) await application.close();
});

async function create(): Promise<FastifyInstance> {
  const application = fastify({ forceCloseConnections: true });
  applications.push(application);
  await application.register(cors, { policy });
  return application;
}

describe("OPTIONS", () => {
  test("a preflight for a route without an OPTIONS handler", async () => {
    const application = await create();
    application.get("/resource", async () => "handled");
    expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_GET)).toEqual([204, [ALLOW_APP, PREFLIGHT_VARY]]);
    expect(await ask(application, "OPTIONS /resource", FROM_EVIL, FOR_GET)).toEqual([403, [PREFLIGHT_VARY]]);
  });

  test("a preflight for a URL without a route", async () => {
    const application = await create();
    expect(await ask(application, "OPTIONS /missing", FROM_APP, FOR_GET)).toEqual([204, [ALLOW_APP, PREFLIGHT_VARY]]);
  });

  test("OPTIONS that is no preflight, for a route without an OPTIONS handler, is Fastify's 404", async () => {
    const application = await create();
    application.get("/resource", async () => "handled");
    expect(await ask(application, "OPTIONS /resource", FROM_APP)).toEqual([404, [ALLOW_APP, "vary: origin"]]);
  });

  test.each([
    ["OPTIONS *", (application: FastifyInstance) => application.options("*", async () => "own")],
    ["OPTIONS /*", (application: FastifyInstance) => application.options("/*", async () => "own")],
    ["all *", (application: FastifyInstance) => application.all("*", async () => "own")],
    ["OPTIONS /resource", (application: FastifyInstance) => application.options("/resource", async () => "own")],
  ])("the application's own %s is no conflict, before and after", async (_route, add) => {
    for (const addFirst of [true, false]) {
      const application = fastify();
      applications.push(application);
      if (addFirst) add(application);
      await application.register(cors, { policy });
      if (!addFirst) add(application);
      application.get("/resource", async () => "handled");
      const own = await application.inject({ method: "OPTIONS", url: "/resource" });
      expect([own.statusCode, own.body]).toEqual([200, "own"]);
      expect(await ask(application, "OPTIONS /resource", FROM_APP)).toEqual([200, [ALLOW_APP, "vary: origin"]]);
      expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_GET)).toEqual([
        204,
        [ALLOW_APP, PREFLIGHT_VARY],
      ]);
      expect(await ask(application, "OPTIONS /resource", FROM_EVIL, FOR_PUT)).toEqual([403, [PREFLIGHT_VARY]]);
    }
  });

  test("the answer to a preflight says that it has no body", async () => {
    const application = await create();
    const headers = { Origin: "https://app.example.com", "Access-Control-Request-Method": "GET" };
    const passed = await application.inject({ method: "OPTIONS", url: "/", headers });
    expect([passed.statusCode, passed.headers["content-type"], passed.body]).toEqual([204, undefined, ""]);
    const failed = await application.inject({ method: "OPTIONS", url: "/", headers: { ...headers, Origin: "null" } });
    expect([failed.statusCode, failed.headers["content-length"], failed.body]).toEqual([403, "0", ""]);
  });

  test("preflights do not reach hooks that are added later, authentication above all", async () => {
    const application = await create();
    const reached: string[] = [];
    application.addHook("onRequest", async (request, reply) => {
      reached.push(request.method);
      await reply.code(401).send();
    });
    application.get("/resource", async () => "handled");
    expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_GET)).toEqual([204, [ALLOW_APP, PREFLIGHT_VARY]]);
    expect(await ask(application, "GET /resource", FROM_APP)).toEqual([401, [ALLOW_APP, "vary: origin"]]);
    expect(reached).toEqual(["GET"]);
  });

  test("what is added for preflights is hidden from documentation", async () => {
    const application = await create();
    const shown: unknown[] = [];
    application.addHook("onRoute", ({ method, url, schema }) => {
      if (!schema || !("hide" in schema)) shown.push([method, url]);
    });
    application.get("/resource", { exposeHeadRoute: false }, async () => "handled");
    expect(shown).toEqual([["GET", "/resource"]]);
  });
});

describe("errors and 404", () => {
  test.each([
    ["/thrown", 500],
    ["/rejected", 500],
    ["/sent", 409],
    ["/invalid?number=x", 400],
    ["/unserializable", 500],
    ["/missing", 404],
  ])("%s: the answer is under the policy", async (path, status) => {
    const application = await create();
    application.get("/thrown", () => {
      throw new Error("thrown");
    });
    application.get("/rejected", async () => {
      throw new Error("rejected");
    });
    application.get("/sent", (_request, reply) => {
      reply.send(Object.assign(new Error("sent"), { statusCode: 409 }));
    });
    application.get("/unserializable", async () => ({ big: 1n }));
    const querystring = { type: "object", properties: { number: { type: "integer" } } };
    application.get("/invalid", { schema: { querystring } }, async () => "handled");
    expect(await ask(application, `GET ${path}`, FROM_APP)).toEqual([status, [ALLOW_APP, "vary: origin"]]);
    expect(await ask(application, `GET ${path}`, FROM_EVIL)).toEqual([status, ["vary: origin"]]);
  });

  test("pages of the application, which set and remove headers", async () => {
    const application = await create();
    application.setErrorHandler((_error, _request, reply) => {
      reply.removeHeader("Vary").code(503).header("Vary", "Accept").header("Access-Control-Allow-Origin", "*");
      reply.send("our page");
    });
    application.setNotFoundHandler((_request, reply) => {
      reply.code(404).header("Vary", "Accept").send("our 404");
    });
    application.get("/thrown", async () => {
      throw new Error("thrown");
    });
    expect(await ask(application, "GET /thrown", FROM_EVIL)).toEqual([503, ["vary: accept, origin"]]);
    expect(await ask(application, "GET /missing", FROM_APP)).toEqual([404, [ALLOW_APP, "vary: accept, origin"]]);
    expect(await ask(application, "OPTIONS /missing", FROM_APP, FOR_GET)).toEqual([204, [ALLOW_APP, PREFLIGHT_VARY]]);
  });

  test("an error of a later hook", async () => {
    const application = await create();
    application.addHook("preHandler", async () => {
      throw Object.assign(new Error("who are you"), { statusCode: 401 });
    });
    application.get("/resource", async () => "handled");
    expect(await ask(application, "GET /resource", FROM_APP)).toEqual([401, [ALLOW_APP, "vary: origin"]]);
  });

  test("what onDecision throws is an error like any other", async () => {
    const application = fastify();
    applications.push(application);
    await application.register(cors, {
      policy,
      onDecision() {
        throw Object.assign(new Error("from the hook"), { statusCode: 555 });
      },
    });
    application.get("/resource", async () => "handled");
    expect(await ask(application, "GET /resource", FROM_APP)).toEqual([555, [ALLOW_APP, "vary: origin"]]);
  });
});

describe("answers", () => {
  test("Vary of the application is merged, however it is set", async () => {
    const application = await create();
    application.addHook("onSend", async (_request, reply) => {
      reply.header("Vary", "Accept-Encoding");
    });
    application.get("/resource", async (_request, reply) => {
      reply.header("Vary", "Accept");
      return "handled";
    });
    expect(await ask(application, "GET /resource", FROM_APP)).toEqual([
      200,
      [ALLOW_APP, "vary: accept-encoding, origin"],
    ]);
  });

  test("a hijacked reply", async () => {
    const application = await create();
    application.get("/resource", (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(202, ["Vary", "Accept", "Access-Control-Allow-Origin", "*"]).end("by itself");
    });
    const { port } = await listenFastify(application);
    const answer = await send(port, "GET /resource", FROM_EVIL);
    expect([answer.status, answer.body, corsLines(answer.headerLines)]).toEqual([
      202,
      "by itself",
      ["vary: accept, origin"],
    ]);
  });

  test("a stream goes out as it comes", async () => {
    const application = await create();
    const body = new PassThrough();
    application.get("/resource", (_request, reply) => reply.send(body));
    const { port } = await listenFastify(application);
    body.write("first");
    const message = await sendForHead(port, "GET /resource", FROM_APP);
    const chunks = message.setEncoding("utf8").iterator();
    expect((await chunks.next()).value).toBe("first");
    // The first part has arrived before the last one exists.
    body.end("last");
    expect((await chunks.next()).value).toBe("last");
    expect(message.headers).toMatchObject({ "access-control-allow-origin": "https://app.example.com", vary: "Origin" });
  });

  test("a web response", async () => {
    const application = await create();
    application.get("/resource", async () => new Response("web", { status: 201, headers: { Vary: "Accept" } }));
    expect(await ask(application, "GET /resource", FROM_APP)).toEqual([201, [ALLOW_APP, "vary: accept, origin"]]);
  });

  test("inject and the wire tell the same", async () => {
    const application = await create();
    application.get("/resource", async () => "handled");
    const injected = await ask(application, "GET /resource", FROM_APP);
    const { port } = await listenFastify(application);
    const { status, headerLines } = await send(port, "GET /resource", FROM_APP);
    expect([status, corsLines(headerLines)]).toEqual(injected);
  });

  test("HTTP/2", async () => {
    const application = fastify({ http2: true });
    await application.register(cors, { policy });
    application.put("/resource", async () => "handled");
    application.get("/resource", async (_request, reply) => reply.header("vary", "accept").send("handled"));
    const port = Number(new URL(await application.listen({ port: 0, host: "127.0.0.1" })).port);
    try {
      expect(await getOverHttp2(port, "/resource", "https://app.example.com")).toMatchObject({
        ":status": 200,
        "access-control-allow-origin": "https://app.example.com",
        vary: "accept, Origin",
      });
    } finally {
      await application.close();
    }
  });

  test("origins * on a route's 404 and in the root", async () => {
    const application = fastify();
    applications.push(application);
    await application.register(cors, { policy: createMatcher(openRead) });
    application.get("/resource", async () => "handled");
    expect(await ask(application, "GET /resource")).toEqual([200, ["access-control-allow-origin: *"]]);
    expect(await ask(application, "GET /missing")).toEqual([404, ["access-control-allow-origin: *"]]);
  });
});
