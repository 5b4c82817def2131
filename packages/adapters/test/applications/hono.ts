import { cors } from "@corslang/adapters/hono";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { StatusCode } from "hono/utils/http-status";
import { corsLines, type HttpAnswer, send } from "../http-client.js";
import { type Listening, listen, type StartApplication, serve } from "./application.js";
import { toListener } from "./fetch.js";
import { HANDLERS, headersAsObject, METHODS, WITHOUT_OPTIONS } from "./handlers.js";

/** Makes an application that doesn't print the stacks of errors. */
export function createApplication(): Hono {
  return new Hono().onError((error, context) => context.text(error.message, 500));
}

/** Runs an application on a free port. */
type Serve = (application: Hono) => Promise<Listening>;

/** Runs an application under `node:http`, with Node's own Request and Response. */
export function serveBare({ fetch }: Hono): Promise<Listening> {
  return serve(toListener((request) => fetch(request)));
}

/** Runs an application under `@hono/node-server`, which has a Request and a Response of its own. */
export function serveOnNode({ fetch }: Hono): Promise<Listening> {
  // The cast holds: without options it is a server of node:http.
  return listen(createAdaptorServer({ fetch }) as Parameters<typeof listen>[0]);
}

/** What applications run under. */
export const PLATFORMS: readonly (readonly [platform: string, serveApplication: Serve])[] = [
  ["node:http", serveBare],
  ["@hono/node-server", serveOnNode],
];

/** Sends a request to an application that runs: `METHOD /path`, then header lines. */
export type Ask = (...lines: string[]) => Promise<HttpAnswer>;

/** Runs an application; the server is added to those that a test file closes. */
export async function start(serveApplication: Serve, application: Hono, servers: Listening[]): Promise<Ask> {
  const server = await serveApplication(application);
  servers.push(server);
  return (...lines) => send(server.port, ...lines);
}

/** Status, and the lines that matter, of the answers to a page that `plain` allows, and to one that it doesn't. */
export async function answersOf(ask: Ask, line: string): Promise<readonly unknown[]> {
  const allowed = await ask(line, "Origin: https://app.example.com");
  const denied = await ask(line, "Origin: https://evil.example");
  return [allowed, denied].flatMap(({ status, headerLines }) => [status, corsLines(headerLines)]);
}

function starterFor(serveApplication: Serve): StartApplication {
  return async (policy, options) => {
    const application = createApplication();
    let runs = 0;
    application.use(cors(policy, options));
    for (const handler of HANDLERS) {
      application.on([...METHODS], handler.path, (context) => {
        runs++;
        if (handler.write === "throws") throw new Error("the handler fails");
        // Its headers are immutable.
        if (handler.status === 302) return Response.redirect(new URL("/resource", context.req.url), 302);
        // The cast holds: there are no others in the table.
        const status = handler.status as StatusCode;
        const body = [204, 304].includes(status) ? null : "handled";
        if (handler.write === "writeHead with an object") {
          return context.newResponse(body, status, headersAsObject(handler));
        }
        if (handler.write === "writeHead with a list") {
          return new Response(body, { status, headers: handler.headers.map(([...pair]) => pair) });
        }
        for (const [name, value] of handler.headers) context.header(name, value, { append: true });
        context.status(status);
        return context.newResponse(body);
      });
    }
    application.on([...WITHOUT_OPTIONS.methods], WITHOUT_OPTIONS.path, (context) => context.text(`handled ${++runs}`));
    return { ...(await serveApplication(application)), handlerRuns: () => runs };
  };
}

/** A Hono application under `node:http`. */
export const startHono = starterFor(serveBare);

/** A Hono application under `@hono/node-server`. */
export const startHonoOnNode = starterFor(serveOnNode);
