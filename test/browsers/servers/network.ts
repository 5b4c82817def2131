import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type Listening, listen } from "../../../packages/adapters/test/applications/application.js";
import type { CreateListener } from "../../../packages/adapters/test/listeners/application.js";
import { Pages } from "../page/pages.js";
import { createMounts } from "../policies.js";
import { createAnswering } from "./application.js";
import { type Certificate, createCertificate } from "./certificate.js";
import { recordExchanges, type Wire } from "./wire.js";

/** Ports that pages have in their origins; a browser is told to go to ours instead. */
const PORTS_OF_PAGES = { http: [80, 3000, 8080], https: [443, 8443] } as const;

/** One framework's application, with TLS and without. */
export interface ApiServer {
  readonly framework: string;
  readonly http: string;
  readonly https: string;
}

/** All servers of a run. Every host is this machine. */
export interface Network {
  readonly certificate: Certificate;
  /** For each port of a page's URL, where that page is. */
  readonly portsOfPages: ReadonlyMap<number, number>;
  readonly pages: Pages;
  readonly servers: readonly ApiServer[];
  readonly wire: Wire;
  /** Methods of the requests that have reached an application, by exchange. */
  readonly handled: ReadonlyMap<string, readonly string[]>;
  /** Starts one more, with TLS and without. */
  readonly start: (framework: string, listener: RequestListener) => Promise<ApiServer>;
  readonly close: () => Promise<void>;
}

/** The servers of pages have no policy; they only send scripts on to elsewhere. */
function redirect(...[request, response]: Parameters<RequestListener>): void {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://host");
  const to = searchParams.get("to");
  if (pathname === "/redirect" && to !== null) response.writeHead(302, { Location: to }).end();
  else response.writeHead(404).end();
}

/** Starts the servers of the pages, and of each framework. */
export async function startNetwork(
  frameworks: readonly (readonly [framework: string, create: CreateListener])[],
): Promise<Network> {
  const certificate = createCertificate();
  const pages = new Pages();
  const wire: Wire = new Map();
  const handled = new Map<string, string[]>();
  const listening: Listening[] = [];

  async function listenOn(server: Server): Promise<number> {
    const one = await listen(server);
    listening.push(one);
    return one.port;
  }
  async function listenTwice(listener: RequestListener): Promise<{ http: number; https: number }> {
    const all = pages.inFrontOf(recordExchanges(wire, listener));
    return { http: await listenOn(createHttpServer(all)), https: await listenOn(createHttpsServer(certificate, all)) };
  }
  async function start(framework: string, listener: RequestListener): Promise<ApiServer> {
    const { http, https } = await listenTwice(listener);
    return { framework, http: `http://api.example.com:${http}`, https: `https://api.example.com:${https}` };
  }

  const answering = createAnswering((exchange, method) => {
    handled.set(exchange, [...(handled.get(exchange) ?? []), method]);
  });
  const servers = await Promise.all(
    frameworks.map(async ([framework, create]) => start(framework, await create(createMounts(), answering))),
  );
  const { http, https } = await listenTwice(redirect);
  const portsOfPages = new Map([
    ...PORTS_OF_PAGES.http.map((port) => [port, http] as const),
    ...PORTS_OF_PAGES.https.map((port) => [port, https] as const),
  ]);
  return {
    certificate,
    portsOfPages,
    pages,
    servers,
    wire,
    handled,
    start,
    close: async () => void (await Promise.all(listening.map((one) => one.close()))),
  };
}
