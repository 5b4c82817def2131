import { cors as expressCors } from "@corslang/adapters/express";
import { cors as fastifyCors } from "@corslang/adapters/fastify";
import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors as koaCors } from "@corslang/adapters/koa";
import { createMatcher } from "@corslang/runtime";
import express5 from "express";
import { type FastifyInstance, fastify } from "fastify";
import Koa from "koa";
import { expect } from "vitest";
import { serve } from "../applications/application.js";
import { createApplication as createExpress, listenerOf } from "../applications/express.js";
import { ask, FOR_GET, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "../applications/injection.js";
import { createApplication as createKoa, KOA } from "../applications/koa.js";
import { corsLines, send } from "../http-client.js";
import { openRead, plain } from "../policies.js";
import type { Defect } from "./defect.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const ALLOW_PARTNER = "access-control-allow-origin: https://partner.example";
const FROM_PARTNER = "Origin: https://partner.example";
const app = createMatcher(plain);
const partner = createMatcher({ ...plain, origins: ["https://partner.example"] });

async function handled(): Promise<string> {
  return "handled";
}

/** What errors leave the chain of promises while the application gets ready. */
async function uncaughtWhile(action: () => Promise<unknown>): Promise<readonly unknown[]> {
  const uncaught: unknown[] = [];
  const catchIt = (error: unknown) => void uncaught.push(error);
  process.on("uncaughtException", catchIt);
  try {
    await action();
    // An error that was thrown outside comes before this.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("uncaughtException", catchIt);
  }
  return uncaught;
}

/** Defects of mounting: several policies, scopes, routes and the ways of each framework. */
export const mountingDefects: readonly Defect[] = [
  {
    number: 18,
    defect: "Vary is merged by appending: mounted twice it has a name twice, and more beside *",
    async isAbsent() {
      const twice = fetchCors(
        app,
        fetchCors(app, (request) => {
          return new Response("", { headers: { Vary: request.url.endsWith("star") ? "*" : "Origin" } });
        }),
      );
      const headers = { Origin: "https://app.example.com" };
      for (const [path, vary] of [
        ["star", "*"],
        ["", "Origin"],
      ]) {
        expect((await twice(new Request(`http://service.example/${path}`, { headers }))).headers.get("Vary")).toBe(
          vary,
        );
      }
      const express = createExpress(express5).use(expressCors(app), expressCors(app));
      const koa = createKoa(Koa).use(koaCors(app)).use(koaCors(app));
      for (const listener of [listenerOf(express), koa.callback()]) {
        const server = await serve(listener);
        expect(corsLines((await send(server.port, "GET /", FROM_APP)).headerLines)).toEqual([
          ALLOW_APP,
          "vary: origin",
        ]);
        await server.close();
      }
    },
  },
  {
    number: 21,
    defect: "a route's own policy is not applied to its preflight",
    async isAbsent() {
      const application = fastify();
      await application.register(fastifyCors, { policy: app });
      application.get("/own", { config: { cors: partner } }, handled);
      expect(await ask(application, "OPTIONS /own", FROM_PARTNER, FOR_GET)).toEqual([
        204,
        [ALLOW_PARTNER, PREFLIGHT_VARY],
      ]);
      expect(await ask(application, "OPTIONS /own", FROM_APP, FOR_GET)).toEqual([403, [PREFLIGHT_VARY]]);
      await application.close();
    },
  },
  {
    number: 22,
    defect: "registering twice, in parent and child, in siblings or beside OPTIONS * throws where nobody can catch it",
    async isAbsent() {
      const application = fastify();
      const scope = async (inner: FastifyInstance) => {
        await inner.register(fastifyCors, { policy: partner });
        inner.get("/resource", handled);
      };
      const errors = await uncaughtWhile(async () => {
        application.options("*", handled);
        application.all("/everything/*", handled);
        await application.register(fastifyCors, { policy: app });
        await application.register(scope, { prefix: "/one" });
        await application.register(scope, { prefix: "/two" });
        await application.register(scope);
        await application.ready();
        const twice = fastify();
        await twice.register(fastifyCors, { policy: app });
        await expect(async () => await twice.register(fastifyCors, { policy: app })).rejects.toThrow("already");
      });
      expect(errors).toEqual([]);
      for (const path of ["/one/resource", "/two/resource", "/resource"]) {
        expect((await ask(application, `OPTIONS ${path}`, FROM_PARTNER, FOR_GET))[0]).toBe(204);
      }
      await application.close();
    },
  },
  {
    number: 23,
    defect: "a scope answers the preflights of paths that begin alike",
    async isAbsent() {
      const application = fastify();
      const scope = async (inner: FastifyInstance) => {
        await inner.register(fastifyCors, { policy: app });
        inner.get("/", handled);
        inner.get("/resource", handled);
      };
      await application.register(scope, { prefix: "/api" });
      application.get("/apifoo", handled);
      for (const path of ["/apifoo", "/apifoo/resource", "/ap"]) {
        expect(await ask(application, `OPTIONS ${path}`, FROM_APP, FOR_GET)).toEqual([404, []]);
      }
      expect((await ask(application, "OPTIONS /api", FROM_APP, FOR_GET))[0]).toBe(204);
      await application.close();
    },
  },
  {
    number: 24,
    defect: "no CORS headers where Fastify refuses a URL before all hooks, or a hook that was added earlier answers",
    because:
      "both are Fastify's order and stay: an undecodable URL is refused before any plugin runs, and hooks run as they were added, so the plugin comes before authentication; all that comes later is under the policy",
    async isAbsent() {
      const application = fastify();
      await application.register(fastifyCors, { policy: app });
      application.addHook("onRequest", async (_request, reply) => reply.code(401).send());
      application.get("/resource", handled);
      expect(await ask(application, "GET /resource", FROM_APP)).toEqual([401, [ALLOW_APP, "vary: origin"]]);
      expect((await ask(application, "OPTIONS /resource", FROM_APP, FOR_GET))[0]).toBe(204);
      await application.close();
    },
  },
  {
    number: 25,
    defect: "a denied preflight is a 404, and a missing origin a 500 for every request",
    async isAbsent() {
      const application = fastify();
      await application.register(fastifyCors, { policy: app });
      expect(await ask(application, "OPTIONS /", FROM_EVIL, FOR_GET)).toEqual([403, [PREFLIGHT_VARY]]);
      await application.close();
      // @ts-expect-error: the type wants a policy.
      await expect(async () => await fastify().register(fastifyCors, { policy: undefined })).rejects.toThrow(TypeError);
    },
  },
  {
    number: 27,
    defect: "headers survive errors only where they are Error objects thrown further in",
    async isAbsent() {
      for (const [, KoaVersion] of KOA) {
        const application = createKoa(KoaVersion);
        application.use(async ({ path }, next) => {
          await next();
          if (path === "/outside") throw new Error("thrown further out");
        });
        application.use(koaCors(app));
        application.use(({ path }) => {
          if (path === "/text") throw "text";
        });
        const server = await serve(application.callback());
        for (const path of ["/text", "/outside"]) {
          const { status, headerLines } = await send(server.port, `GET ${path}`, FROM_APP);
          expect([status, corsLines(headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
        }
        await server.close();
      }
    },
  },
  {
    number: 32,
    defect: "a stricter policy on a route, below an open one for all, does not restrict",
    async isAbsent() {
      const open = createMatcher(openRead);
      const express = createExpress(express5).use(expressCors(open));
      express.get("/strict", expressCors(app), (_request, response) => void response.end());
      const koa = createKoa(Koa).use(koaCors(open)).use(koaCors(app));
      for (const listener of [listenerOf(express), koa.callback()]) {
        const server = await serve(listener);
        expect(corsLines((await send(server.port, "GET /strict", FROM_EVIL)).headerLines)).toEqual(["vary: origin"]);
        await server.close();
      }
      const application = fastify();
      await application.register(fastifyCors, { policy: open });
      application.get("/strict", { config: { cors: app } }, handled);
      expect(await ask(application, "GET /strict", FROM_EVIL)).toEqual([200, ["vary: origin"]]);
      await application.close();
      const handle = fetchCors(
        open,
        fetchCors(app, () => new Response()),
      );
      const request = new Request("http://service.example", { headers: { Origin: "https://evil.example" } });
      expect((await handle(request)).headers.get("Access-Control-Allow-Origin")).toBeNull();
    },
  },
];
