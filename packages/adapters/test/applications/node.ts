import type { RequestListener } from "node:http";
import { cors } from "@corslang/adapters/node";
import { type StartApplication, serve } from "./application.js";
import { HANDLERS, METHODS, WITHOUT_OPTIONS, writeHead } from "./handlers.js";

/**
 * Answers the paths of handlers.ts by the means of Node's responses alone.
 *
 * @param onRun - Called when a handler runs.
 */
export function handle(
  ...[request, response, onRun]: readonly [...Parameters<RequestListener>, onRun: () => void]
): void {
  const { url = "", method = "" } = request;
  const handler = HANDLERS.find(({ path }) => path === url);
  const methods: readonly string[] = url === WITHOUT_OPTIONS.path ? WITHOUT_OPTIONS.methods : METHODS;
  if ((!handler && url !== WITHOUT_OPTIONS.path) || !methods.includes(method)) {
    response.statusCode = 404;
    response.end("not found");
    return;
  }
  onRun();
  if (!handler) {
    response.end("handled");
    return;
  }
  if (handler.write === "throws") throw new Error("the handler fails");
  if (handler.write.startsWith("writeHead")) {
    writeHead(response, handler);
    return;
  }
  for (const [name, value] of handler.headers) response.appendHeader(name, value);
  response.statusCode = handler.status;
  response.end([204, 304].includes(handler.status) ? undefined : "handled");
}

/** A bare server of `node:http`. It makes its own error page: what its listener throws would end the process. */
export const startNode: StartApplication = async (policy, options) => {
  const withCors = cors(policy, options);
  let runs = 0;
  const listening = await serve((request, response) => {
    withCors(request, response, () => {
      try {
        handle(request, response, () => runs++);
      } catch {
        response.writeHead(500).end("failed");
      }
    });
  });
  return { ...listening, handlerRuns: () => runs };
};
