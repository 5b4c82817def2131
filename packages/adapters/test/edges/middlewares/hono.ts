import * as honoAdapter from "@corslang/adapters/hono";
import type { Matcher } from "@corslang/runtime";
import { serveStatic } from "@hono/node-server/serve-static";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { HTTPException } from "hono/http-exception";
import { proxy } from "hono/proxy";
import { secureHeaders } from "hono/secure-headers";
import type { Listening } from "../../applications/application.js";
import { createApplication, PLATFORMS } from "../../applications/hono.js";
import { type Asked, type Combination, closingWith, inOrder, LONG_TEXT, type Order } from "./combination.js";
import { FOLDER, RANGES, WHOLE_FILES } from "./files.js";
import { PROXIED, startUpstream } from "./upstream.js";

/** A middleware of Hono, with what has to be started for it. */
interface Middleware {
  readonly name: string;
  readonly create: () => Promise<readonly [MiddlewareHandler, ...started: Listening[]]>;
  readonly asked: readonly Asked[];
}

const COMPRESSED = { own: ["Vary: Accept-Encoding"], others: ["content-encoding: gzip"] };
const isAnsweredAtOnce = true;

/** For platforms that give out bodies: the bare one of the tests does not. */
const BODY_LIMIT: Middleware = {
  name: "hono/body-limit",
  create: async () => [bodyLimit({ maxSize: 20 })],
  asked: [
    { lines: ["POST /text"], body: "fine", status: 200 },
    { lines: ["POST /text"], body: "long".repeat(10), status: 413, isAnsweredAtOnce },
  ],
};

const MIDDLEWARES: readonly Middleware[] = [
  {
    name: "hono/compress",
    create: async () => [compress()],
    asked: [
      { lines: ["GET /text", "Accept-Encoding: gzip"], status: 200, ...COMPRESSED },
      { lines: ["GET /own-vary", "Accept-Encoding: gzip"], status: 200, own: ["Vary: Cookie, Accept-Encoding"] },
    ],
  },
  {
    name: "hono/secure-headers",
    create: async () => [secureHeaders()],
    asked: [{ lines: ["GET /text"], status: 200, others: ["cross-origin-resource-policy: same-origin"] }],
  },
  {
    name: "serveStatic",
    create: async () => [serveStatic({ root: FOLDER })],
    asked: [...WHOLE_FILES, ...RANGES, { lines: ["GET /text"], status: 200 }],
  },
  {
    name: "what throws a 429 with headers",
    create: async () => [
      ({ req }, next) => {
        if (req.path !== "/limited") return next();
        const headers = { "Retry-After": "1", "Access-Control-Allow-Origin": "*" };
        throw new HTTPException(429, { res: new Response("too many", { status: 429, headers }) });
      },
    ],
    asked: [
      {
        lines: ["GET /limited"],
        status: 429,
        own: ["Access-Control-Allow-Origin: *"],
        others: ["retry-after: 1"],
        isAnsweredAtOnce,
        preflight: { status: 429, own: ["Access-Control-Allow-Origin: *"] },
      },
    ],
  },
  {
    name: "hono/proxy",
    async create() {
      const upstream = await startUpstream();
      const middleware: MiddlewareHandler = ({ req }, next) =>
        req.path.startsWith("/upstream/")
          ? proxy(`http://127.0.0.1:${upstream.port}${req.path}`, { method: req.method })
          : next();
      return [middleware, upstream];
    },
    asked: [...PROXIED, { lines: ["GET /text"], status: 200 }],
  },
];

/** Hono's middlewares, under Node's own Request and Response and under those of `@hono/node-server`. */
export const HONO_COMBINATIONS: readonly Combination[] = PLATFORMS.flatMap(([platform, serveApplication]) =>
  [...MIDDLEWARES, ...(platform === "node:http" ? [] : [BODY_LIMIT])].map(({ name, create, asked }) => ({
    framework: `Hono under ${platform}`,
    middleware: name,
    asked,
    async start(policy: Matcher, order: Order) {
      const [middleware, ...started] = await create();
      const application = createApplication();
      application.onError((error) =>
        error instanceof HTTPException ? error.getResponse() : new Response(error.message, { status: 500 }),
      );
      application.use(...inOrder<MiddlewareHandler>(order, honoAdapter.cors(policy), middleware));
      application.all("/own-vary", (context) => context.text(LONG_TEXT, 200, { Vary: "Cookie" }));
      application.all("/text", (context) => context.text(LONG_TEXT));
      return closingWith(await serveApplication(application), started);
    },
  })),
);
