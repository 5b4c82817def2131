import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as fetchAdapter from "@corslang/adapters/fetch";
import * as honoAdapter from "@corslang/adapters/hono";
import * as koaAdapter from "@corslang/adapters/koa";
import * as nodeAdapter from "@corslang/adapters/node";
import { createMatcher, type Matcher } from "@corslang/runtime";
import { fastify } from "fastify";
import type { Options } from "../../src/express.js";
import { nobody } from "../policies.js";
import { type Listening, serve } from "./application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "./express.js";
import { listenFastify } from "./fastify.js";
import { toListener } from "./fetch.js";
import { createApplication as createHono, serveBare, serveOnNode } from "./hono.js";
import { createApplication as createKoa, KOA } from "./koa.js";

/** Starts an application whose handler, for GET at any path, waits before it answers "handled". */
export type StartAwaiting = (
  policy: Matcher,
  wait: () => Promise<unknown>,
  options?: Options<unknown>,
) => Promise<Listening>;

const HANDLED = "handled";

/** Every adapter on every framework. */
export const AWAITING: readonly (readonly [framework: string, start: StartAwaiting])[] = [
  ...EXPRESS.map(([name, express]) => {
    const start: StartAwaiting = (policy, wait, options) => {
      const application = createExpress(express).use(expressAdapter.cors(policy, options));
      application.use((_request, response, next) => {
        wait().then(() => response.send(HANDLED), next);
      });
      return serve(listenerOf(application));
    };
    return [name, start] as const;
  }),
  [
    "Fastify 5",
    async (policy, wait, options) => {
      const application = fastify({ forceCloseConnections: true });
      await application.register(fastifyAdapter.cors, { policy, ...options });
      application.get("*", async () => {
        await wait();
        return HANDLED;
      });
      return listenFastify(application);
    },
  ],
  [
    "Fastify 5, a route's own policy",
    async (policy, wait, options) => {
      const application = fastify({ forceCloseConnections: true });
      await application.register(fastifyAdapter.cors, { policy: createMatcher(nobody), ...options });
      application.get("*", { config: { cors: policy } }, async () => {
        await wait();
        return HANDLED;
      });
      return listenFastify(application);
    },
  ],
  ...KOA.map(([name, Koa]) => {
    const start: StartAwaiting = (policy, wait, options) => {
      const application = createKoa(Koa).use(koaAdapter.cors(policy, options));
      application.use(async (context) => {
        await wait();
        context.body = HANDLED;
      });
      return serve(application.callback());
    };
    return [name, start] as const;
  }),
  ...[serveBare, serveOnNode].map((serveHono) => {
    const start: StartAwaiting = (policy, wait, options) => {
      const application = createHono().use(honoAdapter.cors(policy, options));
      application.get("*", async (context) => {
        await wait();
        return context.text(HANDLED);
      });
      return serveHono(application);
    };
    return [serveHono === serveBare ? "Hono" : "Hono on @hono/node-server", start] as const;
  }),
  [
    "node:http",
    (policy, wait, options) => {
      const withCors = nodeAdapter.cors(policy, options);
      return serve((request, response) => {
        withCors(request, response, () => void wait().then(() => response.end(HANDLED)));
      });
    },
  ],
  [
    "Fetch",
    (policy, wait, options) => {
      const handle = async () => {
        await wait();
        return new Response(HANDLED);
      };
      return serve(toListener(fetchAdapter.cors(policy, handle, options)));
    },
  ],
];
