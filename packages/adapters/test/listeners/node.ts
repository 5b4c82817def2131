import type { RequestListener } from "node:http";
import { Readable } from "node:stream";
import { cors } from "@corslang/adapters/node";
import connect from "connect";
import { type Answering, type CreateListener, headersAsObject, isBelow } from "./application.js";

/** Answers by the means of Node's responses alone. */
function respond(...[request, response, target, answering]: [...Parameters<RequestListener>, string, Answering]): void {
  const { method = "", headers } = request;
  const answer = answering({ method, target, headers });
  if (!answer) {
    response.writeHead(404).end("not found");
    return;
  }
  const { status, body } = answer;
  // `writeHead` with a list or an object: both are to keep the headers of CORS.
  response.writeHead(status, method === "GET" ? answer.headers.flat() : headersAsObject(answer));
  if (body === null || typeof body === "string") response.end(body);
  else Readable.from(body).pipe(response);
}

/** A listener of `node:http`. It makes its own error page: what it throws would end the process. */
export const createNodeListener: CreateListener = async (mounts, answering) => {
  const handlers = mounts.map((mount) => ({ mount, handler: cors(mount.policy, mount.options) }));
  return (request, response) => {
    const { url = "" } = request;
    const run = () => {
      try {
        respond(request, response, url, answering);
      } catch {
        response.writeHead(500).end("failed");
      }
    };
    const mounted = handlers.find(({ mount }) => isBelow(mount, url));
    if (mounted) mounted.handler(request, response, run);
    else run();
  };
};

/** Makes a Connect application. */
export const createConnectListener: CreateListener = async (mounts, answering) => {
  const application = connect();
  for (const { path, policy, options } of mounts) application.use(path, cors(policy, options));
  application.use((request, response) => respond(request, response, request.originalUrl ?? "", answering));
  return application;
};
