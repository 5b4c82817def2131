import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors } from "@corslang/adapters/hono";
import { createMatcher } from "@corslang/runtime";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { afterEach, describe, expect, test } from "vitest";
import type { Listening } from "./applications/application.js";
import { linesOf, requestFrom } from "./applications/fetch.js";
import { answersOf, createApplication, PLATFORMS, start as startApplication } from "./applications/hono.js";
import { corsLines } from "./http-client.js";
import { nobody, openRead, plain } from "./policies.js";

const FROM_EVIL = "Origin: https://evil.example";
const FOR_GET = "Access-Control-Request-Method: GET";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);
const open = createMatcher(openRead);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each(PLATFORMS)("of two policies the inner one decides alone, under %s", (_platform, serveApplication) => {
  const start = (application: Hono) => startApplication(serveApplication, application, servers);

  const handled = (context: Context) => context.text("handled");

  const NESTED: readonly (readonly [how: string, build: () => Hono])[] = [
    ["for paths", () => createApplication().use(cors(open)).use("/strict", cors(policy)).all("/strict", handled)],
    [
      "one after the other for the same path",
      () =>
        createApplication()
          .use(cors(open), cors(createMatcher(nobody)), cors(policy))
          .all("/strict", handled),
    ],
    [
      "in an application of a route",
      () => {
        const inner = new Hono().use(cors(policy)).all("/", handled);
        return createApplication().use(cors(open)).route("/strict", inner);
      },
    ],
    [
      "in an application of a route that has error pages of its own",
      () => {
        const inner = new Hono()
          .onError(() => new Response("its page", { status: 500 }))
          .use(cors(policy))
          .all("/", () => {
            throw new Error("thrown");
          });
        return createApplication().use(cors(open)).route("/strict", inner);
      },
    ],
    [
      "in an application that gets the request itself",
      () => {
        const inner = new Hono().use(cors(policy)).all("/strict", handled);
        return createApplication()
          .use(cors(open))
          .all("/strict", (context) => inner.fetch(context.req.raw));
      },
    ],
    [
      "in an application that is mounted with the request itself",
      () => {
        const inner = new Hono().use(cors(policy)).all("/strict", handled);
        return createApplication().use(cors(open)).mount("/strict", inner.fetch, { replaceRequest: false });
      },
    ],
    [
      "in a Fetch handler",
      () =>
        createApplication()
          .use(cors(open))
          .all("/strict", ({ req }) => fetchCors(policy, () => new Response("handled"))(req.raw)),
    ],
    [
      "behind a middleware that replaces the request",
      () =>
        createApplication()
          .use(cors(open))
          .use(async (context, next) => {
            context.req.raw = new Request(context.req.raw);
            await next();
          })
          .use(cors(policy))
          .all("/strict", handled),
    ],
  ];

  test.each(NESTED)("%s", async (_how, build) => {
    const ask = await start(build());
    for (const line of ["GET /strict", "HEAD /strict"]) {
      const [, allowed, , denied] = await answersOf(ask, line);
      expect([allowed, denied]).toEqual([[ALLOW_APP, "vary: origin"], ["vary: origin"]]);
    }
    // A preflight gets no further than the outer one.
    expect((await ask("OPTIONS /strict", FROM_EVIL, FOR_GET)).status).toBe(204);
  });

  test("elsewhere the outer one decides", async () => {
    const application = createApplication().use(cors(open)).use("/strict", cors(policy)).all("/open", handled);
    const ask = await start(application);
    expect(corsLines((await ask("GET /open", FROM_EVIL)).headerLines)).toEqual(["access-control-allow-origin: *"]);
  });
});

test("behind the body limit, which has read the body and replaces the request", async () => {
  const application = new Hono().use(cors(open), bodyLimit({ maxSize: 10 }), cors(policy));
  application.post("/", async (context) => context.text(await context.req.text()));
  const body = new Blob(["sent"]).stream();
  const response = await application.fetch(
    requestFrom("https://evil.example", { method: "POST", body, duplex: "half" }),
  );
  expect([await response.text(), linesOf(response)]).toEqual(["sent", ["vary: origin"]]);
});

test("around the whole application the Fetch adapter leaves the decision to the policy within", async () => {
  const application = new Hono().use("/strict", cors(policy)).all("/*", (context) => context.text("handled"));
  const handle = fetchCors(open, application.fetch);
  const headers = { Origin: "https://evil.example" };
  expect(linesOf(await handle(new Request("http://service.example/strict", { headers })))).toEqual(["vary: origin"]);
  expect(linesOf(await handle(new Request("http://service.example/", { headers })))).toEqual([
    "access-control-allow-origin: *",
  ]);
});
