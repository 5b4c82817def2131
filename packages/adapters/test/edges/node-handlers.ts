import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as fetchAdapter from "@corslang/adapters/fetch";
import * as honoAdapter from "@corslang/adapters/hono";
import * as koaAdapter from "@corslang/adapters/koa";
import * as nodeAdapter from "@corslang/adapters/node";
import type { Matcher } from "@corslang/runtime";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import connect from "connect";
import { type FastifyInstance, fastify } from "fastify";
import type { Options } from "../../src/options.js";
import type { Listening } from "../applications/application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "../applications/express.js";
import { createApplication as createHono } from "../applications/hono.js";
import { createApplication as createKoa, KOA } from "../applications/koa.js";

/** Which protocol a server speaks; HTTP/2 without TLS. */
export type Protocol = "HTTP/1.1" | "HTTP/2";

/** A handler that writes to Node's own response, whatever the framework. Its promise is settled when it is done. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts a server whose handler, for every path and every method, is the given one. */
export type StartNodeHandler = (policy: Matcher, handle: NodeHandler, options?: Options<unknown>) => Promise<Listening>;

/** A framework, by a protocol that it speaks. */
export interface NodeFramework {
  readonly framework: string;
  readonly protocol: Protocol;
  readonly start: StartNodeHandler;
}

function listenWith(protocol: Protocol, listener: RequestListener): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>();
  // The cast holds for what frameworks use of them: HTTP/2's compatibility API is made for that.
  const server =
    protocol === "HTTP/1.1"
      ? createServer(listener)
      : createHttp2Server(listener as unknown as Parameters<typeof createHttp2Server>[1]);
  server.on("session", (session: ServerHttp2Session) => sessions.add(session));
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({
        port: typeof address === "object" && address ? address.port : 0,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ("closeAllConnections" in server) server.closeAllConnections();
            for (const session of sessions) session.destroy();
          }),
      });
    });
  });
}

type CreateListener = (policy: Matcher, handle: NodeHandler, options: Options<unknown>) => Promise<RequestListener>;

function bothProtocols(framework: string, create: CreateListener): readonly NodeFramework[] {
  return (["HTTP/1.1", "HTTP/2"] as const).map((protocol) => ({
    framework,
    protocol,
    start: async (policy, handle, options = {}) => listenWith(protocol, await create(policy, handle, options)),
  }));
}

const createNode: CreateListener = async (policy, handle, options) => {
  const withCors = nodeAdapter.cors(policy, options);
  return (request, response) => withCors(request, response, () => void handle(request, response));
};

const createConnect: CreateListener = async (policy, handle, options) =>
  connect()
    .use(nodeAdapter.cors(policy, options))
    .use((request, response) => void handle(request, response));

const createHonoListener: CreateListener = async (policy, handle, options) => {
  const application = createHono().use(honoAdapter.cors(policy, options));
  application.all("*", async ({ env }) => {
    // The cast holds: the server gives these.
    const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
    await handle(incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return getRequestListener(application.fetch);
};

const createFetch: CreateListener = async (policy, handle, options) => {
  type Env = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse };
  const handler = async (_request: Request, { incoming, outgoing }: Env) => {
    await handle(incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  const withCors = fetchAdapter.cors(policy, handler, options);
  // The cast holds: the server gives these.
  return getRequestListener((request, env) => withCors(request, env as unknown as Env));
};

async function startFastify(
  protocol: Protocol,
  ...[policy, handle, options = {}]: Parameters<StartNodeHandler>
): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>();
  const common = { forceCloseConnections: true };
  // The cast holds: both are used in the same way.
  const application =
    protocol === "HTTP/2" ? (fastify({ http2: true }) as unknown as FastifyInstance) : fastify(common);
  application.server.on("session", (session: ServerHttp2Session) => sessions.add(session));
  // The body is the handler's to read.
  application.removeAllContentTypeParsers();
  application.addContentTypeParser("*", (_request, _payload, done) => done(null));
  await application.register(fastifyAdapter.cors, { policy, ...options });
  application.all("*", (request, reply) => {
    reply.hijack();
    void handle(request.raw, reply.raw);
  });
  const { port } = new URL(await application.listen({ port: 0, host: "127.0.0.1" }));
  return {
    port: Number(port),
    close() {
      for (const session of sessions) session.destroy();
      return application.close();
    },
  };
}

/** Every framework in which a handler gets Node's own response, by every protocol. Express has no HTTP/2. */
export const NODE_FRAMEWORKS: readonly NodeFramework[] = [
  ...EXPRESS.flatMap(([framework, express]) =>
    bothProtocols(framework, async (policy, handle, options) => {
      const application = createExpress(express).use(expressAdapter.cors(policy, options));
      application.use((request, response) => void handle(request, response));
      return listenerOf(application);
    }).filter(({ protocol }) => protocol === "HTTP/1.1"),
  ),
  ...(["HTTP/1.1", "HTTP/2"] as const).map(
    (protocol): NodeFramework => ({
      framework: "Fastify 5",
      protocol,
      start: (...mounted) => startFastify(protocol, ...mounted),
    }),
  ),
  ...KOA.flatMap(([framework, version]) =>
    bothProtocols(framework, async (policy, handle, options) => {
      const application = createKoa(version).use(koaAdapter.cors(policy, options));
      application.use((context) => {
        context.respond = false;
        // Koa has made it a 404.
        context.res.statusCode = 200;
        return handle(context.req, context.res);
      });
      return application.callback();
    }),
  ),
  ...bothProtocols("Connect", createConnect),
  ...bothProtocols("node:http", createNode),
  ...bothProtocols("Hono on @hono/node-server", createHonoListener),
  ...bothProtocols("Fetch on @hono/node-server", createFetch),
];
