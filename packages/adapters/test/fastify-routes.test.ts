import { cors } from "@corslang/adapters/fastify";
import { createMatcher, type Matcher } from "@corslang/runtime";
import { type FastifyInstance, fastify } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { ask, FOR_GET, FOR_PUT, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "./applications/injection.js";
import { nobody, plain } from "./policies.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const ALLOW_PARTNER = "access-control-allow-origin: https://partner.example";
const FROM_PARTNER = "Origin: https://partner.example";
const FOR_HEAD = "Access-Control-Request-Method: HEAD";
const FOR_DELETE = "Access-Control-Request-Method: DELETE";
const METHODS = "access-control-allow-methods: PUT,DELETE";

const app = createMatcher({ ...plain, methods: ["PUT", "DELETE"] });
const partner = createMatcher({ ...plain, origins: ["https://partner.example"], methods: ["PUT", "DELETE"] });
const PASSED_APP = [204, [METHODS, ALLOW_APP, PREFLIGHT_VARY]];
const PASSED_PARTNER = [204, [METHODS, ALLOW_PARTNER, PREFLIGHT_VARY]];
const FAILED = [403, [PREFLIGHT_VARY]];

const applications: FastifyInstance[] = [];
afterEach(async () => {
  for (const application of applications.splice(0)) await application.close();
});

async function create(options: { routerOptions?: object } = {}, policy: Matcher = app): Promise<FastifyInstance> {
  const application = fastify(options);
  applications.push(application);
  await application.register(cors, { policy });
  return application;
}

async function handled(): Promise<string> {
  return "handled";
}

describe("a route's own policy", () => {
  test("decides its actual requests and its preflights alone", async () => {
    const application = await create();
    application.put("/own", { config: { cors: partner } }, handled);
    application.put("/other", handled);
    expect(await ask(application, "PUT /own", FROM_PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await ask(application, "PUT /own", FROM_APP)).toEqual([200, ["vary: origin"]]);
    expect(await ask(application, "OPTIONS /own", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /own", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /other", FROM_PARTNER, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /other", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
  });

  test.each([
    ["GET first", ["GET", "PUT"]],
    ["PUT first", ["PUT", "GET"]],
  ])("GET and PUT on one URL, each with its own: %s", async (_order, methods) => {
    const application = await create({}, createMatcher(nobody));
    const policies: Record<string, Matcher> = { GET: app, PUT: partner };
    for (const method of methods) {
      application.route({ method, url: "/shared/:id", config: { cors: policies[method] ?? false }, handler: handled });
    }
    expect(await ask(application, "OPTIONS /shared/1", FROM_APP, FOR_GET)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /shared/1", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /shared/1", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /shared/1", FROM_PARTNER, FOR_GET)).toEqual(FAILED);
    expect(await ask(application, "GET /shared/1", FROM_APP)).toEqual([200, [ALLOW_APP, "vary: origin"]]);
    expect(await ask(application, "PUT /shared/1", FROM_APP)).toEqual([200, ["vary: origin"]]);
    // No route has this method: what Fastify would answer with is a 404, and the scope's policy decides.
    expect(await ask(application, "OPTIONS /shared/1", FROM_APP, FOR_DELETE)).toEqual(FAILED);
  });

  test("holds for the HEAD route that Fastify adds beside a GET route", async () => {
    const application = await create();
    application.get("/own", { config: { cors: partner } }, handled);
    expect(await ask(application, "HEAD /own", FROM_PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await ask(application, "OPTIONS /own", FROM_PARTNER, FOR_HEAD)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /own", FROM_APP, FOR_HEAD)).toEqual(FAILED);
  });

  test("holds for all methods of a route with several", async () => {
    const application = await create();
    application.route({ method: ["PUT", "DELETE"], url: "/own", config: { cors: partner }, handler: handled });
    expect(await ask(application, "OPTIONS /own", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /own", FROM_PARTNER, FOR_DELETE)).toEqual(PASSED_PARTNER);
  });

  test("holds for a route that takes every method, and OPTIONS that is no preflight reaches it", async () => {
    const application = await create();
    application.all("/own", { config: { cors: partner } }, handled);
    expect(await ask(application, "OPTIONS /own", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /own", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /own", FROM_PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
  });

  test("can be used for many routes, and its config object is not changed", async () => {
    const application = await create();
    const config = Object.freeze({ cors: partner, other: "kept" });
    application.put("/one", { config }, async (request) => request.routeOptions.config);
    application.put("/two", { config }, handled);
    expect(await ask(application, "OPTIONS /one", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /two", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    const echoed = (await application.inject({ method: "PUT", url: "/one" })).json();
    expect(echoed).toMatchObject({ other: "kept", url: "/one" });
    expect(Object.keys(config)).toEqual(["cors", "other"]);
  });

  test.each([
    ["with a policy of its own", { cors: partner }],
    ["without", {}],
  ])(
    "a route that is made of the options of one %s has one policy for preflights and the rest",
    async (_what, config) => {
      const application = await create();
      application.addHook("onRoute", (route) => {
        if (route.method === "PUT" && !route.url.startsWith("/v2"))
          application.route({ ...route, url: `/v2${route.url}` });
      });
      application.put("/own", { config }, handled);
      const [allowed, denied] = "cors" in config ? [FROM_PARTNER, FROM_APP] : [FROM_APP, FROM_PARTNER];
      for (const url of ["/own", "/v2/own"]) {
        expect([url, (await ask(application, `PUT ${url}`, allowed))[1].length]).toEqual([url, 2]);
        expect([url, await ask(application, `PUT ${url}`, denied)]).toEqual([url, [200, ["vary: origin"]]]);
        expect([url, (await ask(application, `OPTIONS ${url}`, allowed, FOR_PUT))[0]]).toEqual([url, 204]);
        expect([url, await ask(application, `OPTIONS ${url}`, denied, FOR_PUT)]).toEqual([url, FAILED]);
      }
    },
  );

  test("that is no policy is refused where the route is added", async () => {
    const application = await create();
    // @ts-expect-error: the type wants a policy.
    expect(() => application.get("/own", { config: { cors: { origin: "*" } } }, handled)).toThrow(
      new TypeError("cors: a compiled policy of version 1 can't be an object"),
    );
    for (const nonsense of [true, null, "", 0]) {
      // @ts-expect-error: the type wants a policy or false.
      expect(() => application.get("/own", { config: { cors: nonsense } }, handled)).toThrow(TypeError);
    }
  });

  test("of an inner scope that was not awaited is an error, for its routes would have no preflights", async () => {
    const application = fastify();
    applications.push(application);
    application.register(
      async (scope) => {
        scope.register(cors, { policy: app });
        scope.put("/early", handled);
      },
      { prefix: "/api" },
    );
    const answer = await application.inject({ method: "PUT", url: "/api/early" });
    expect([answer.statusCode, answer.json().message]).toEqual([
      500,
      'cors: a route before register can\'t be "/api/early"',
    ]);
  });

  test("of a route that was added before the plugin was there is an error, and not silently another policy", async () => {
    const application = fastify();
    applications.push(application);
    application.register(cors, { policy: app });
    application.put("/early", { config: { cors: partner } }, handled);
    application.put("/out", { config: { cors: false } }, handled);
    application.put("/plain", handled);
    const answer = await application.inject({ method: "PUT", url: "/early" });
    expect([answer.statusCode, answer.json().message]).toEqual([
      500,
      'cors: a route before register can\'t be "/early"',
    ]);
    expect((await application.inject({ method: "PUT", url: "/out" })).statusCode).toBe(500);
    // Routes that need nothing of their own are under the scope's policy all the same.
    expect(await ask(application, "PUT /plain", FROM_APP)).toEqual([200, [ALLOW_APP, "vary: origin"]]);
    expect(await ask(application, "OPTIONS /plain", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
  });
});

describe("cors: false", () => {
  test("takes a route out: no headers, and its preflights find nothing", async () => {
    const application = await create();
    application.put("/out", { config: { cors: false } }, handled);
    expect(await ask(application, "PUT /out", FROM_APP)).toEqual([200, []]);
    expect(await ask(application, "PUT /out")).toEqual([200, []]);
    expect(await ask(application, "OPTIONS /out", FROM_APP, FOR_PUT)).toEqual([404, []]);
  });

  test("a route that takes OPTIONS as well answers its preflights itself", async () => {
    const application = await create();
    application.route({
      method: ["PUT", "OPTIONS"],
      url: "/out",
      config: { cors: false },
      handler: async (request, reply) => {
        reply.header("Access-Control-Allow-Origin", "https://by.itself");
        return request.method;
      },
    });
    expect(await ask(application, "OPTIONS /out", FROM_APP, FOR_PUT)).toEqual([
      200,
      ["access-control-allow-origin: https://by.itself"],
    ]);
  });
});

describe("a preflight is decided by the policy of the route that the actual request finds", () => {
  test("where a route with a parameter or a star covers the URL as well", async () => {
    const application = await create();
    application.put("/users/me", handled);
    application.put("/users/:id", { config: { cors: partner } }, handled);
    application.get("/*", { config: { cors: partner } }, handled);
    application.get("/api/resource", handled);
    expect(await ask(application, "OPTIONS /users/me", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /users/me", FROM_PARTNER, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /users/7", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP, FOR_GET)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /api/resource", FROM_PARTNER, FOR_GET)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /anything", FROM_PARTNER, FOR_GET)).toEqual(PASSED_PARTNER);
  });

  test("where only another method of the URL has a route", async () => {
    const application = await create();
    application.get("/users/me", handled);
    application.put("/users/:id", { config: { cors: partner } }, handled);
    // PUT /users/me finds the route with the parameter.
    expect(await ask(application, "PUT /users/me", FROM_PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await ask(application, "OPTIONS /users/me", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /users/me", FROM_PARTNER, FOR_GET)).toEqual(FAILED);
  });

  test("where the host tells routes apart", async () => {
    const application = await create();
    application.put("/resource", { constraints: { host: "a.example" }, config: { cors: app } }, handled);
    application.put("/resource", { constraints: { host: "b.example" }, config: { cors: partner } }, handled);
    expect(await ask(application, "OPTIONS /resource", "Host: a.example", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /resource", "Host: b.example", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /resource", "Host: b.example", FROM_PARTNER, FOR_PUT)).toEqual(
      PASSED_PARTNER,
    );
  });

  test("where the version tells routes apart, which a preflight does not say: that of the first", async () => {
    const application = await create();
    application.put("/resource", { constraints: { version: "1.0.0" }, config: { cors: partner } }, handled);
    application.put("/resource", { constraints: { version: "2.0.0" }, config: { cors: app } }, handled);
    expect(await ask(application, "OPTIONS /resource", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "PUT /resource", "Accept-Version: 2.x", FROM_APP)).toEqual([
      200,
      [ALLOW_APP, "vary: origin"],
    ]);
  });
});

describe("the ways to write a URL", () => {
  test("an optional parameter", async () => {
    const application = await create();
    application.put("/users", { config: { cors: app } }, handled);
    application.get("/users/:id?", { config: { cors: partner } }, handled);
    expect(await ask(application, "OPTIONS /users", FROM_PARTNER, FOR_GET)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /users/7", FROM_PARTNER, FOR_GET)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /users", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
  });

  test.each([
    ["both", ["/api", "/api/"]],
    ["slash", ["/api/"]],
    ["no-slash", ["/api"]],
  ] as const)("a route for a prefix itself, prefixTrailingSlash %s", async (prefixTrailingSlash, urls) => {
    const application = await create({}, createMatcher(nobody));
    await application.register(
      async (scope) => {
        scope.get("/", { prefixTrailingSlash, config: { cors: partner } }, handled);
      },
      { prefix: "/api" },
    );
    for (const url of ["/api", "/api/"]) {
      const isThere = urls.some((there) => there === url);
      expect(await ask(application, `GET ${url}`, FROM_PARTNER)).toEqual(
        isThere ? [200, [ALLOW_PARTNER, "vary: origin"]] : [404, ["vary: origin"]],
      );
      expect(await ask(application, `OPTIONS ${url}`, FROM_PARTNER, FOR_GET)).toEqual(
        isThere ? PASSED_PARTNER : FAILED,
      );
      expect(await ask(application, `OPTIONS ${url}`, FROM_PARTNER, FOR_HEAD)).toEqual(
        isThere ? PASSED_PARTNER : FAILED,
      );
    }
  });

  test.each([
    ["ignoreTrailingSlash", { ignoreTrailingSlash: true }, "/own/", "/own"],
    ["ignoreDuplicateSlashes", { ignoreDuplicateSlashes: true }, "/a//own", "/a/own"],
    ["caseSensitive: false", { caseSensitive: false }, "/OWN", "/own"],
  ])("%s", async (_option, routerOptions, url, asked) => {
    const application = await create({ routerOptions });
    application.put(url, { config: { cors: partner } }, handled);
    application.get(asked, { config: { cors: app } }, handled);
    for (const either of [url, asked]) {
      expect(await ask(application, `OPTIONS ${either}`, FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
      expect(await ask(application, `OPTIONS ${either}`, FROM_APP, FOR_GET)).toEqual(PASSED_APP);
      expect(await ask(application, `OPTIONS ${either}`, FROM_EVIL, FOR_GET)).toEqual(FAILED);
    }
  });
});
