import { Readable } from "node:stream";
import { cors } from "@corslang/adapters/fastify";
import { fastify } from "fastify";
import type { CreateListener } from "./application.js";

/** Makes a Fastify application with a scope for each mount. */
export const createFastifyListener: CreateListener = async (mounts, answering) => {
  const application = fastify();
  // Fastify refuses bodies of types that it has no parser for, and what is sent is of no interest here.
  application.removeAllContentTypeParsers();
  application.addContentTypeParser("*", (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  for (const { path, policy, options } of mounts) {
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy, ...options });
        scope.all("/*", (request, reply) => {
          const { method, url, headers } = request;
          const answer = answering({ method, target: url, headers });
          if (!answer) return reply.callNotFound();
          reply.code(answer.status);
          for (const [name, value] of answer.headers) reply.header(name, value);
          const { body } = answer;
          return reply.send(body === null || typeof body === "string" ? body : Readable.from(body));
        });
      },
      { prefix: path },
    );
  }
  await application.ready();
  return (request, response) => application.routing(request, response);
};
