import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as honoAdapter from "@corslang/adapters/hono";
import * as koaAdapter from "@corslang/adapters/koa";
import * as nodeAdapter from "@corslang/adapters/node";
import type { Matcher } from "@corslang/runtime";
import connect from "connect";
import type { ErrorRequestHandler, Express, Router } from "express";
import { type FastifyInstance, fastify } from "fastify";
import { Hono } from "hono";
import type Koa from "koa";
import type { Middleware } from "koa";
import { type Listening, serve } from "../applications/application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "../applications/express.js";
import { listenFastify } from "../applications/fastify.js";
import { createApplication as createHono, PLATFORMS } from "../applications/hono.js";
import { createApplication as createKoa, KOA } from "../applications/koa.js";

/** Where the policy is mounted: for all, for what is below `/outer`, or for what is below `/outer/inner`. */
export type Place = "root" | "outer" | "inner";

/** All places. */
export const PLACES: readonly Place[] = ["root", "outer", "inner"];

/** A page of an application, what it answers, and the place it is in. */
export interface Page {
  readonly path: string;
  readonly status: number;
  readonly place: Place;
  /** Where the error handler is that makes it. */
  readonly madeAt?: Place;
}

/** What every application has. A failure is thrown in the inner one, and becomes a page at the place that its path says. */
export const PAGES: readonly Page[] = [
  { path: "/page", status: 200, place: "root" },
  { path: "/outer/page", status: 200, place: "outer" },
  { path: "/outer/inner/page", status: 200, place: "inner" },
  { path: "/outer/inner/failure/inner", status: 418, place: "inner", madeAt: "inner" },
  { path: "/outer/inner/failure/outer", status: 503, place: "inner", madeAt: "outer" },
  { path: "/outer/inner/failure/root", status: 500, place: "inner", madeAt: "root" },
  { path: "/outer/inner/missing", status: 404, place: "inner" },
];

/** An application in an application in an application. */
export interface Nested {
  readonly framework: string;
  readonly how: string;
  readonly start: (policy: Matcher, place: Place) => Promise<Listening>;
  /** Whether errors that leave an application leave its policy, too. */
  readonly errorsLeavePolicy?: boolean;
}

/** Throws what the error handler of a place takes. */
function fail(path: string): never {
  throw new Error(path.slice(path.lastIndexOf("/") + 1));
}

const STATUS_BY_PLACE: Readonly<Record<string, number>> = { inner: 418, outer: 503 };

/** The error handler of a place, which removes what was set before. */
function takeErrorsOf(place: Place): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error.message !== place) return next(error);
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.status(STATUS_BY_PLACE[place] ?? 500).end("failed");
  };
}

function startExpress(create: () => Router, application: Express, policy: Matcher, place: Place): Promise<Listening> {
  const levels: Readonly<Record<Place, Router>> = { root: application, outer: create(), inner: create() };
  levels[place].use(expressAdapter.cors(policy));
  for (const level of Object.values(levels)) level.all("/page", (_request, response) => void response.send("handled"));
  levels.inner.get(["/failure/inner", "/failure/outer", "/failure/root"], ({ path }) => fail(path));
  levels.inner.use(takeErrorsOf("inner"));
  levels.outer.use("/inner", levels.inner).use(takeErrorsOf("outer"));
  application.use("/outer", levels.outer);
  return serve(listenerOf(application));
}

function mountInKoa(prefix: string, { middleware }: Koa): Middleware {
  // As koa-mount does it: the path is shortened for what is further in.
  return (context, next) => {
    if (!context.path.startsWith(`${prefix}/`)) return next();
    const { path } = context;
    context.path = path.slice(prefix.length);
    const run = (index: number): Promise<unknown> => {
      const one = middleware[index];
      if (one) return Promise.resolve(one(context, () => run(index + 1)));
      context.path = path;
      return next();
    };
    return run(0);
  };
}

function takeKoaErrorsOf(place: Place): Middleware {
  return async (context, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Error) || error.message !== place) throw error;
      for (const name of context.res.getHeaderNames()) context.remove(name);
      context.status = STATUS_BY_PLACE[place] ?? 500;
      context.body = "failed";
    }
  };
}

const answerInKoa: Middleware = (context, next) => {
  if (context.path.startsWith("/failure/")) fail(context.path);
  if (context.path === "/page") context.body = "handled";
  else return next();
  return undefined;
};

function startKoa(version: typeof Koa, policy: Matcher, place: Place): Promise<Listening> {
  const levels = { root: createKoa(version), outer: createKoa(version), inner: createKoa(version) };
  // The policy inside of what makes error pages, and outside: both hold.
  if (place === "inner") levels.inner.use(koaAdapter.cors(policy));
  levels.inner.use(takeKoaErrorsOf("inner")).use(answerInKoa);
  levels.outer.use(takeKoaErrorsOf("outer"));
  if (place === "outer") levels.outer.use(koaAdapter.cors(policy));
  levels.outer.use(mountInKoa("/inner", levels.inner)).use(answerInKoa);
  if (place === "root") levels.root.use(koaAdapter.cors(policy));
  levels.root.use(mountInKoa("/outer", levels.outer)).use(answerInKoa);
  return serve(levels.root.callback());
}

async function startFastify(policy: Matcher, place: Place): Promise<Listening> {
  const application = fastify({ forceCloseConnections: true });
  const build = async (scope: FastifyInstance, here: Place) => {
    if (here === place) await scope.register(fastifyAdapter.cors, { policy });
    scope.all("/page", async () => "handled");
    if (here === "root") return;
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Error) || error.message !== here) throw error;
      for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
      return reply.code(STATUS_BY_PLACE[here] ?? 500).send("failed");
    });
    scope.setNotFoundHandler((_request, reply) => reply.code(404).send("missing"));
  };
  await build(application, "root");
  await application.register(
    async (outer) => {
      await build(outer, "outer");
      await outer.register(
        async (inner) => {
          await build(inner, "inner");
          inner.get("/failure/:place", async ({ url }) => fail(url));
        },
        { prefix: "/inner" },
      );
    },
    { prefix: "/outer" },
  );
  return listenFastify(application);
}

function startConnect(policy: Matcher, place: Place): Promise<Listening> {
  const levels = { root: connect(), outer: connect(), inner: connect() };
  levels[place].use(nodeAdapter.cors(policy));
  for (const level of Object.values(levels)) level.use("/page", (_request, response) => void response.end("handled"));
  levels.inner.use("/failure", ({ originalUrl = "" }) => fail(originalUrl));
  const takeErrors =
    (here: Place): connect.ErrorHandleFunction =>
    (error, _request, response, next) => {
      if (error.message !== here) return next(error);
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      response.writeHead(STATUS_BY_PLACE[here] ?? 500).end("failed");
    };
  levels.inner.use(takeErrors("inner"));
  levels.outer.use("/inner", levels.inner);
  levels.outer.use(takeErrors("outer"));
  levels.root.use("/outer", levels.outer);
  return serve(levels.root);
}

/** Builds an application of Hono's of a part, with a policy and the part within it; the paths are those of the part. */
type BuildHono = (policy: Matcher, place: Place) => Hono;

function takeHonoErrorsOf(application: Hono, here: Place): Hono {
  return application.onError((error, context) => {
    if (error.message !== here) throw error;
    return context.text("failed", here === "inner" ? 418 : 503);
  });
}

const byRoute: BuildHono = (policy, place) => {
  const levels = { root: createHono(), outer: new Hono(), inner: new Hono() };
  levels[place].use(honoAdapter.cors(policy));
  for (const level of Object.values(levels)) level.all("/page", (context) => context.text("handled"));
  takeHonoErrorsOf(levels.inner, "inner").get("/failure/:place", ({ req }) => fail(req.path));
  takeHonoErrorsOf(levels.outer, "outer").route("/inner", levels.inner);
  return levels.root.route("/outer", levels.outer);
};

const byBasePath: BuildHono = (policy, place) => {
  const root = createHono();
  // One error handler is all that applications by base path have: that of the root.
  root.onError((error, context) => {
    const status = error.message === "inner" ? 418 : error.message === "outer" ? 503 : 500;
    return context.text("failed", status);
  });
  const outer = root.basePath("/outer");
  const inner = outer.basePath("/inner");
  ({ root, outer, inner })[place].use(honoAdapter.cors(policy));
  for (const level of [root, outer, inner]) level.all("/page", (context) => context.text("handled"));
  inner.get("/failure/:place", ({ req }) => fail(req.path));
  return root;
};

const byMount: BuildHono = (policy, place) => {
  const levels = { root: createHono(), outer: new Hono(), inner: new Hono() };
  levels[place].use(honoAdapter.cors(policy));
  for (const level of Object.values(levels)) level.all("/page", (context) => context.text("handled"));
  takeHonoErrorsOf(levels.inner, "inner").get("/failure/:place", ({ req }) => fail(req.path));
  takeHonoErrorsOf(levels.outer, "outer").mount("/inner", levels.inner.fetch);
  return levels.root.mount("/outer", levels.outer.fetch);
};

const HONO: readonly (readonly [how: string, build: BuildHono])[] = [
  ["route", byRoute],
  ["basePath", byBasePath],
  ["mount", byMount],
];

/** Every way of putting applications into applications. */
export const NESTED_APPLICATIONS: readonly Nested[] = [
  ...EXPRESS.flatMap(([framework, express]): Nested[] => [
    {
      framework,
      how: "routers",
      start: (policy, place) => startExpress(() => express.Router(), createExpress(express), policy, place),
    },
    {
      framework,
      how: "sub-applications",
      start: (policy, place) => startExpress(() => createExpress(express), createExpress(express), policy, place),
    },
  ]),
  ...KOA.map(
    ([framework, version]): Nested => ({
      framework,
      how: "mounted applications",
      start: (policy, place) => startKoa(version, policy, place),
    }),
  ),
  { framework: "Fastify 5", how: "scopes with prefixes", start: startFastify },
  { framework: "Connect", how: "applications for paths", start: async (policy, place) => startConnect(policy, place) },
  ...PLATFORMS.flatMap(([platform, serveApplication]) =>
    HONO.map(
      ([how, build]): Nested => ({
        framework: `Hono under ${platform}`,
        how,
        start: (policy, place) => serveApplication(build(policy, place)),
        // A mounted application is a function of the Fetch API: what it throws has no response.
        errorsLeavePolicy: build === byMount,
      }),
    ),
  ),
];
