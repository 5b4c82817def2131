import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as honoAdapter from "@corslang/adapters/hono";
import type { Matcher } from "@corslang/runtime";
import { fastify } from "fastify";
import { type Listening, serve } from "../applications/application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "../applications/express.js";
import { listenFastify } from "../applications/fastify.js";
import { createApplication as createHono, serveBare, serveOnNode } from "../applications/hono.js";

/** Starts an application with one policy for all of it, and a stricter one for its `/private`, which answers "private". */
export type StartPrivateRoute = (open: Matcher, strict: Matcher) => Promise<Listening>;

/** The frameworks that have routes of their own. */
export const PRIVATE_ROUTES: readonly (readonly [framework: string, start: StartPrivateRoute])[] = [
  ...EXPRESS.map(([name, express]) => {
    const start: StartPrivateRoute = (open, strict) => {
      const application = createExpress(express).use(expressAdapter.cors(open));
      application.use("/private", expressAdapter.cors(strict));
      application.get("/private", (_request, response) => void response.send("private"));
      application.get("/public", (_request, response) => void response.send("public"));
      return serve(listenerOf(application));
    };
    return [name, start] as const;
  }),
  [
    "Fastify, a route",
    async (open, strict) => {
      const application = fastify({ forceCloseConnections: true });
      await application.register(fastifyAdapter.cors, { policy: open });
      application.get("/private", { config: { cors: strict } }, async () => "private");
      application.get("/public", async () => "public");
      return listenFastify(application);
    },
  ],
  [
    "Fastify, a scope",
    async (open, strict) => {
      const application = fastify({
        forceCloseConnections: true,
        routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
      });
      await application.register(fastifyAdapter.cors, { policy: open });
      application.get("/public", async () => "public");
      await application.register(
        async (scope) => {
          await scope.register(fastifyAdapter.cors, { policy: strict });
          scope.get("/", async () => "private");
        },
        { prefix: "/private" },
      );
      return listenFastify(application);
    },
  ],
  ...[serveBare, serveOnNode].map((serveHono) => {
    const start: StartPrivateRoute = (open, strict) => {
      const application = createHono().use(honoAdapter.cors(open));
      application.use("/private", honoAdapter.cors(strict));
      application.get("/private", (context) => context.text("private"));
      application.get("/public", (context) => context.text("public"));
      return serveHono(application);
    };
    return [serveHono === serveBare ? "Hono" : "Hono on @hono/node-server", start] as const;
  }),
];
