import { cors, type DecisionReport } from "@corslang/adapters/fastify";
import { createMatcher } from "@corslang/runtime";
import { type FastifyInstance, fastify, type RouteOptions } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { ask, FOR_GET, FOR_PUT, FROM_APP, FROM_EVIL, PREFLIGHT_VARY } from "./applications/injection.js";
import { plain } from "./policies.js";

const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const ALLOW_PARTNER = "access-control-allow-origin: https://partner.example";
const FROM_PARTNER = "Origin: https://partner.example";
const FOR_DELETE = "Access-Control-Request-Method: DELETE";

const METHODS = "access-control-allow-methods: PUT";
const app = createMatcher({ ...plain, methods: ["PUT"] });
const partner = createMatcher({ ...plain, origins: ["https://partner.example"], methods: ["PUT"] });
const evil = createMatcher({ ...plain, origins: ["https://evil.example"], methods: ["PUT"] });
const PASSED_APP = [204, [METHODS, ALLOW_APP, PREFLIGHT_VARY]];
const PASSED_PARTNER = [204, [METHODS, ALLOW_PARTNER, PREFLIGHT_VARY]];
const FAILED = [403, [PREFLIGHT_VARY]];

const applications: FastifyInstance[] = [];
afterEach(async () => {
  for (const application of applications.splice(0)) await application.close();
});

function create(): FastifyInstance {
  const application = fastify();
  applications.push(application);
  return application;
}

async function handled(): Promise<string> {
  return "handled";
}

describe("a scope with a prefix", () => {
  async function createWithScope(): Promise<FastifyInstance> {
    const application = create();
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: app });
        scope.get("/resource", handled);
        scope.get("/thrown", async () => {
          throw new Error("thrown");
        });
        scope.get("/", handled);
      },
      { prefix: "/api" },
    );
    application.get("/apifoo", handled);
    application.get("/outside", handled);
    return application;
  }

  test("its routes are under the policy", async () => {
    const application = await createWithScope();
    for (const path of ["/api/resource", "/api", "/api/"]) {
      expect(await ask(application, `GET ${path}`, FROM_APP)).toEqual([200, [ALLOW_APP, "vary: origin"]]);
      expect(await ask(application, `OPTIONS ${path}`, FROM_APP, FOR_GET)).toEqual(PASSED_APP);
      expect(await ask(application, `OPTIONS ${path}`, FROM_EVIL, FOR_GET)).toEqual(FAILED);
    }
    expect(await ask(application, "GET /api/thrown", FROM_APP)).toEqual([500, [ALLOW_APP, "vary: origin"]]);
  });

  test("an empty Origin finds the way of any other, and is denied", async () => {
    const application = await createWithScope();
    expect(await ask(application, "OPTIONS /api/resource", "Origin: ", FOR_GET)).toEqual(FAILED);
  });

  test("it does not answer for others", async () => {
    const application = await createWithScope();
    for (const path of ["/apifoo", "/outside"]) {
      expect(await ask(application, `GET ${path}`, FROM_APP)).toEqual([200, []]);
      expect(await ask(application, `OPTIONS ${path}`, FROM_APP, FOR_GET)).toEqual([404, []]);
    }
    expect(await ask(application, "OPTIONS /apifoo/bar", FROM_APP, FOR_GET)).toEqual([404, []]);
  });

  test("a preflight for a method that has no route there is nobody's", async () => {
    const application = await createWithScope();
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP, FOR_PUT)).toEqual([404, []]);
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP, FOR_DELETE)).toEqual([404, []]);
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP, "Access-Control-Request-Method: ")).toEqual([
      404,
      [],
    ]);
  });

  test("a route of the same URL outside of the scope does not get the scope's preflights", async () => {
    const application = create();
    application.put("/resource", handled);
    await application.register(async (scope) => {
      await scope.register(cors, { policy: app });
      scope.get("/resource", handled);
    });
    expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_GET)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_PUT)).toEqual([404, []]);
    expect(await ask(application, "PUT /resource", FROM_APP)).toEqual([200, []]);
  });

  test("OPTIONS that is no preflight is not answered", async () => {
    const application = await createWithScope();
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP)).toEqual([404, []]);
    expect(await ask(application, "OPTIONS /api/resource", FOR_GET)).toEqual([404, []]);
  });

  test("a URL without a route is the root's, which has no policy, unless the scope has a 404 handler", async () => {
    const without = await createWithScope();
    expect(await ask(without, "GET /api/missing", FROM_APP)).toEqual([404, []]);
    expect(await ask(without, "OPTIONS /api/missing", FROM_APP, FOR_GET)).toEqual([404, []]);

    const application = create();
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: app });
        scope.setNotFoundHandler((_request, reply) => reply.code(404).send());
      },
      { prefix: "/api" },
    );
    expect(await ask(application, "GET /api/missing", FROM_APP)).toEqual([404, [ALLOW_APP, "vary: origin"]]);
    expect(await ask(application, "OPTIONS /api/missing", FROM_APP, FOR_GET)).toEqual(PASSED_APP);
    expect(await ask(application, "GET /apifoo", FROM_APP)).toEqual([404, []]);
  });

  test("a prefix with a parameter, and a prefix that ends with a slash", async () => {
    const application = create();
    for (const prefix of ["/:tenant/api", "/slash/"]) {
      await application.register(
        async (scope) => {
          await scope.register(cors, { policy: app });
          scope.put("/resource", handled);
        },
        { prefix },
      );
    }
    expect(await ask(application, "OPTIONS /blue/api/resource", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /slash/resource", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
  });
});

describe("several scopes", () => {
  test("siblings with prefixes", async () => {
    const application = create();
    for (const [prefix, policy] of [
      ["/app", app],
      ["/partner", partner],
    ] as const) {
      await application.register(
        async (scope) => {
          await scope.register(cors, { policy });
          scope.put("/resource", handled);
        },
        { prefix },
      );
    }
    expect(await ask(application, "OPTIONS /app/resource", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /partner/resource", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /partner/resource", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "PUT /partner/resource", FROM_APP)).toEqual([200, ["vary: origin"]]);
  });

  test("siblings without prefixes, on URLs of their own and on one URL", async () => {
    const application = create();
    await application.register(async (scope) => {
      await scope.register(cors, { policy: app });
      scope.put("/app", handled);
      scope.get("/shared", handled);
    });
    await application.register(async (scope) => {
      await scope.register(cors, { policy: partner });
      scope.put("/partner", handled);
      scope.put("/shared", handled);
    });
    application.put("/outside", handled);
    expect(await ask(application, "OPTIONS /app", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /partner", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /partner", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /shared", FROM_APP, FOR_GET)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /shared", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /shared", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "PUT /shared", FROM_PARTNER)).toEqual([200, [ALLOW_PARTNER, "vary: origin"]]);
    expect(await ask(application, "PUT /outside", FROM_APP)).toEqual([200, []]);
    expect(await ask(application, "OPTIONS /outside", FROM_APP, FOR_PUT)).toEqual([404, []]);
  });

  test.each([
    ["the outer one first", true],
    ["the inner one first", false],
  ])("one in another: the inner one decides alone, once. %s", async (_order, outerFirst) => {
    const application = create();
    const reports: DecisionReport[] = [];
    const onDecision = (report: DecisionReport) => void reports.push(report);
    const registerOuter = () => application.register(cors, { policy: app, onDecision });
    if (outerFirst) await registerOuter();
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: partner, onDecision });
        scope.put("/resource", handled);
        await scope.register(async (innermost) => void innermost.put("/inherits", handled));
      },
      { prefix: "/partner" },
    );
    if (!outerFirst) await registerOuter();
    application.put("/resource", handled);
    await application.register(async (scope) => void scope.put("/below", handled));

    expect(await ask(application, "PUT /partner/resource", FROM_PARTNER)).toEqual([
      200,
      [ALLOW_PARTNER, "vary: origin"],
    ]);
    expect(reports).toHaveLength(1);
    expect(await ask(application, "OPTIONS /partner/resource", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(reports).toHaveLength(2);
    expect(await ask(application, "OPTIONS /partner/resource", FROM_APP, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /partner/inherits", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "PUT /partner/inherits", FROM_APP)).toEqual([200, ["vary: origin"]]);
    expect(await ask(application, "OPTIONS /resource", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /below", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "PUT /below", FROM_APP)).toEqual([200, [ALLOW_APP, "vary: origin"]]);
    expect(await ask(application, "GET /partner/missing", FROM_APP)).toEqual([404, [ALLOW_APP, "vary: origin"]]);
    expect(reports).toHaveLength(9);
  });

  test("a route of the outer scope that a route of the inner one covers as well keeps its policy", async () => {
    const application = create();
    await application.register(cors, { policy: app });
    application.put("/users/me", handled);
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: partner });
        scope.put("/:id", handled);
      },
      { prefix: "/users" },
    );
    expect(await ask(application, "OPTIONS /users/me", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /users/me", FROM_PARTNER, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /users/7", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
  });

  test("in a scope with a policy of its own, and a route with another, no route is under that of the scope around", async () => {
    const application = create();
    await application.register(cors, { policy: app });
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: partner });
        scope.put("/plain", handled);
        scope.put("/own", { config: { cors: evil } }, handled);
      },
      { prefix: "/inner" },
    );
    const answersOf = (url: string) =>
      Promise.all(
        [FROM_APP, FROM_PARTNER, FROM_EVIL].map(async (origin) => {
          const [preflight] = await ask(application, `OPTIONS ${url}`, origin, FOR_PUT);
          const [, headers] = await ask(application, `PUT ${url}`, origin);
          return [preflight, headers.length];
        }),
      );
    const [allowed, denied] = [
      [204, 2],
      [403, 1],
    ];
    expect(await answersOf("/inner/plain")).toEqual([denied, allowed, denied]);
    expect(await answersOf("/inner/own")).toEqual([denied, denied, allowed]);
  });

  test("an OPTIONS route that is made of the options of a route of another scope is under the policy of its own", async () => {
    const application = create();
    await application.register(cors, { policy: app });
    let outer: RouteOptions | undefined;
    application.addHook("onRoute", (route) => {
      outer ??= route;
    });
    application.put("/resource", handled);
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: partner });
        scope.route({ url: "/resource", ...outer, method: "OPTIONS", handler: handled });
      },
      { prefix: "/inner" },
    );
    expect(await ask(application, "OPTIONS /inner/resource", FROM_PARTNER, FOR_PUT)).toEqual(PASSED_PARTNER);
    expect(await ask(application, "OPTIONS /inner/resource", FROM_APP, FOR_PUT)).toEqual(FAILED);
  });

  test("routes of a scope that was there before the plugin fail, and are not silently under another policy", async () => {
    const application = create();
    let inner = application;
    await application.register(
      async (scope) => {
        inner = scope;
      },
      { prefix: "/inner" },
    );
    await application.register(cors, { policy: app });
    inner.put("/out", { config: { cors: false } }, handled);
    inner.put("/own", { config: { cors: partner } }, handled);
    for (const url of ["/inner/out", "/inner/own"]) {
      const answer = await application.inject({ method: "PUT", url });
      expect([answer.statusCode, answer.json().message]).toEqual([
        500,
        `cors: a route before register can't be "${url}"`,
      ]);
    }
  });

  test("a route's own policy takes the options of the registration that it is in", async () => {
    const application = create();
    const policies: string[] = [];
    await application.register(cors, { policy: app });
    await application.register(
      async (scope) => {
        await scope.register(cors, {
          policy: app,
          debug: true,
          onDecision: ({ policy }) => void policies.push(policy),
        });
        const named = createMatcher({ ...partner.policy, name: "partner" });
        scope.put("/own", { config: { cors: named } }, handled);
      },
      { prefix: "/inner" },
    );
    // Debug mode: 204 with what was earned, which is nothing.
    expect(await ask(application, "OPTIONS /inner/own", FROM_APP, FOR_PUT)).toEqual([204, [PREFLIGHT_VARY]]);
    expect(policies).toEqual(["partner"]);
  });

  test("the application's own OPTIONS * in another scope is no conflict", async () => {
    const application = create();
    await application.register(async (scope) => void scope.options("*", handled));
    await application.register(
      async (scope) => {
        await scope.register(cors, { policy: app });
        scope.put("/resource", handled);
        scope.options("/*", handled);
      },
      { prefix: "/api" },
    );
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP, FOR_PUT)).toEqual(PASSED_APP);
    expect(await ask(application, "OPTIONS /api/other", FROM_EVIL, FOR_PUT)).toEqual(FAILED);
    expect(await ask(application, "OPTIONS /api/resource", FROM_APP)).toEqual([200, [ALLOW_APP, "vary: origin"]]);
    expect(await ask(application, "OPTIONS /elsewhere", FROM_APP, FOR_PUT)).toEqual([200, []]);
  });
});

describe("registering", () => {
  const TWICE = "The decorator 'Symbol(corslang)' has already been added!";

  test("twice in one scope rejects, and the rejection can be caught", async () => {
    const application = create();
    await application.register(cors, { policy: app });
    await expect(async () => await application.register(cors, { policy: partner })).rejects.toThrow(TWICE);
  });

  test("twice in an inner scope rejects where that scope is registered", async () => {
    const application = create();
    await expect(
      async () =>
        await application.register(async (scope) => {
          await scope.register(cors, { policy: app });
          await scope.register(cors, { policy: partner });
        }),
    ).rejects.toThrow(TWICE);
  });

  test("twice without awaiting rejects when the application gets ready", async () => {
    const application = create();
    application.register(cors, { policy: app });
    application.register(cors, { policy: partner });
    await expect(async () => await application.ready()).rejects.toThrow(TWICE);
  });

  test("what is no policy rejects at once", async () => {
    const application = create();
    // @ts-expect-error: the type wants a policy.
    await expect(async () => await application.register(cors, { policy: "*" })).rejects.toThrow(
      new TypeError('cors: a compiled policy of version 1 can\'t be "*"'),
    );
  });

  test("an option of Fastify's own, which would say nothing here, rejects at once", async () => {
    const application = create();
    await expect(async () => await application.register(cors, { policy: app, prefix: "/api" })).rejects.toThrow(
      new TypeError('cors: prefix (of debug,enforce,self,onDecision) can\'t be "/api"'),
    );
  });
});
