import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { mountOnNode } from "../src/node-mount.js";
import { type Listening, listen, serve } from "./applications/application.js";
import { corsLines, getOverHttp2, type HttpAnswer, send, valuesOf } from "./http-client.js";
import { plain } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** As the adapters mount a policy, for requests that are no preflights. */
function mount(policy: CompiledPolicy) {
  const decide = mountOnNode<IncomingMessage>(createMatcher(policy), undefined, () => "");
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    expect(decide(request, response, request)).toBeNull();
    next();
  };
}

type Handle = (response: ServerResponse, request: IncomingMessage) => void;

async function start(handle: Handle, mounted = true): Promise<HttpAnswer> {
  const middleware = mount(plain);
  const server = await serve((request, response) => {
    if (mounted) middleware(request, response, () => handle(response, request));
    else handle(response, request);
  });
  servers.push(server);
  return send(server.port, "GET /", FROM_APP);
}

/** Everything of an answer but CORS headers and Vary. */
function rest({ status, reason, body, headerLines }: HttpAnswer): object {
  const lines = headerLines.filter(([name]) => !/^(access-control-.*|vary|date)$/i.test(name));
  return { status, reason, body, lines: lines.map((line) => line.join(": ")).sort() };
}

describe("whatever way the head is written in, the application's own part is as without the adapter", () => {
  const WAYS: readonly (readonly [way: string, handle: Handle, vary: string])[] = [
    ["end alone", (response) => response.end(), "origin"],
    ["end with a body", (response) => response.end("body"), "origin"],
    [
      "write and end",
      (response) => {
        response.write("bo");
        response.end("dy");
      },
      "origin",
    ],
    [
      "flushHeaders",
      (response) => {
        response.setHeader("Vary", "Accept");
        response.flushHeaders();
        response.end("body");
      },
      "accept, origin",
    ],
    ["a status alone", (response) => response.writeHead(202).end(), "origin"],
    ["a status and a reason", (response) => response.writeHead(202, "Taken").end(), "origin"],
    [
      "a reason set before",
      (response) => {
        response.statusMessage = "Taken";
        response.writeHead(202).end();
      },
      "origin",
    ],
    ["an object", (response) => response.writeHead(200, { "X-One": "1", vary: "Accept" }).end(), "accept, origin"],
    [
      "a reason and an object",
      (response) => response.writeHead(200, "Fine", { "X-One": "1", VARY: "Accept" }).end(),
      "accept, origin",
    ],
    [
      "undefined for the reason, and an object",
      (response) => response.writeHead(200, undefined, { "X-One": "1", Vary: "Accept" }).end(),
      "accept, origin",
    ],
    [
      "null for the reason, and an object",
      // @ts-expect-error: the types want no null, Node takes it.
      (response) => response.writeHead(200, null, { "X-One": "1", Vary: "Accept" }).end(),
      "accept, origin",
    ],
    [
      "values that are numbers and lists",
      (response) => response.writeHead(200, { "X-One": 1, "X-Many": ["a", "b"], Vary: ["Accept", "Cookie"] }).end(),
      "accept, cookie, origin",
    ],
    ["a list", (response) => response.writeHead(200, ["X-One", "1", "Vary", "Accept"]).end(), "accept, origin"],
    [
      "a reason and a list",
      (response) => response.writeHead(200, "Fine", ["X-One", "1", "Vary", "Accept"]).end(),
      "accept, origin",
    ],
    [
      "a list with repeated names",
      (response) => response.writeHead(200, ["X-One", "1", "X-One", "2", "Vary", "Accept", "Vary", "Cookie"]).end(),
      "accept, cookie, origin",
    ],
    [
      "a list with a list of values",
      (response) => response.writeHead(200, ["Set-Cookie", ["a=1", "b=2"], "Vary", "Accept"]).end(),
      "accept, origin",
    ],
    [
      "a list of pairs",
      (response) =>
        response
          .writeHead(200, [
            ["X-One", "1"],
            ["X-One", "2"],
            ["Vary", "Accept"],
          ])
          .end(),
      "accept, origin",
    ],
    [
      "an object after setHeader: it replaces",
      (response) => {
        response.setHeader("X-One", "before");
        response.setHeader("X-Two", "before");
        response.setHeader("Vary", "Cookie");
        response.writeHead(200, { "x-one": "after", Vary: "Accept" }).end();
      },
      "accept, origin",
    ],
    [
      "a list after setHeader: it replaces",
      (response) => {
        response.setHeader("X-One", ["before", "too"]);
        response.setHeader("X-Two", "before");
        response.setHeader("Vary", "Cookie");
        response.writeHead(200, ["x-one", "after", "x-one", "again", "Vary", "Accept"]).end();
      },
      "accept, origin",
    ],
    [
      "early hints before",
      (response) => {
        response.writeEarlyHints({ link: "</style.css>; rel=preload" });
        response.end("body");
      },
      "origin",
    ],
  ];

  test.each(WAYS)("%s", async (_way, handle, vary) => {
    const answer = await start(handle);
    expect(rest(answer)).toEqual(rest(await start(handle, false)));
    expect(corsLines(answer.headerLines).filter((line) => !line.startsWith("set-cookie"))).toEqual([
      ALLOW_APP,
      `vary: ${vary}`,
    ]);
    expect(valuesOf(answer, "Vary")).toHaveLength(1);
  });
});

describe("errors of Node stay Node's", () => {
  function codeOf(action: () => unknown): unknown {
    try {
      action();
      return "no error";
    } catch (error) {
      return error instanceof Error && "code" in error ? error.code : error;
    }
  }

  const FAULTS: readonly (readonly [fault: string, handle: (response: ServerResponse) => unknown])[] = [
    ["a second head", (response) => response.writeHead(200).writeHead(200, { "X-Late": "1" })],
    ["a second head without headers", (response) => response.writeHead(200).writeHead(200)],
    ["a head after the end", (response) => response.end().writeHead(200)],
    ["an invalid status", (response) => response.writeHead(42)],
    ["an invalid name", (response) => response.setHeader("X-Kept", "1").writeHead(200, { "x y": "1" })],
    ["an invalid value", (response) => response.setHeader("X-Kept", "1").writeHead(200, { "X-One": "\u0001" })],
  ];

  test.each(FAULTS)("%s", async (_fault, fail) => {
    const codes: unknown[] = [];
    for (const mounted of [true, false]) {
      await start((response) => {
        codes.push(codeOf(() => fail(response)));
        if (!response.headersSent) response.writeHead(500);
        response.end();
      }, mounted);
    }
    expect(codes[0]).toEqual(codes[1]);
    expect(codes[0]).toMatch(/^ERR_HTTP|^ERR_INVALID/);
  });

  test.each<readonly [what: string, head: string[], lines: readonly string[]]>([
    [
      "in two spellings",
      ["Set-Cookie", "a=1", "set-cookie", "b=2", "X-Own", "1"],
      ["set-cookie: a=1", "set-cookie: b=2", "x-own: 1"],
    ],
    ["of which the first is empty", ["X-Own", "", "X-Own", "1"], ["x-own: ", "x-own: 1"]],
  ])("all lines of one name go out, %s", async (_what, head, lines) => {
    for (const isSet of [false, true]) {
      const answer = await start((response) => {
        if (isSet) response.setHeader("X-Set", "1");
        response.writeHead(200, head).end();
      });
      const own = answer.headerLines.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
      expect(own.filter((line) => /^(set-cookie|x-own)/.test(line)).sort()).toEqual(lines);
    }
  });

  test("of a head with an invalid status nothing gets into the page after the error", async () => {
    const answers: HttpAnswer[] = [];
    for (const mounted of [true, false]) {
      answers.push(
        await start((response) => {
          const headers = { "Content-Length": "2", "Content-Type": "application/pdf" };
          expect(codeOf(() => response.writeHead(0, headers))).toBe("ERR_HTTP_INVALID_STATUS_CODE");
          response.statusCode = 502;
          response.end("the upstream gave no status");
        }, mounted),
      );
    }
    const [guarded, bare] = answers.map(rest);
    expect(guarded).toEqual(bare);
    expect(guarded).toMatchObject({ status: 502, body: "the upstream gave no status" });
  });

  test("the page after such an error is under the policy", async () => {
    const answer = await start((response) => {
      expect(codeOf(() => response.writeHead(42, { "X-Lost": "1" }))).toBe("ERR_HTTP_INVALID_STATUS_CODE");
      response.writeHead(500).end();
    });
    expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
  });
});

describe("others that stand in for writeHead", () => {
  function addAcceptEncoding(response: ServerResponse): void {
    const { writeHead } = response;
    // As compressing middlewares do. The cast holds: the arguments are passed on as they come.
    response.writeHead = function (this: ServerResponse, ...rest: unknown[]) {
      this.appendHeader("Vary", "Accept-Encoding");
      return Reflect.apply(writeHead, this, rest);
    } as ServerResponse["writeHead"];
  }

  test("mounted further in", async () => {
    const answer = await start((response) => {
      addAcceptEncoding(response);
      response.end("body");
    });
    expect(corsLines(answer.headerLines)).toEqual([ALLOW_APP, "vary: accept-encoding, origin"]);
  });

  test("mounted between two policies on one way", async () => {
    const inner = mount(plain);
    const answer = await start((response, request) => {
      addAcceptEncoding(response);
      inner(request, response, () => response.end("body"));
    });
    expect(corsLines(answer.headerLines)).toEqual([ALLOW_APP, "vary: accept-encoding, origin"]);
  });

  test("mounted further out", async () => {
    const outer = mount(plain);
    const server = await listen(
      createServer((request, response) => {
        addAcceptEncoding(response);
        outer(request, response, () => response.end("body"));
      }),
    );
    servers.push(server);
    const answer = await send(server.port, "GET /", FROM_APP);
    expect(corsLines(answer.headerLines).join()).toContain("accept-encoding");
    expect(corsLines(answer.headerLines)[0]).toBe(ALLOW_APP);
  });
});

test("the origin that is sent is the one that the inner policy has decided on", async () => {
  const inner = mount({ ...plain, origins: ["https://other.example"] });
  const answer = await start((response, request) => {
    request.headers.origin = "https://other.example";
    inner(request, response, () => response.end());
  });
  expect(corsLines(answer.headerLines)).toEqual(["access-control-allow-origin: https://other.example", "vary: origin"]);
});

test("each response has its own decision", async () => {
  const middleware = mount(plain);
  const server = await serve((request, response) => middleware(request, response, () => response.end()));
  servers.push(server);
  const answers: (readonly string[])[] = [];
  for (const origin of ["https://app.example.com", "https://evil.example", "https://app.example.com"]) {
    answers.push(corsLines((await send(server.port, "GET /", `Origin: ${origin}`)).headerLines));
  }
  expect(answers).toEqual([[ALLOW_APP, "vary: origin"], ["vary: origin"], [ALLOW_APP, "vary: origin"]]);
});

test("HTTP/2, in the form that Node gives to middlewares", async () => {
  const middleware = mount(plain);
  const server = createHttp2Server((request, response) => {
    // @ts-expect-error: the types keep the two protocols apart; what the adapter uses is the same in both.
    middleware(request, response, () => response.writeHead(201, { vary: "accept" }).end("body"));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    expect(await getOverHttp2(port, "/", "https://app.example.com")).toMatchObject({
      ":status": 201,
      "access-control-allow-origin": "https://app.example.com",
      vary: "accept, Origin",
    });
  } finally {
    await new Promise((closed) => server.close(closed));
  }
});
