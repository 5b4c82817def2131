import { cors } from "@corslang/adapters/express";
import { createMatcher } from "@corslang/runtime";
import express5, { type Express, type NextFunction, type Request, type Response } from "express";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { createApplication, EXPRESS, listenerOf } from "./applications/express.js";
import { corsLines, type HttpAnswer, send, valuesOf } from "./http-client.js";
import { account, nobody, openRead, plain } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";
const FOR_GET = "Access-Control-Request-Method: GET";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const PREFLIGHT_VARY = "vary: access-control-request-headers, access-control-request-method, origin";

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Ask = (...lines: string[]) => Promise<HttpAnswer>;

function ok(_request: Request, response: Response): void {
  response.send("handled");
}

describe.each(EXPRESS)("%s", (_version, express) => {
  async function start(build: (application: Express) => void): Promise<Ask> {
    const application = createApplication(express);
    build(application);
    const server = await serve(listenerOf(application));
    servers.push(server);
    return (...lines) => send(server.port, ...lines);
  }

  test("for one route: others get nothing, and their preflights are the application's", async () => {
    const ask = await start((application) => {
      application.all("/with", cors(createMatcher(plain)), ok);
      application.get("/without", ok);
    });
    expect(corsLines((await ask("GET /with", FROM_APP)).headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
    expect(corsLines((await ask("GET /without", FROM_APP)).headerLines)).toEqual([]);
    const preflight = await ask("OPTIONS /without", FROM_APP, FOR_GET);
    expect(corsLines(preflight.headerLines)).toEqual([]);
    expect(valuesOf(preflight, "Allow")).toEqual([expect.stringMatching(/^GET, ?HEAD$/)]);
  });

  test("for one route and one method, with its preflights beside it", async () => {
    const ask = await start((application) => {
      application.options("/with", cors(createMatcher(plain)));
      application.get("/with", cors(createMatcher(plain)), ok);
    });
    const preflight = await ask("OPTIONS /with", FROM_APP, FOR_GET);
    expect(preflight.status).toBe(204);
    expect(corsLines(preflight.headerLines)).toEqual([ALLOW_APP, PREFLIGHT_VARY]);
    expect(corsLines((await ask("GET /with", FROM_APP)).headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
  });

  test("for a router: below its path and nowhere else", async () => {
    const ask = await start((application) => {
      const router = express.Router();
      router.use(cors(createMatcher(plain)));
      router.get("/resource", ok);
      application.use("/api", router);
      application.get("/apifoo", ok);
    });
    expect(corsLines((await ask("GET /api/resource", FROM_APP)).headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
    const inside = await ask("OPTIONS /api/resource", FROM_APP, FOR_GET);
    expect([inside.status, corsLines(inside.headerLines)]).toEqual([204, [ALLOW_APP, PREFLIGHT_VARY]]);
    expect(corsLines((await ask("GET /apifoo", FROM_APP)).headerLines)).toEqual([]);
    expect(corsLines((await ask("OPTIONS /apifoo", FROM_APP, FOR_GET)).headerLines)).toEqual([]);
  });

  test("for a path of the application", async () => {
    const ask = await start((application) => {
      application.use("/api", cors(createMatcher(plain)));
      application.get("/api/resource", ok);
      application.get("/apifoo", ok);
    });
    expect(corsLines((await ask("GET /api/resource", FROM_APP)).headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
    expect(corsLines((await ask("GET /apifoo", FROM_APP)).headerLines)).toEqual([]);
  });

  test("a stricter policy further in decides alone", async () => {
    const ask = await start((application) => {
      application.use(cors(createMatcher(openRead)));
      application.get("/strict", cors(createMatcher(account)), ok);
      application.get("/closed", cors(createMatcher(nobody)), ok);
      application.get("/open", ok);
    });
    expect(corsLines((await ask("GET /open", FROM_EVIL)).headerLines)).toEqual(["access-control-allow-origin: *"]);
    expect(corsLines((await ask("GET /strict", FROM_EVIL)).headerLines)).toEqual(["vary: origin"]);
    expect(corsLines((await ask("GET /closed", FROM_APP)).headerLines)).toEqual(["vary: origin"]);
    expect(corsLines((await ask("GET /strict", FROM_APP)).headerLines)).toEqual([
      "access-control-allow-credentials: true",
      ALLOW_APP,
      "access-control-expose-headers: ETag,X-Total",
      "vary: origin",
    ]);
  });

  test("the same policy twice on one way sends each header once", async () => {
    const ask = await start((application) => {
      application.use(cors(createMatcher(plain)), cors(createMatcher(plain)));
      application.get("/", ok);
    });
    expect(corsLines((await ask("GET /", FROM_APP)).headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
  });

  test("a preflight never reaches what is mounted later, authentication above all", async () => {
    const reached: string[] = [];
    const ask = await start((application) => {
      application.use(cors(createMatcher(plain)));
      application.use((request, response) => {
        reached.push(request.method);
        response.status(401).end();
      });
    });
    const preflight = await ask("OPTIONS /", FROM_APP, FOR_GET);
    expect([preflight.status, preflight.body]).toEqual([204, ""]);
    const actual = await ask("GET /", FROM_APP);
    expect([actual.status, corsLines(actual.headerLines)]).toEqual([401, [ALLOW_APP, "vary: origin"]]);
    expect(reached).toEqual(["GET"]);
  });

  test("the answer to a preflight says that it has no body", async () => {
    const ask = await start((application) => application.use(cors(createMatcher(plain))));
    const passed = await ask("OPTIONS /", FROM_APP, FOR_GET);
    expect([passed.status, valuesOf(passed, "Content-Length"), passed.body]).toEqual([204, [], ""]);
    const failed = await ask("OPTIONS /", FROM_EVIL, FOR_GET);
    expect([failed.status, valuesOf(failed, "Content-Length"), failed.body]).toEqual([403, ["0"], ""]);
    expect(valuesOf(failed, "Content-Type")).toEqual([]);
  });

  test("OPTIONS that is no preflight reaches the application's own handler", async () => {
    const ask = await start((application) => {
      application.use(cors(createMatcher(plain)));
      application.options("/own", (_request, response) => void response.send("own options"));
      application.get("/listed", ok);
    });
    const own = await ask("OPTIONS /own", FROM_APP);
    expect([own.status, own.body, corsLines(own.headerLines)]).toEqual([
      200,
      "own options",
      [ALLOW_APP, "vary: origin"],
    ]);
    expect((await ask("OPTIONS /own")).body).toBe("own options");
    // Express itself answers with the methods of the path.
    expect(valuesOf(await ask("OPTIONS /listed", FROM_APP), "Allow")).toEqual([expect.stringMatching(/^GET, ?HEAD$/)]);
  });

  describe("errors", () => {
    async function startFailing(): Promise<Ask> {
      return start((application) => {
        application.use(cors(createMatcher(plain)));
        application.get("/thrown", () => {
          throw new Error("thrown");
        });
        application.get("/passed-on", (_request, _response, next) => next(new Error("passed on")));
        application.get("/text", (_request, _response, next) => next("text"));
        application.get("/teapot", (_request, _response, next) => {
          next(
            Object.assign(new Error("short and stout"), { status: 418, headers: { "X-Pot": "tea", Vary: "X-Pot" } }),
          );
        });
        application.get("/headers-set", (_request, response) => {
          response.set("Vary", "Accept").set("Access-Control-Allow-Origin", "*");
          throw new Error("after setting headers");
        });
      });
    }

    test.each([
      ["/thrown", 500, "vary: origin"],
      ["/passed-on", 500, "vary: origin"],
      ["/text", 500, "vary: origin"],
      ["/teapot", 418, "vary: origin, x-pot"],
      ["/missing", 404, "vary: origin"],
    ])("the default page for %s is under the policy", async (path, status, vary) => {
      const ask = await startFailing();
      const allowed = await ask(`GET ${path}`, FROM_APP);
      expect([allowed.status, corsLines(allowed.headerLines)]).toEqual([status, [ALLOW_APP, vary]]);
      const denied = await ask(`GET ${path}`, FROM_EVIL);
      expect([denied.status, corsLines(denied.headerLines)]).toEqual([status, [vary]]);
    });

    test("the default page after a handler that has set headers of its own", async () => {
      const ask = await startFailing();
      const denied = await ask("GET /headers-set", FROM_EVIL);
      expect(denied.status).toBe(500);
      expect(corsLines(denied.headerLines).filter((line) => line.startsWith("access-control"))).toEqual([]);
      expect(valuesOf(denied, "Vary").join()).toContain("Origin");
    });

    test("a page of the application, which sets and removes headers", async () => {
      const ask = await start((application) => {
        application.use(cors(createMatcher(plain)));
        application.get("/", () => {
          throw new Error("thrown");
        });
        application.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
          response.removeHeader("Vary");
          response.removeHeader("Access-Control-Allow-Origin");
          response.status(503).set("Vary", "Accept-Language").send("our page");
        });
      });
      const answer = await ask("GET /", FROM_APP);
      expect([answer.status, answer.body]).toEqual([503, "our page"]);
      expect(corsLines(answer.headerLines)).toEqual([ALLOW_APP, "vary: accept-language, origin"]);
    });

    test("what onDecision throws goes to the error handlers, and their page is under the policy", async () => {
      const ask = await start((application) => {
        application.use(
          cors(createMatcher(plain), {
            onDecision() {
              throw Object.assign(new Error("from the hook"), { status: 555 });
            },
          }),
        );
        application.get("/", ok);
      });
      const answer = await ask("GET /", FROM_APP);
      expect([answer.status, corsLines(answer.headerLines)]).toEqual([555, [ALLOW_APP, "vary: origin"]]);
    });
  });

  test("Vary that was set by a middleware further out is kept", async () => {
    const ask = await start((application) => {
      application.use((_request, response, next) => {
        response.vary("Accept-Encoding");
        next();
      });
      application.use(cors(createMatcher(plain)));
      application.get("/", (_request, response) => void response.vary("Accept").vary("Origin").send("handled"));
    });
    const answer = await ask("GET /", FROM_APP);
    expect(corsLines(answer.headerLines)).toEqual([ALLOW_APP, "vary: accept, accept-encoding, origin"]);
    const preflight = await ask("OPTIONS /", FROM_APP, FOR_GET);
    expect(corsLines(preflight.headerLines)[1]).toBe(
      "vary: accept-encoding, access-control-request-headers, access-control-request-method, origin",
    );
  });

  test("an answer that Express shortens to 304 is under the policy", async () => {
    const ask = await start((application) => {
      application.use(cors(createMatcher(plain)));
      application.get("/", (_request, response) => void response.json({ fresh: true }));
    });
    const [etag = ""] = valuesOf(await ask("GET /", FROM_APP), "ETag");
    const answer = await ask("GET /", FROM_APP, `If-None-Match: ${etag}`);
    expect([answer.status, corsLines(answer.headerLines)]).toEqual([304, [ALLOW_APP, "vary: origin"]]);
  });
});

test("Express 5: a rejected promise ends in a page under the policy", async () => {
  const application = createApplication(express5);
  application.use(cors(createMatcher(plain)));
  application.get("/", async () => {
    throw new Error("rejected");
  });
  const server = await serve(listenerOf(application));
  servers.push(server);
  const answer = await send(server.port, "GET /", FROM_APP);
  expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
});
