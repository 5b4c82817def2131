import * as koaAdapter from "@corslang/adapters/koa";
import type { Matcher } from "@corslang/runtime";
import { createProxyMiddleware } from "http-proxy-middleware";
import type { Middleware as KoaMiddleware } from "koa";
import compress from "koa-compress";
import helmet from "koa-helmet";
import serveFiles from "koa-static";
import { type Listening, serve } from "../../applications/application.js";
import { createApplication, KOA } from "../../applications/koa.js";
import { type Asked, type Combination, closingWith, inOrder, LONG_TEXT, type Order } from "./combination.js";
import { FOLDER, WHOLE_FILES } from "./files.js";
import { PROXIED, startUpstream } from "./upstream.js";

/** A middleware of Koa, with what has to be started for it. */
interface Middleware {
  readonly name: string;
  readonly create: () => Promise<readonly [KoaMiddleware, ...started: Listening[]]>;
  readonly asked: readonly Asked[];
}

// It says so before it knows what there will be to compress, of preflights as well.
const VARIED = { own: ["Vary: Accept-Encoding"], ownOfPassedPreflight: ["Vary: Accept-Encoding"] };
const COMPRESSED = { ...VARIED, others: ["content-encoding: gzip"] };

const MIDDLEWARES: readonly Middleware[] = [
  {
    name: "koa-compress",
    create: async () => [compress()],
    asked: [
      { lines: ["GET /text", "Accept-Encoding: gzip"], status: 200, ...COMPRESSED },
      { lines: ["HEAD /text", "Accept-Encoding: gzip"], status: 200, ...VARIED },
      {
        lines: ["GET /own-vary", "Accept-Encoding: gzip"],
        status: 200,
        ...COMPRESSED,
        own: ["Vary: Accept-Encoding, Cookie"],
      },
      { lines: ["GET /not-modified"], status: 304, ...VARIED },
    ],
  },
  {
    name: "koa-helmet",
    create: async () => [helmet()],
    asked: [{ lines: ["GET /text"], status: 200, others: ["cross-origin-resource-policy: same-origin"] }],
  },
  {
    name: "koa-static",
    create: async () => [serveFiles(FOLDER)],
    asked: [...WHOLE_FILES, { lines: ["GET /text"], status: 200 }, { lines: ["GET /missing"], status: 404 }],
  },
  {
    name: "koa-static that comes last",
    create: async () => [serveFiles(FOLDER, { defer: true })],
    // It looks for a file on the way back, when a policy further in has decided.
    asked: WHOLE_FILES.map(({ isAnsweredAtOnce: _, ...one }) => one),
  },
  {
    name: "what throws a 429 with headers",
    create: async () => [
      ({ path, throw: fail }, next) => {
        if (path === "/limited") fail(429, { headers: { "Retry-After": "1", "Access-Control-Allow-Origin": "*" } });
        return next();
      },
    ],
    asked: [
      {
        lines: ["GET /limited"],
        status: 429,
        own: ["Access-Control-Allow-Origin: *"],
        others: ["retry-after: 1"],
        isAnsweredAtOnce: true,
        preflight: { status: 429, own: ["Access-Control-Allow-Origin: *"] },
      },
    ],
  },
  {
    name: "http-proxy-middleware",
    async create() {
      const upstream = await startUpstream();
      const proxy = createProxyMiddleware({ target: `http://127.0.0.1:${upstream.port}` });
      const middleware: KoaMiddleware = async (context, next) => {
        if (!context.path.startsWith("/upstream/")) return next();
        context.respond = false;
        return proxy(context.req, context.res, next);
      };
      return [middleware, upstream];
    },
    asked: [...PROXIED, { lines: ["GET /text"], status: 200 }],
  },
];

const answerText: KoaMiddleware = (context) => {
  if (context.path === "/missing" || context.path.endsWith(".txt")) return;
  if (context.path === "/own-vary") context.vary("Cookie");
  context.body = LONG_TEXT;
  if (context.path === "/not-modified") context.status = 304;
};

/** Koa's middlewares, in both versions. */
export const KOA_COMBINATIONS: readonly Combination[] = KOA.flatMap(([framework, version]) =>
  MIDDLEWARES.map(({ name, create, asked }) => ({
    framework,
    middleware: name,
    asked,
    async start(policy: Matcher, order: Order) {
      const [middleware, ...started] = await create();
      const application = createApplication(version);
      for (const one of inOrder<KoaMiddleware>(order, koaAdapter.cors(policy), middleware)) application.use(one);
      application.use(answerText);
      return closingWith(await serve(application.callback()), started);
    },
  })),
);
