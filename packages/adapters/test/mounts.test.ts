import { cors as corsOfExpress } from "@corslang/adapters/express";
import { cors as corsOfFastify } from "@corslang/adapters/fastify";
import { cors as corsOfFetch } from "@corslang/adapters/fetch";
import { cors as corsOfHono } from "@corslang/adapters/hono";
import { cors as corsOfKoa } from "@corslang/adapters/koa";
import { createMatcher } from "@corslang/runtime";
import { expectServer, type Send, type ServerOriginExpectations } from "@corslang/runtime/testing";
import createExpress from "express";
import createFastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { account } from "./policies.js";

/*
 * Tests of mounts, as users write them with @corslang/runtime/testing: it tells a good mount from those that go wrong,
 * on real frameworks.
 */

const policy = createMatcher(account);
const APP = "https://app.example.com";
const PUT_JSON = {
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: "{}",
  credentials: "include",
  cookie: "session=1",
} as const;

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function listen(listener: Parameters<typeof serve>[0]): Promise<string> {
  const server = await serve(listener);
  servers.push(server);
  return `http://127.0.0.1:${server.port}`;
}

/** By Node's own client: it sets no header of its own that the request has. */
const overHttp: Send = (request) => fetch(request.url, request);

/** What holds of a mount of `account` that is as it should be, with an ETag on each answer. */
async function expectGoodMount(page: ServerOriginExpectations, url: string): Promise<void> {
  expect(await page.fetch(url, PUT_JSON).toBeReadable()).toMatchObject({ status: 200, headers: { etag: '"1"' } });
  await page.fetch(url, { credentials: "include" }).toExpose("ETag");
  await page.fetch(url, { method: "PATCH" }).toBeBlocked("allow-origin-missing");
  await page.fetch(url, { headers: { "X-Other": "1" } }).toBeBlocked("allow-origin-missing");
}

describe("Fastify, by inject", () => {
  const url = "https://api.example.com/orders";

  async function start(...order: readonly ("cors" | "authentication")[]) {
    const app = createFastify();
    for (const step of order) {
      if (step === "cors") await app.register(corsOfFastify, { policy });
      else {
        app.addHook("onRequest", async (request, reply) => {
          if (!request.headers.cookie?.includes("session=")) return reply.code(401).send();
          return undefined;
        });
      }
    }
    app.route({
      method: ["GET", "PUT"],
      url: "/orders",
      handler: (_request, reply) => reply.header("ETag", '"1"').send("ok"),
    });
    return expectServer((request) => app.inject(request));
  }

  test("a good mount", async () => {
    const server = await start("cors");
    await expectGoodMount(server.from(APP), url);
    await server.from("https://evil.test").fetch(url).toBeBlocked("allow-origin-missing");
  });

  test("before authentication, where preflights pass and the page reads a 401", async () => {
    const page = (await start("cors", "authentication")).from(APP);
    expect(await page.fetch(url, PUT_JSON).toBeReadable()).toMatchObject({ status: 200 });
    expect(await page.fetch(url, { ...PUT_JSON, cookie: undefined }).toBeReadable()).toMatchObject({ status: 401 });
  });

  test("behind authentication", async () => {
    const page = (await start("authentication", "cors")).from(APP);
    const failed = page.fetch(url, PUT_JSON).toBeReadable();
    await expect(failed).rejects.toThrow("so mount it before authentication.");
  });

  test("without the adapter", async () => {
    const page = (await start()).from(APP);
    await expect(page.fetch(url, PUT_JSON).toBeReadable()).rejects.toThrow("mount it for the whole path");
    await expect(page.fetch(url).toBeReadable()).rejects.toThrow("Something else than a policy answered: mount it on");
  });
});

describe("Express, over HTTP", () => {
  test("a good mount", async () => {
    const app = createExpress();
    app.use(corsOfExpress(policy));
    app.use((_request, response) => void response.set("ETag", '"1"').send("ok"));
    await expectGoodMount(expectServer(overHttp).from(APP), `${await listen(app)}/orders`);
  });

  test("mounted for one method, so that Express answers preflights itself", async () => {
    const app = createExpress();
    app.put("/orders", corsOfExpress(policy), (_request, response) => void response.send("ok"));
    const page = expectServer(overHttp).from(APP);
    await expect(page.fetch(`${await listen(app)}/orders`, PUT_JSON).toBeReadable()).rejects.toThrow(
      "The answer to the preflight has no Access-Control-Allow-Origin: the browser does not send the PUT.",
    );
  });

  test("a redirect of the preflight", async () => {
    const app = createExpress();
    app.use((request, response, next) => (request.path === "/orders" ? response.redirect(301, "/orders/") : next()));
    app.use(corsOfExpress(policy));
    const page = expectServer(overHttp).from(APP);
    const url = `${await listen(app)}/orders`;
    await page.fetch(url, PUT_JSON).toBeBlocked("allow-origin-missing");
    await expect(page.fetch(url, PUT_JSON).toBeReadable()).rejects.toThrow(
      "Fetch the URL that it redirects to, or mount",
    );
  });
});

describe("Koa, over HTTP", () => {
  const answer: Koa.Middleware = (context) => {
    context.set("ETag", '"1"');
    context.body = "ok";
  };

  test("a good mount", async () => {
    const app = new Koa();
    app.use(corsOfKoa(policy)).use(answer);
    await expectGoodMount(expectServer(overHttp).from(APP), `${await listen(app.callback())}/orders`);
  });

  test("a proxy that adds the headers of CORS too", async () => {
    const app = new Koa();
    app.use(corsOfKoa(policy)).use(answer);
    const behind = await listen(app.callback());
    const proxy = await listen(async (request, response) => {
      // The casts hold: a request of a server has both, and the test's headers are single lines.
      const init = { method: request.method as string, headers: request.headers as Record<string, string> };
      const { status, headers } = await fetch(`${behind}${request.url}`, {
        method: init.method,
        headers: init.headers,
      });
      const allowOrigin = headers.get("Access-Control-Allow-Origin") ?? "";
      response.writeHead(
        status,
        [
          ["Access-Control-Allow-Origin", allowOrigin],
          ["Access-Control-Allow-Origin", "*"],
        ].flat(),
      );
      response.end();
    });
    const page = expectServer(overHttp).from(APP);
    await page.fetch(`${proxy}/orders`).toBeBlocked("allow-origin-different");
    await expect(page.fetch(`${proxy}/orders`).toBeReadable()).rejects.toThrow("A proxy or a handler adds");
  });
});

describe("a Fetch handler", () => {
  const url = "https://api.example.com/orders";
  const handle = () => new Response("ok", { headers: { ETag: '"1"' } });

  test("a good mount, and one with its handler alone", async () => {
    const handler = corsOfFetch(policy, handle);
    await expectGoodMount(expectServer((request) => handler(new Request(request.url, request))).from(APP), url);
    await expect(expectServer(handle).from(APP).fetch(url).toBeReadable()).rejects.toThrow(
      "Something else than a policy answered",
    );
  });

  test("enforcement leaves the server's own pages alone, by what browsers send", async () => {
    const handler = corsOfFetch(policy, handle, { enforce: true });
    const server = expectServer((request) => handler(new Request(request.url, request)));
    const own = await server.from("https://api.example.com").fetch(url, { method: "POST" }).toBeReadable();
    expect(own.status).toBe(200);
    const stranger = server.from("https://other.example.com").fetch(url, { method: "POST" });
    await stranger.toBeBlocked("allow-origin-missing");
    await expect(stranger.toBeReadable()).rejects.toThrow(/This looks like a denial by the policy[\s\S]+< 403/);
  });
});

describe("Hono, by app.request and app.fetch", () => {
  const url = "https://api.example.com/orders";

  test("a good mount", async () => {
    const app = new Hono();
    app.use(corsOfHono(policy)).all("/orders", (context) => context.text("ok", 200, { ETag: '"1"' }));
    await expectGoodMount(expectServer((request) => app.request(request.url, request)).from(APP), url);
    await expectGoodMount(expectServer((request) => app.fetch(new Request(request.url, request))).from(APP), url);
  });

  test("mounted behind the route that answers", async () => {
    const app = new Hono();
    app.put("/orders", (context) => context.text("ok")).use(corsOfHono(policy));
    const page = expectServer((request) => app.request(request.url, request)).from(APP);
    await expect(page.fetch(url, PUT_JSON).toBeReadable()).rejects.toThrow(
      "The answer has no Access-Control-Allow-Origin: the browser has sent the PUT",
    );
  });
});
