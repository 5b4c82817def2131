import type { Options } from "@corslang/adapters/express";
import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as fetchAdapter from "@corslang/adapters/fetch";
import * as honoAdapter from "@corslang/adapters/hono";
import * as koaAdapter from "@corslang/adapters/koa";
import * as nodeAdapter from "@corslang/adapters/node";
import type { Matcher } from "@corslang/runtime";
import express5 from "express";
import { fastify } from "fastify";
import Koa from "koa";
import { type Listening, serve } from "./application.js";
import { createApplication as createExpress, listenerOf } from "./express.js";
import { listenFastify } from "./fastify.js";
import { toListener } from "./fetch.js";
import { createApplication as createHono, serveBare } from "./hono.js";
import { createApplication as createKoa } from "./koa.js";

/** The options of any adapter. */
export type AnyOptions = Options<unknown>;

/** Mounts what may be no policy and no options, and starts a server in which `/failure` throws. */
export type StartAnything = (policy: Matcher, options?: AnyOptions) => Promise<Listening>;

/** Every adapter once. */
export const ADAPTERS: readonly (readonly [name: string, start: StartAnything])[] = [
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
    "Hono",
    async (policy, options) => {
      const application = createHono().use(honoAdapter.cors(policy, options));
      application.get("/failure", () => {
        throw new Error("thrown");
      });
      return serveBare(application);
    },
  ],
  [
    "node:http",
    async (policy, options) => {
      const withCors = nodeAdapter.cors(policy, options);
      return serve((request, response) => withCors(request, response, () => response.writeHead(404).end()));
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
