import { PassThrough, Readable } from "node:stream";
import { cors } from "@corslang/adapters/koa";
import { createMatcher } from "@corslang/runtime";
import type Koa from "koa";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { createApplication, KOA } from "./applications/koa.js";
import { corsLines, type HttpAnswer, send, sendForHead, valuesOf } from "./http-client.js";
import { account, nobody, openRead, plain } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";
const FOR_GET = "Access-Control-Request-Method: GET";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Ask = (...lines: string[]) => Promise<HttpAnswer>;

describe.each(KOA)("%s", (version, KoaVersion) => {
  async function start(...middlewares: Koa.Middleware[]): Promise<Ask> {
    const application = createApplication(KoaVersion);
    for (const middleware of middlewares) application.use(middleware);
    const server = await serve(application.callback());
    servers.push(server);
    return (...lines) => send(server.port, ...lines);
  }

  test("the answer to a preflight says that it has no body", async () => {
    const ask = await start(cors(createMatcher(plain)));
    const passed = await ask("OPTIONS /", FROM_APP, FOR_GET);
    expect([passed.status, valuesOf(passed, "Content-Length"), passed.body]).toEqual([204, [], ""]);
    const failed = await ask("OPTIONS /", FROM_EVIL, FOR_GET);
    expect([failed.status, valuesOf(failed, "Content-Length"), failed.body]).toEqual([403, ["0"], ""]);
    expect(valuesOf(failed, "Content-Type")).toEqual([]);
  });

  test("middlewares further out see the length that is sent", async () => {
    const seen: unknown[] = [];
    const ask = await start(
      async (context, next) => {
        await next();
        seen.push(context.response.length);
      },
      cors(createMatcher(plain)),
    );
    await ask("OPTIONS /", FROM_APP, FOR_GET);
    await ask("OPTIONS /", FROM_EVIL, FOR_GET);
    expect(seen).toEqual([undefined, 0]);
  });

  test("OPTIONS that is no preflight reaches the application, and its answer is under the policy", async () => {
    const ask = await start(cors(createMatcher(plain)), (context) => {
      context.body = `own ${context.method}`;
    });
    const answer = await ask("OPTIONS /", FROM_APP);
    expect([answer.body, corsLines(answer.headerLines)]).toEqual(["own OPTIONS", [ALLOW_APP, "vary: origin"]]);
  });

  test("a stricter policy further in decides alone", async () => {
    const closed = cors(createMatcher(nobody));
    const strict = cors(createMatcher(account));
    const ask = await start(
      cors(createMatcher(openRead)),
      (context, next) => {
        if (context.path === "/strict") return strict(context, next);
        return context.path === "/closed" ? closed(context, next) : next();
      },
      (context) => {
        context.body = "handled";
      },
    );
    expect(corsLines((await ask("GET /open", FROM_EVIL)).headerLines)).toEqual(["access-control-allow-origin: *"]);
    expect(corsLines((await ask("GET /strict", FROM_EVIL)).headerLines)).toEqual(["vary: origin"]);
    expect(corsLines((await ask("GET /closed", FROM_APP)).headerLines)).toEqual(["vary: origin"]);
  });

  test("Vary of middlewares further out and further in is kept", async () => {
    const ask = await start(
      (context, next) => {
        context.vary("Accept-Encoding");
        return next();
      },
      cors(createMatcher(plain)),
      (context) => {
        context.vary("Accept");
        context.append("Vary", "Cookie");
        context.body = "handled";
      },
    );
    const answer = await ask("GET /", FROM_APP);
    expect(corsLines(answer.headerLines)).toEqual([ALLOW_APP, "vary: accept, accept-encoding, cookie, origin"]);
  });

  describe("errors", () => {
    const FAILURES: readonly (readonly [failure: string, middleware: Koa.Middleware, status: number])[] = [
      [
        "an Error",
        () => {
          throw new Error("thrown");
        },
        500,
      ],
      [
        "a text",
        () => {
          throw "text";
        },
        500,
      ],
      [
        "a number",
        () => {
          throw 42;
        },
        500,
      ],
      ["a rejected promise", () => Promise.reject(new Error("rejected")), 500],
      ["ctx.throw(404)", (context) => context.throw(404), 404],
      ["ctx.throw(401) with a message", (context) => context.throw(401, "who are you"), 401],
      [
        "an error whose status is no status",
        () => {
          throw Object.assign(new Error("thrown"), { status: "what" });
        },
        500,
      ],
      [
        "an error after headers were set",
        (context) => {
          context.set("Vary", "Accept");
          context.set("Access-Control-Allow-Origin", "*");
          throw new Error("thrown");
        },
        500,
      ],
    ];

    test.each(FAILURES)("%s: the answer is under the policy", async (_failure, middleware, status) => {
      const ask = await start(cors(createMatcher(plain)), middleware);
      const allowed = await ask("GET /", FROM_APP);
      expect([allowed.status, corsLines(allowed.headerLines)]).toEqual([status, [ALLOW_APP, "vary: origin"]]);
      const denied = await ask("GET /", FROM_EVIL);
      expect([denied.status, corsLines(denied.headerLines)]).toEqual([status, ["vary: origin"]]);
    });

    test("the headers of an error are sent, its Vary merged, its CORS headers not", async () => {
      const headers = { "X-Error": "yes", Vary: "Accept", "Access-Control-Allow-Origin": "*" };
      const ask = await start(cors(createMatcher(plain)), () => {
        throw Object.assign(new Error("thrown"), { status: 429, expose: true, headers });
      });
      const answer = await ask("GET /", FROM_EVIL);
      expect([answer.status, answer.body, corsLines(answer.headerLines)]).toEqual([
        429,
        "thrown",
        ["vary: accept, origin"],
      ]);
      expect(valuesOf(answer, "X-Error")).toEqual(["yes"]);
    });

    test("an error of a middleware further out, after the handler", async () => {
      const ask = await start(
        async (_context, next) => {
          await next();
          throw new Error("thrown on the way back");
        },
        cors(createMatcher(plain)),
        (context) => {
          context.body = "handled";
        },
      );
      const answer = await ask("GET /", FROM_APP);
      expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
    });

    test("a middleware further out that makes an error page of its own", async () => {
      const ask = await start(
        async (context, next) => {
          try {
            await next();
          } catch {
            context.status = 503;
            context.remove("Vary");
            context.body = "our page";
          }
        },
        cors(createMatcher(plain)),
        () => {
          throw new Error("thrown");
        },
      );
      const answer = await ask("GET /", FROM_APP);
      expect([answer.status, answer.body, corsLines(answer.headerLines)]).toEqual([
        503,
        "our page",
        [ALLOW_APP, "vary: origin"],
      ]);
    });

    test("a body stream that fails before its first byte: as in Koa itself", async () => {
      function answerWithFailingStream(context: Koa.Context): void {
        context.body = new Readable({
          read() {
            this.destroy(new Error("the stream fails"));
          },
        });
      }
      const bare = await start(answerWithFailingStream);
      const ask = await start(cors(createMatcher(plain)), answerWithFailingStream);
      if (version === "Koa 3") {
        // Koa 3 has begun the answer by then, and ends the connection.
        await expect(bare("GET /", FROM_APP)).rejects.toThrow("socket hang up");
        await expect(ask("GET /", FROM_APP)).rejects.toThrow("socket hang up");
      } else {
        expect((await bare("GET /", FROM_APP)).status).toBe(500);
        const answer = await ask("GET /", FROM_APP);
        expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
      }
    });

    test("what onDecision throws is an error like any other", async () => {
      const ask = await start(
        cors(createMatcher(plain), {
          onDecision() {
            throw Object.assign(new Error("from the hook"), { status: 555 });
          },
        }),
      );
      const answer = await ask("GET /", FROM_APP);
      expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
    });
  });

  test("a body stream goes out as it comes", async () => {
    const body = new PassThrough();
    const application = createApplication(KoaVersion);
    application.use(cors(createMatcher(plain)));
    application.use((context) => {
      context.body = body;
    });
    const server = await serve(application.callback());
    servers.push(server);
    body.write("first");
    const message = await sendForHead(server.port, "GET /", FROM_APP);
    const chunks = message.setEncoding("utf8").iterator();
    expect((await chunks.next()).value).toBe("first");
    // The first part has arrived before the last one exists.
    body.end("last");
    expect((await chunks.next()).value).toBe("last");
    expect(message.headers).toMatchObject({
      "access-control-allow-origin": "https://app.example.com",
      vary: "Origin",
    });
  });

  test("a handler that answers by itself", async () => {
    const ask = await start(cors(createMatcher(plain)), (context) => {
      context.respond = false;
      context.res.writeHead(202, { Vary: "Accept", "Access-Control-Allow-Origin": "*" }).end("by itself");
    });
    const answer = await ask("GET /", FROM_EVIL);
    expect([answer.status, answer.body, corsLines(answer.headerLines)]).toEqual([
      202,
      "by itself",
      ["vary: accept, origin"],
    ]);
  });

  test("no handler: Koa's 404 is under the policy", async () => {
    const ask = await start(cors(createMatcher(plain)));
    const answer = await ask("GET /", FROM_APP);
    expect([answer.status, answer.body, corsLines(answer.headerLines)]).toEqual([
      404,
      "Not Found",
      [ALLOW_APP, "vary: origin"],
    ]);
  });
});
