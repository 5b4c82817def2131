import { cors } from "@corslang/adapters/hono";
import { createMatcher } from "@corslang/runtime";
import { Hono, type MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Listening } from "./applications/application.js";
import { answersOf, createApplication, PLATFORMS, start as startApplication } from "./applications/hono.js";
import { plain } from "./policies.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each(PLATFORMS)("errors and what is not found, under %s", (platform, serveApplication) => {
  const start = (application: Hono) => startApplication(serveApplication, application, servers);

  const raise = (): never => {
    throw new Error("thrown");
  };

  const FAILURES: readonly (readonly [failure: string, build: () => Hono, status: number])[] = [
    ["an Error, and Hono's own page", () => new Hono().use(cors(policy)).get("/", raise), 500],
    [
      "an Error, and a page of the application's",
      () =>
        new Hono()
          .use(cors(policy))
          .get("/", raise)
          .onError(() => new Response("our page", { status: 503 })),
      503,
    ],
    [
      "a page with headers of CORS of its own",
      () =>
        new Hono()
          .use(cors(policy))
          .get("/", raise)
          .onError((_error, context) => context.text("", 503, { "Access-Control-Allow-Origin": "*" })),
      503,
    ],
    [
      "an HTTPException",
      () =>
        createApplicationOfHono().get("/", () => {
          throw new HTTPException(401, { message: "who are you" });
        }),
      401,
    ],
    [
      "an HTTPException with a response that is immutable",
      () =>
        createApplicationOfHono().get("/", () => {
          throw new HTTPException(302, { res: Response.redirect("http://service.example/login") });
        }),
      302,
    ],
    [
      "an error of a middleware further in, on the way back",
      () =>
        createApplication()
          .use(cors(policy), async (_context, next) => {
            await next();
            raise();
          })
          .get("/", (context) => context.text("handled")),
      500,
    ],
    [
      "an error of an application of a route, and its own page",
      () => {
        const inner = new Hono().get("/", raise).onError(() => new Response("its page", { status: 502 }));
        return createApplication().use(cors(policy)).route("/", inner);
      },
      502,
    ],
    [
      "a handler that answers nothing",
      // The cast does not hold: that is what is tested.
      () =>
        createApplication()
          .use(cors(policy))
          .get("/", (() => undefined) as unknown as MiddlewareHandler),
      500,
    ],
    ["no handler", () => createApplication().use(cors(policy)), 404],
    [
      "no handler, and a page of the application's",
      () =>
        createApplication()
          .use(cors(policy))
          .notFound(() => new Response("our page", { status: 404 })),
      404,
    ],
    [
      "the page for what is not found fails",
      () =>
        createApplication()
          .use(cors(policy), async (_context, next) => next())
          .notFound(raise),
      500,
    ],
    [
      "the page for what is not found fails, without another middleware",
      () => createApplication().use(cors(policy)).notFound(raise),
      500,
    ],
    [
      "what onDecision throws",
      () =>
        createApplication()
          .use(cors(policy, { onDecision: raise }))
          .get("/", (context) => context.text("handled")),
      500,
    ],
  ];

  /** With Hono's own error page. */
  function createApplicationOfHono(): Hono {
    return new Hono().use(cors(policy));
  }

  test.each(FAILURES)("%s: the answer is under the policy", async (_failure, build, status) => {
    // Hono's own error page prints the error.
    const printing = vi.spyOn(console, "error").mockReturnValue();
    const ask = await start(build());
    expect(await answersOf(ask, "GET /")).toEqual([status, [ALLOW_APP, "vary: origin"], status, ["vary: origin"]]);
    printing.mockRestore();
  });

  test("what is thrown and no Error passes through: the platform answers, on Node under the policy", async () => {
    const application = createApplication().use(cors(policy));
    application.get("/", () => {
      throw "text";
    });
    const printing = vi.spyOn(console, "error").mockReturnValue();
    const ask = await start(application);
    const isGuarded = platform === "@hono/node-server";
    expect(await answersOf(ask, "GET /")).toEqual(
      isGuarded ? [500, [ALLOW_APP, "vary: origin"], 500, ["vary: origin"]] : [500, [], 500, []],
    );
    printing.mockRestore();
  });
});
