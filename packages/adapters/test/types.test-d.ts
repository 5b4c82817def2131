/*
 * Checked by the compiler alone: what a line of an application may say, and what it may not. A misuse that the compiler
 * took would make its `@ts-expect-error` an error.
 */
import { createServer, type IncomingMessage } from "node:http";
import { createSecureServer, type Http2ServerRequest } from "node:http2";
import { publishDecision } from "@corslang/adapters/diagnostics";
import { cors as expressCors } from "@corslang/adapters/express";
import { type CorsPluginOptions, cors as fastifyCors } from "@corslang/adapters/fastify";
import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors as honoCors } from "@corslang/adapters/hono";
import { cors as koaCors } from "@corslang/adapters/koa";
import { type NodeRequest, cors as nodeCors } from "@corslang/adapters/node";
import { type CompiledPolicy, type createMatcher, createPolicyRef, type Matcher } from "@corslang/runtime";
import connect from "connect";
import express, { type Request as ExpressRequest, type RequestHandler, Router } from "express";
import { type FastifyPluginAsync, type FastifyRequest, fastify } from "fastify";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import Koa from "koa";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function isTrue<T extends true>(): T | undefined {
  return undefined;
}

declare const data: CompiledPolicy;
declare const policy: Matcher;

export function inExpress(): void {
  const application = express();
  application.use(expressCors(policy));
  application.use("/account", expressCors(policy, { debug: true }));
  application.use(expressCors(policy, { enforce: true, self: ["https://api.example.com"] }));
  application.use(expressCors(createPolicyRef(data)));
  application.get("/resource", expressCors(policy), (_request, response) => void response.send("handled"));
  application.options("/resource", expressCors(policy));
  application.route("/resource").all(expressCors(policy));
  Router().use(expressCors(policy));
  const handler: RequestHandler = expressCors(policy);
  application.use(handler);
  // Express's own request, where one is wanted.
  application.use(expressCors(policy, { onDecision: (_report, request: ExpressRequest) => void request.path }));
  application.use(
    expressCors<ExpressRequest>(policy, {
      onDecision(report, request) {
        isTrue<Equal<typeof request, ExpressRequest>>();
        isTrue<Equal<typeof report.origin, string | null>>();
        isTrue<Equal<typeof report.matched, string | null>>();
        isTrue<Equal<typeof report.status, 204 | 403 | null>>();
        const { denial } = report;
        if (denial?.reason === "header-not-allowed") isTrue<Equal<typeof denial.name, string>>();
      },
    }),
  );
  // What enforcement needs of Express, bare node:http has not.
  // @ts-expect-error: a request of node:http is none of Express.
  createServer((request, response) => expressCors(policy)(request, response, () => response.end()));

  // @ts-expect-error: data becomes a policy through createMatcher.
  expressCors(data);
  // @ts-expect-error: a policy is needed.
  expressCors();
  // @ts-expect-error: an unset variable is no policy.
  expressCors(process.env.POLICY);
  // @ts-expect-error: the options of another package are no policy.
  expressCors({ origin: "*", credentials: true });
  // @ts-expect-error: a misspelt option.
  expressCors(policy, { debugging: true });
  // @ts-expect-error: a text is no boolean.
  expressCors(policy, { debug: "false" });
  // @ts-expect-error: a text is no list.
  expressCors(policy, { self: "https://api.example.com" });
  // @ts-expect-error: a list of origins is not what enforce is.
  expressCors(policy, { enforce: ["https://api.example.com"] });
  // @ts-expect-error: lists are the policy's.
  expressCors(policy, { origin: "https://app.example.com" });
  // @ts-expect-error: the request is no text.
  expressCors(policy, { onDecision: (_report, request: string) => request });
}

export async function inFastify(): Promise<void> {
  const application = fastify();
  await application.register(fastifyCors, { policy });
  await application.register(fastifyCors, {
    policy,
    debug: false,
    onDecision: (report, request) => {
      isTrue<Equal<typeof request, FastifyRequest>>();
      isTrue<Equal<typeof report.policy, string>>();
    },
  });
  const plugin: FastifyPluginAsync<CorsPluginOptions> = fastifyCors;
  await application.register(plugin, { policy });
  application.get("/own", { config: { cors: policy } }, async () => "handled");
  application.get("/replaced", { config: { cors: createPolicyRef(policy) } }, async () => "handled");
  application.get("/out", { config: { cors: false } }, async () => "handled");
  application.route({ method: ["GET", "PUT"], url: "/", config: { cors: policy }, handler: async () => "handled" });
  application.get("/", async (request) => {
    const { cors } = request.routeOptions.config;
    isTrue<Equal<typeof cors, Matcher | false | undefined>>();
  });
  await fastify({ http2: true }).register(fastifyCors, { policy });
  await fastify({ logger: true }).register(fastifyCors, { policy });

  // @ts-expect-error: a policy is needed.
  await application.register(fastifyCors);
  // @ts-expect-error: a policy is needed.
  await application.register(fastifyCors, { debug: true });
  // @ts-expect-error: data becomes a policy through createMatcher.
  await application.register(fastifyCors, { policy: data });
  // @ts-expect-error: a misspelt option.
  await application.register(fastifyCors, { policy, debugging: true });
  // @ts-expect-error: the options of another package are no policy.
  application.get("/", { config: { cors: { origin: "*" } } }, async () => "handled");
  // @ts-expect-error: true would say nothing.
  application.get("/", { config: { cors: true } }, async () => "handled");
}

export function inKoa(): void {
  const application = new Koa();
  application.use(koaCors(policy));
  const middleware: Koa.Middleware = koaCors(policy, { debug: true });
  application.use(middleware);
  application.use(koaCors(policy, { onDecision: (_report, context: Koa.Context) => void context.path }));
  new Koa<{ user: string }, { extra: number }>().use(koaCors(policy));

  // @ts-expect-error: data becomes a policy through createMatcher.
  koaCors(data);
  // @ts-expect-error: a misspelt option.
  koaCors(policy, { keepHeadersOnError: true });
}

export function inFetch(): void {
  const simple = fetchCors(policy, () => new Response());
  isTrue<Equal<typeof simple, (request: Request) => Response | Promise<Response>>>();
  interface Environment {
    readonly key: string;
  }
  const worker = {
    fetch: fetchCors(policy, async (_request: Request, environment: Environment, context: { waitUntil(): void }) => {
      context.waitUntil();
      return new Response(environment.key);
    }),
  };
  void worker.fetch(new Request("http://service.example"), { key: "value" }, { waitUntil() {} });
  fetchCors(policy, () => new Response(), { onDecision: (_report, request) => void request.headers });

  // @ts-expect-error: the arguments after the request are asked for.
  void worker.fetch(new Request("http://service.example"));
  // @ts-expect-error: a handler is needed.
  fetchCors(policy);
  // @ts-expect-error: a handler answers with a Response.
  fetchCors(policy, () => "handled");
  // @ts-expect-error: the handler comes before the options.
  fetchCors(policy, { debug: true }, () => new Response());
}

export function inHono(): void {
  interface Environment {
    Bindings: { key: string };
    Variables: { user: string };
  }
  const application = new Hono<Environment>();
  application.use(honoCors(policy));
  application.use("/account/*", honoCors(policy, { debug: true, onDecision: publishDecision }));
  // The types of the application's own context and paths stay what they are.
  const typed = new Hono<Environment>().use(honoCors(policy)).get("/users/:id", honoCors(policy), (context) => {
    isTrue<Equal<typeof context.var.user, string>>();
    isTrue<Equal<typeof context.env.key, string>>();
    const id = context.req.param("id");
    isTrue<Equal<typeof id, string>>();
    return context.json({ id });
  });
  application.route("/", typed);
  const middleware: MiddlewareHandler = honoCors(policy, { onDecision: (_report, { req }) => void req.path });
  application.use(middleware);
  honoCors<Environment>(policy, {
    onDecision(_report, context) {
      isTrue<Equal<typeof context, Context<Environment>>>();
    },
  });
  honoCors(policy, { onDecision: (_report, context: Context<Environment>) => void context.var.user.length });

  // @ts-expect-error: data becomes a policy through createMatcher.
  honoCors(data);
  // @ts-expect-error: the options of another package are no policy.
  honoCors({ origin: "*" });
  // @ts-expect-error: a misspelt option.
  honoCors(policy, { allowMethods: ["PUT"] });
}

export function inNode(): void {
  const withCors = nodeCors(policy, { onDecision: publishDecision });
  createServer((request, response) => withCors(request, response, () => response.end()));
  createSecureServer({ allowHTTP1: true }, (request, response) => withCors(request, response, () => response.end()));
  nodeCors(policy, { onDecision: (_report, request) => isTrue<Equal<typeof request, NodeRequest>>() });
  const forHttp2 = nodeCors(policy, { onDecision: (_report, request: Http2ServerRequest) => void request.authority });
  createSecureServer((request, response) => forHttp2(request, response, () => response.end()));

  // @ts-expect-error: onDecision wants requests of HTTP/2.
  createServer((request, response) => forHttp2(request, response, () => response.end()));
  // @ts-expect-error: what comes next is needed.
  createServer((request, response) => withCors(request, response));
  // @ts-expect-error: a handler is no policy.
  nodeCors(() => undefined);
}

export function inConnect(): void {
  const application = connect();
  application.use(nodeCors(policy));
  application.use(
    "/account",
    nodeCors(policy, { onDecision: (_report, request: IncomingMessage) => void request.url }),
  );
  const middleware: connect.NextHandleFunction = nodeCors(policy);
  application.use(middleware);
}

isTrue<Equal<ReturnType<typeof createMatcher>, Matcher>>();
