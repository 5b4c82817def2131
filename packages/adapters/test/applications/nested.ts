import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as fetchAdapter from "@corslang/adapters/fetch";
import * as honoAdapter from "@corslang/adapters/hono";
import * as koaAdapter from "@corslang/adapters/koa";
import * as nodeAdapter from "@corslang/adapters/node";
import type { Matcher } from "@corslang/runtime";
import { fastify } from "fastify";
import type { Options } from "../../src/express.js";
import { type Listening, serve } from "./application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "./express.js";
import { listenFastify } from "./fastify.js";
import { toListener } from "./fetch.js";
import { createApplication as createHono, serveBare } from "./hono.js";
import { createApplication as createKoa, KOA } from "./koa.js";

/** A policy with its options. */
export type Mount = readonly [policy: Matcher, options?: Options<unknown>];

/** Starts an application with one policy for all of it, and a second one for `/inner`. */
export type StartNested = (outer: Mount, inner: Mount) => Promise<Listening>;

/** Where both policies are on the way of a request for `/inner`, the outer one first. */
export const NESTED: readonly (readonly [framework: string, start: StartNested])[] = [
  ...EXPRESS.map(([name, express]) => {
    const start: StartNested = (outer, inner) => {
      const application = createExpress(express).use(expressAdapter.cors(...outer));
      application.use("/inner", expressAdapter.cors(...inner));
      application.use((_request, response) => void response.send("handled"));
      return serve(listenerOf(application));
    };
    return [name, start] as const;
  }),
  ...KOA.map(([name, Koa]) => {
    const start: StartNested = (outer, inner) => {
      const application = createKoa(Koa).use(koaAdapter.cors(...outer));
      const forInner = koaAdapter.cors(...inner);
      application.use((context, next) => (context.path === "/inner" ? forInner(context, next) : next()));
      application.use((context) => {
        context.body = "handled";
      });
      return serve(application.callback());
    };
    return [name, start] as const;
  }),
  [
    "Hono",
    (outer, inner) => {
      const application = createHono().use(honoAdapter.cors(...outer));
      application.use("/inner", honoAdapter.cors(...inner));
      application.all("*", (context) => context.text("handled"));
      return serveBare(application);
    },
  ],
  [
    "node:http",
    (outer, inner) => {
      const forAll = nodeAdapter.cors(...outer);
      const forInner = nodeAdapter.cors(...inner);
      return serve((request, response) => {
        const handle = () => void response.end("handled");
        forAll(request, response, () => (request.url === "/inner" ? forInner(request, response, handle) : handle()));
      });
    },
  ],
  [
    "Fetch",
    ([outer, outerOptions], [inner, innerOptions]) => {
      const handle = () => new Response("handled");
      const forInner = fetchAdapter.cors(inner, handle, innerOptions);
      const forAll = fetchAdapter.cors(
        outer,
        (request) => (request.url.endsWith("/inner") ? forInner(request) : handle()),
        outerOptions,
      );
      return serve(toListener(forAll));
    },
  ],
];

/** In Fastify, where a request has one policy: that of the scope, or of the route. */
export const FASTIFY_NESTED: readonly (readonly [how: string, start: StartNested])[] = [
  [
    "Fastify, a scope within",
    async ([outer, outerOptions], [inner, innerOptions]) => {
      const application = fastify({ forceCloseConnections: true });
      await application.register(fastifyAdapter.cors, { policy: outer, ...outerOptions });
      application.all("/outer", async () => "handled");
      await application.register(async (scope) => {
        await scope.register(fastifyAdapter.cors, { policy: inner, ...innerOptions });
        scope.get("/inner", async () => "handled");
        scope.put("/inner", async () => "handled");
      });
      return listenFastify(application);
    },
  ],
  [
    "Fastify, a route of its own",
    async ([outer, outerOptions], [inner]) => {
      const application = fastify({ forceCloseConnections: true });
      await application.register(fastifyAdapter.cors, { policy: outer, ...outerOptions });
      application.get("/outer", async () => "handled");
      application.get("/inner", { config: { cors: inner } }, async () => "handled");
      application.put("/inner", { config: { cors: inner } }, async () => "handled");
      return listenFastify(application);
    },
  ],
];
