import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as honoAdapter from "@corslang/adapters/hono";
import * as koaAdapter from "@corslang/adapters/koa";
import * as nodeAdapter from "@corslang/adapters/node";
import type { Matcher } from "@corslang/runtime";
import otherFastify from "@fastify/cors";
import otherKoa from "@koa/cors";
import connect from "connect";
import otherExpress from "cors";
import { fastify } from "fastify";
import type { MiddlewareHandler } from "hono";
import { cors as otherHono } from "hono/cors";
import type { Middleware } from "koa";
import { type Listening, serve } from "../applications/application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "../applications/express.js";
import { listenFastify } from "../applications/fastify.js";
import { createApplication as createHono, PLATFORMS } from "../applications/hono.js";
import { createApplication as createKoa, KOA } from "../applications/koa.js";
import { inOrder, type Order } from "./middlewares/combination.js";

/** A framework with another CORS middleware beside ours, by mistake: `/resource` is there, `/failure` throws. */
export interface TwoMiddlewares {
  readonly framework: string;
  readonly other: string;
  readonly start: (policy: Matcher, order: Order) => Promise<Listening>;
}

/** All that it can give away. */
const RECKLESS = {
  origin: "https://evil.example",
  credentials: true,
  methods: "PATCH",
  allowMethods: ["PATCH"],
  allowHeaders: ["x-other"],
  allowedHeaders: ["x-other"],
  exposeHeaders: ["x-other"],
  exposedHeaders: ["x-other"],
  maxAge: 5,
};

function fail(): never {
  throw new Error("the handler fails");
}

/** Every framework that has a CORS middleware of its own. */
export const TWO_MIDDLEWARES: readonly TwoMiddlewares[] = [
  ...EXPRESS.map(([framework, express]) => ({
    framework,
    other: "cors",
    start(policy: Matcher, order: Order) {
      const application = createExpress(express);
      for (const one of inOrder(order, expressAdapter.cors(policy), otherExpress(RECKLESS))) application.use(one);
      application.get("/failure", fail);
      application.all("/resource", (_request, response) => void response.send("handled"));
      return serve(listenerOf(application));
    },
  })),
  {
    framework: "Connect",
    other: "cors",
    start(policy, order) {
      const application = connect();
      // The cast holds: it is for any server of Node.
      const other = otherExpress(RECKLESS) as unknown as connect.NextHandleFunction;
      for (const one of inOrder(order, nodeAdapter.cors(policy), other)) application.use(one);
      application.use("/failure", fail);
      application.use("/resource", (_request, response) => void response.end("handled"));
      return serve(application);
    },
  },
  ...KOA.map(([framework, version]) => ({
    framework,
    other: "@koa/cors",
    start(policy: Matcher, order: Order) {
      const application = createKoa(version);
      // It takes a function for an origin, and answers where that gives one.
      const other = otherKoa({ ...RECKLESS, origin: () => RECKLESS.origin });
      for (const one of inOrder<Middleware>(order, koaAdapter.cors(policy), other)) application.use(one);
      application.use((context) => {
        if (context.path === "/failure") fail();
        if (context.path === "/resource") context.body = "handled";
      });
      return serve(application.callback());
    },
  })),
  {
    framework: "Fastify 5",
    other: "@fastify/cors",
    async start(policy, order) {
      const application = fastify({ forceCloseConnections: true });
      if (order === "the policy behind") await application.register(otherFastify, RECKLESS);
      await application.register(fastifyAdapter.cors, { policy });
      if (order === "the policy first") await application.register(otherFastify, RECKLESS);
      application.get("/failure", fail);
      application.get("/resource", async () => "handled");
      application.put("/resource", async () => "handled");
      return listenFastify(application);
    },
  },
  ...PLATFORMS.map(([platform, serveApplication]) => ({
    framework: `Hono under ${platform}`,
    other: "hono/cors",
    start(policy: Matcher, order: Order) {
      const other = otherHono(RECKLESS);
      const application = createHono().use(...inOrder<MiddlewareHandler>(order, honoAdapter.cors(policy), other));
      application.get("/failure", fail);
      application.all("/resource", (context) => context.text("handled"));
      return serveApplication(application);
    },
  })),
];
