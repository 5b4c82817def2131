import type { IncomingMessage, ServerResponse } from "node:http";
import * as expressAdapter from "@corslang/adapters/express";
import * as nodeAdapter from "@corslang/adapters/node";
import type { Matcher } from "@corslang/runtime";
import compression from "compression";
import connect from "connect";
import type { RequestHandler } from "express";
import express5 from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { createProxyMiddleware } from "http-proxy-middleware";
import { type Listening, serve } from "../../applications/application.js";
import { createApplication, EXPRESS, listenerOf } from "../../applications/express.js";
import { type Asked, type Combination, closingWith, inOrder, LONG_TEXT, type Order } from "./combination.js";
import { FOLDER, NO_RANGE, RANGES, UNCHANGED, WHOLE_FILES } from "./files.js";
import { PROXIED, startUpstream } from "./upstream.js";

/** A middleware of Express, with what has to be started for it. */
interface Middleware {
  readonly name: string;
  readonly create: (express: typeof express5) => Promise<readonly [RequestHandler, ...started: Listening[]]>;
  readonly asked: readonly Asked[];
}

const COMPRESSED = { own: ["Vary: Accept-Encoding"], others: ["content-encoding: gzip"] };
const JSON_TYPE = "Content-Type: application/json";
const isAnsweredAtOnce = true;

const MIDDLEWARES: readonly Middleware[] = [
  {
    name: "compression",
    create: async () => [compression()],
    asked: [
      { lines: ["GET /text", "Accept-Encoding: gzip"], status: 200, ...COMPRESSED },
      { lines: ["HEAD /text", "Accept-Encoding: gzip"], status: 200, own: ["Vary: Accept-Encoding"] },
      { lines: ["GET /text"], status: 200, own: ["Vary: Accept-Encoding"] },
      { lines: ["GET /short", "Accept-Encoding: gzip"], status: 200, own: ["Vary: Accept-Encoding"] },
      { lines: ["GET /own-vary", "Accept-Encoding: gzip"], status: 200, own: ["Vary: Accept-Encoding, Cookie"] },
    ],
  },
  {
    name: "helmet",
    create: async () => [helmet()],
    asked: [{ lines: ["GET /text"], status: 200, others: ["cross-origin-resource-policy: same-origin"] }],
  },
  {
    name: "express.json",
    create: async ({ json }) => [json({ limit: 20 })],
    asked: [
      { lines: ["POST /text", JSON_TYPE], body: '{"is":"fine"}', status: 200 },
      { lines: ["POST /text", JSON_TYPE], body: "{", status: 400, isAnsweredAtOnce },
      { lines: ["POST /text", JSON_TYPE], body: `"${"long".repeat(10)}"`, status: 413, isAnsweredAtOnce },
      { lines: ["POST /text", `${JSON_TYPE}; charset=x`], body: '{"a":1}', status: 415, isAnsweredAtOnce },
    ],
  },
  {
    name: "express.static",
    create: async (express) => [express.static(FOLDER)],
    asked: [
      ...WHOLE_FILES,
      ...RANGES,
      NO_RANGE,
      UNCHANGED,
      { lines: ["GET /folder"], status: 301, isAnsweredAtOnce },
      { lines: ["GET /text"], status: 200 },
    ],
  },
  {
    name: "express.static without what follows",
    create: async (express) => [express.static(FOLDER, { fallthrough: false })],
    asked: [{ lines: ["GET /missing.txt"], status: 404, isAnsweredAtOnce, preflight: { status: 405 } }],
  },
  {
    name: "http-proxy-middleware",
    async create() {
      const upstream = await startUpstream();
      const target = `http://127.0.0.1:${upstream.port}`;
      return [createProxyMiddleware<IncomingMessage, ServerResponse>({ target, pathFilter: "/upstream" }), upstream];
    },
    asked: [...PROXIED, { lines: ["GET /text"], status: 200 }],
  },
  {
    name: "http-proxy-middleware whose upstream breaks off",
    async create() {
      const upstream = await serve(({ socket }) => void socket.destroy());
      return [
        createProxyMiddleware<IncomingMessage, ServerResponse>({ target: `http://127.0.0.1:${upstream.port}` }),
        upstream,
      ];
    },
    asked: [{ lines: ["GET /text"], status: 504, isAnsweredAtOnce, preflight: { status: 504 } }],
  },
];

const RATE_LIMIT: Middleware = {
  name: "express-rate-limit",
  create: async () => [rateLimit({ limit: 0, validate: { limit: false }, skip: ({ path }) => path !== "/limited" })],
  asked: [
    { lines: ["GET /limited"], status: 429, isAnsweredAtOnce, preflight: { status: 429 } },
    { lines: ["GET /text"], status: 200 },
  ],
};

const answerText: RequestHandler = (request, response) => {
  if (request.url === "/own-vary") response.setHeader("Vary", "Cookie");
  response.setHeader("Content-Type", "text/plain");
  response.end(request.url === "/short" ? "handled" : LONG_TEXT);
};

/** Express's middlewares in Express and in Connect. */
export const EXPRESS_COMBINATIONS: readonly Combination[] = [
  ...EXPRESS.flatMap(([framework, express]) =>
    [...MIDDLEWARES, RATE_LIMIT].map(({ name, create, asked }) => ({
      framework,
      middleware: name,
      asked,
      async start(policy: Matcher, order: Order) {
        const [middleware, ...started] = await create(express);
        const application = createApplication(express);
        for (const one of inOrder<RequestHandler>(order, expressAdapter.cors(policy), middleware)) application.use(one);
        application.use(answerText);
        return closingWith(await serve(listenerOf(application)), started);
      },
    })),
  ),
  ...MIDDLEWARES.map(({ name, create, asked }) => ({
    framework: "Connect",
    middleware: name,
    asked,
    async start(policy: Matcher, order: Order) {
      // The casts hold: these middlewares are for any server of Node.
      const [middleware, ...started] = await create(express5);
      const application = connect();
      for (const one of inOrder(order, nodeAdapter.cors(policy), middleware as unknown as connect.NextHandleFunction)) {
        application.use(one);
      }
      application.use(answerText as unknown as connect.NextHandleFunction);
      return closingWith(await serve(application), started);
    },
  })),
];
