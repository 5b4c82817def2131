import { cors } from "@corslang/adapters/fastify";
import { type FastifyInstance, fastify } from "fastify";
import type { Listening, StartApplication } from "./application.js";
import { HANDLERS, headersAsObject, METHODS, WITHOUT_OPTIONS, writeHead } from "./handlers.js";

/** Listens on a free port of this machine. */
export async function listenFastify(application: FastifyInstance): Promise<Listening> {
  const { port } = new URL(await application.listen({ port: 0, host: "127.0.0.1" }));
  return { port: Number(port), close: () => application.close() };
}

/** A Fastify application with the plugin in the root scope. */
export const startFastify: StartApplication = async (policy, options) => {
  const application = fastify({ forceCloseConnections: true });
  let runs = 0;
  await application.register(cors, { policy, ...options });
  for (const handler of HANDLERS) {
    application.route({
      method: [...METHODS],
      url: handler.path,
      handler: (_request, reply) => {
        runs++;
        if (handler.write === "throws") throw new Error("the handler fails");
        if (handler.write.startsWith("writeHead")) {
          reply.hijack();
          writeHead(reply.raw, handler);
          return;
        }
        reply.code(handler.status).headers(headersAsObject(handler));
        reply.send([204, 304].includes(handler.status) ? undefined : "handled");
      },
    });
  }
  application.route({
    method: [...WITHOUT_OPTIONS.methods],
    url: WITHOUT_OPTIONS.path,
    handler: (_request, reply) => reply.send(`handled ${++runs}`),
  });
  return { ...(await listenFastify(application)), handlerRuns: () => runs };
};
