import * as fastifyAdapter from "@corslang/adapters/fastify";
import type { Matcher } from "@corslang/runtime";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import serveFiles from "@fastify/static";
import { type FastifyInstance, fastify } from "fastify";
import { listenFastify } from "../../applications/fastify.js";
import { type Asked, type Combination, LONG_TEXT, type Order } from "./combination.js";
import { FOLDER, NO_RANGE, RANGES, UNCHANGED, WHOLE_FILES } from "./files.js";

/** A plugin of Fastify. */
interface Plugin {
  readonly name: string;
  readonly register: (application: FastifyInstance) => Promise<unknown>;
  readonly asked: readonly Asked[];
}

const COMPRESSED = { own: ["Vary: accept-encoding"], others: ["content-encoding: gzip"] };
const JSON_TYPE = "Content-Type: application/json";

const PLUGINS: readonly Plugin[] = [
  {
    name: "@fastify/compress",
    register: async (application) => application.register(compress),
    asked: [
      { lines: ["GET /text", "Accept-Encoding: gzip"], status: 200, ...COMPRESSED },
      { lines: ["GET /own-vary", "Accept-Encoding: gzip"], status: 200, own: ["Vary: Cookie, accept-encoding"] },
      { lines: ["GET /missing", "Accept-Encoding: gzip"], status: 404 },
    ],
  },
  {
    name: "@fastify/helmet",
    register: async (application) => application.register(helmet),
    asked: [{ lines: ["GET /text"], status: 200, others: ["cross-origin-resource-policy: same-origin"] }],
  },
  {
    name: "@fastify/rate-limit",
    register: async (application) => application.register(rateLimit, { max: 0 }),
    asked: [{ lines: ["GET /text"], status: 429 }],
  },
  {
    name: "@fastify/static",
    register: async (application) => application.register(serveFiles, { root: FOLDER }),
    asked: [
      ...WHOLE_FILES,
      ...RANGES,
      NO_RANGE,
      UNCHANGED,
      { lines: ["GET /missing.txt"], status: 404 },
      { lines: ["GET /text"], status: 200 },
    ],
  },
  {
    name: "the body's parsers",
    register: async () => {},
    asked: [
      { lines: ["POST /text", JSON_TYPE], body: '{"is":"fine"}', status: 200 },
      { lines: ["POST /text", JSON_TYPE], body: "{", status: 400 },
      { lines: ["POST /text", JSON_TYPE], body: `"${"long".repeat(10)}"`, status: 413 },
      { lines: ["POST /text", "Content-Type: x/y"], body: "x", status: 415 },
    ],
  },
];

/** Fastify's plugins. Hooks run in the order of registration, those of a route after those of the application. */
export const FASTIFY_COMBINATIONS: readonly Combination[] = PLUGINS.map(({ name, register, asked }) => ({
  framework: "Fastify 5",
  middleware: name,
  // Whatever the order, hooks of the application run, and all of these answer in routes or later.
  asked: asked.map(({ isAnsweredAtOnce: _, ...one }) => one),
  async start(policy: Matcher, order: Order) {
    const application = fastify({ forceCloseConnections: true, bodyLimit: 20 });
    if (order === "the policy behind") await register(application);
    await application.register(fastifyAdapter.cors, { policy });
    if (order === "the policy first") await register(application);
    application.get("/text", async (_request, reply) => reply.type("text/plain").send(LONG_TEXT));
    application.post("/text", async () => "handled");
    application.get("/own-vary", async (_request, reply) =>
      reply.header("Vary", "Cookie").type("text/plain").send(LONG_TEXT),
    );
    return listenFastify(application);
  },
}));
