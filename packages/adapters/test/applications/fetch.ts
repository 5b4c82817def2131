import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { cors, type FetchHandler } from "@corslang/adapters/fetch";
import { getRequestListener } from "@hono/node-server";
import { corsLines } from "../http-client.js";
import { type StartApplication, serve } from "./application.js";
import { HANDLERS, METHODS, WITHOUT_OPTIONS } from "./handlers.js";

/** A request from a page at an origin. */
export function requestFrom(origin: string, init: RequestInit = {}): Request {
  return new Request("http://service.example/", { ...init, headers: { Origin: origin, ...init.headers } });
}

export const fromApp = requestFrom("https://app.example.com");
export const fromEvil = requestFrom("https://evil.example");

/** The lines of a response that matter to CORS. */
export function linesOf(response: Response): readonly string[] {
  return corsLines([...response.headers]);
}

function toRequest({ method, url, rawHeaders, headers }: IncomingMessage): Request {
  const fetchHeaders = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    fetchHeaders.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  return new Request(`http://${headers.host}${url}`, { method: method ?? "GET", headers: fetchHeaders });
}

async function writeResponse(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, answer.statusText, [...answer.headers].flat());
  for await (const chunk of answer.body ?? []) response.write(chunk);
  response.end();
}

/** What can't be a Request of the Fetch API, as one with a Host that no URL can have. */
function tryToRequest(incoming: IncomingMessage): Request | null {
  try {
    return toRequest(incoming);
  } catch {
    return null;
  }
}

/**
 * Runs a Fetch-API handler under `node:http`; what it throws becomes a bare 500, and what is no request for it a bare
 * 400, as in most runtimes.
 */
export function toListener(handle: (request: Request) => Response | Promise<Response>): RequestListener {
  return async (incoming, response) => {
    const request = tryToRequest(incoming);
    if (!request) {
      response.writeHead(400).end();
      return;
    }
    try {
      await writeResponse(await handle(request), response);
    } catch {
      response.writeHead(500).end();
    }
  };
}

function starterFor(listenerOf: (handle: FetchHandler<[env?: unknown]>) => RequestListener): StartApplication {
  return async (policy, options) => {
    let runs = 0;
    function handle(request: Request): Response {
      const { pathname } = new URL(request.url);
      const handler = HANDLERS.find(({ path }) => path === pathname);
      const methods: readonly string[] = pathname === WITHOUT_OPTIONS.path ? WITHOUT_OPTIONS.methods : METHODS;
      if ((!handler && pathname !== WITHOUT_OPTIONS.path) || !methods.includes(request.method)) {
        return new Response("not found", { status: 404 });
      }
      runs++;
      if (!handler) return new Response("handled");
      // Its headers are immutable.
      if (handler.status === 302) return Response.redirect(new URL("/resource", request.url), 302);
      const headers = handler.headers.map(([name, value]): [string, string] => [name, value]);
      return new Response([204, 304].includes(handler.status) ? null : "handled", { status: handler.status, headers });
    }
    const listening = await serve(listenerOf(cors(policy, handle, options)));
    return { ...listening, handlerRuns: () => runs };
  };
}

/** A Fetch-API handler under `node:http`. It makes its own error page, as a router does. */
export const startFetch = starterFor(toListener);

/** A Fetch-API handler under `@hono/node-server`. */
export const startFetchOnNode = starterFor((handle) => getRequestListener((request, env) => handle(request, env)));
