import type { RequestListener } from "node:http";
import { connect as connectHttp2, createSecureServer, type OutgoingHttpHeaders } from "node:http2";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import type { SecureContextOptions } from "node:tls";
import { cors } from "@corslang/adapters/node";
import { createMatcher } from "@corslang/runtime";
import connect from "connect";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { corsLines, type HttpAnswer, send } from "./http-client.js";
import { account, plain } from "./policies.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.example";
const FOR_GET = "Access-Control-Request-Method: GET";
const ALLOW_APP = "access-control-allow-origin: https://app.example.com";
const policy = createMatcher(plain);

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Ask = (...lines: string[]) => Promise<HttpAnswer>;

async function start(listener: RequestListener): Promise<Ask> {
  const server = await serve(listener);
  servers.push(server);
  return (...lines) => send(server.port, ...lines);
}

describe("Connect", () => {
  test("for a path: the others are left alone", async () => {
    const application = connect().use("/api", cors(policy));
    application.use((_request, response) => void response.end("handled"));
    const ask = await start(application);
    expect(corsLines((await ask("GET /api/orders", FROM_APP)).headerLines)).toEqual([ALLOW_APP, "vary: origin"]);
    expect((await ask("OPTIONS /api/orders", FROM_APP, FOR_GET)).status).toBe(204);
    expect(corsLines((await ask("GET /apifoo", FROM_APP)).headerLines)).toEqual([]);
    expect((await ask("OPTIONS /apifoo", FROM_APP, FOR_GET)).body).toBe("handled");
  });

  test.each<readonly [failure: string, handle: connect.NextHandleFunction, status: number]>([
    [
      "thrown",
      () => {
        throw new Error("thrown");
      },
      500,
    ],
    ["passed on", (_request, _response, next) => next(Object.assign(new Error("passed on"), { status: 418 })), 418],
    ["nothing found", (_request, _response, next) => next(), 404],
  ])("%s: Connect's page, which removes all headers, is under the policy", async (_failure, handle, status) => {
    const ask = await start(connect().use(cors(policy)).use(handle));
    const allowed = await ask("GET /", FROM_APP);
    expect([allowed.status, corsLines(allowed.headerLines)]).toEqual([status, [ALLOW_APP, "vary: origin"]]);
    const denied = await ask("GET /", FROM_EVIL);
    expect([denied.status, corsLines(denied.headerLines)]).toEqual([status, ["vary: origin"]]);
  });

  test("what onDecision throws is an error like any other", async () => {
    const failing = cors(policy, {
      onDecision() {
        throw new Error("from the hook");
      },
    });
    const ask = await start(connect().use(failing));
    const answer = await ask("GET /", FROM_APP);
    expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, [ALLOW_APP, "vary: origin"]]);
  });
});

describe("node:http", () => {
  test("copies of the package, of any version, find what the others have decided by the same names", async () => {
    const withCors = cors(policy);
    const names: unknown[] = [];
    const ask = await start((request, response) =>
      withCors(request, response, () => {
        names.push(...Object.getOwnPropertySymbols(response).map(Symbol.keyFor));
        response.end("handled");
      }),
    );
    await ask("GET /", FROM_APP);
    expect(names).toContain("corslang");
  });

  test("what onDecision throws, the listener can catch", async () => {
    const failing = cors(policy, {
      onDecision() {
        throw new RangeError("from the hook");
      },
    });
    const ask = await start((request, response) => {
      expect(() => failing(request, response, () => expect.unreachable())).toThrow(RangeError);
      response.writeHead(500).end();
    });
    const answer = await ask("GET /", FROM_EVIL);
    expect([answer.status, corsLines(answer.headerLines)]).toEqual([500, ["vary: origin"]]);
  });

  test("enforce: a proxy's headers are not believed, what self lists is", async () => {
    const statusBehindProxy = async (...self: string[]) => {
      const withCors = cors(createMatcher(account), { enforce: true, self });
      const ask = await start((request, response) => withCors(request, response, () => response.end("handled")));
      const forwarded = ["X-Forwarded-Proto: https", "X-Forwarded-Host: own.example"];
      return (await ask("POST /", "Origin: https://own.example", ...forwarded)).status;
    };
    expect(await statusBehindProxy()).toBe(403);
    expect(await statusBehindProxy("https://own.example")).toBe(200);
  });
});

describe("HTTP/2 over TLS", () => {
  // Keys that both know: no certificate is needed.
  const psk = Buffer.alloc(32);
  const tls: SecureContextOptions = { ciphers: "PSK", maxVersion: "TLSv1.2" };
  const client = { ...tls, pskCallback: () => ({ psk, identity: "client" }), checkServerIdentity: () => undefined };

  async function startSecure(options?: Parameters<typeof cors>[1]): Promise<number> {
    const withCors = cors(policy, options);
    const server = createSecureServer({ ...tls, allowHTTP1: true, pskCallback: () => psk }, (request, response) => {
      withCors(request, response, () => {
        if (request.url === "/write-head") {
          response.writeHead(201, { Vary: "Accept", "Access-Control-Allow-Origin": "*" });
        }
        response.end("handled");
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    servers.push({
      port: 0,
      close: () => new Promise((closed) => server.close(() => closed())),
    });
    // The cast holds for a server that listens on a port.
    return (server.address() as AddressInfo).port;
  }

  /** The answer's status and headers, over HTTP/2. */
  async function askHttp2(port: number, headers: OutgoingHttpHeaders): Promise<object> {
    const session = connectHttp2(`https://127.0.0.1:${port}`, client);
    const stream = session.request({ ":path": "/", ...headers });
    stream.resume().end();
    const answer = new Promise<object>((resolve, reject) => {
      stream.on("response", ({ date: _, ...others }) => resolve(Object.fromEntries(Object.entries(others))));
      stream.on("error", reject);
      session.on("error", reject);
    });
    try {
      return await answer;
    } finally {
      await new Promise<void>((closed) => session.close(closed));
    }
  }

  test("preflights", async () => {
    const port = await startSecure();
    const preflight = { ":method": "OPTIONS", "access-control-request-method": "POST" };
    const vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
    expect(await askHttp2(port, { ...preflight, origin: "https://app.example.com" })).toEqual({
      ":status": 204,
      "access-control-allow-origin": "https://app.example.com",
      vary,
    });
    expect(await askHttp2(port, { ...preflight, origin: "https://evil.example" })).toEqual({ ":status": 403, vary });
  });

  test("all other requests, whatever writeHead gets", async () => {
    const port = await startSecure();
    expect(await askHttp2(port, { origin: "https://app.example.com" })).toEqual({
      ":status": 200,
      "access-control-allow-origin": "https://app.example.com",
      vary: "Origin",
    });
    expect(await askHttp2(port, { ":path": "/write-head", origin: "https://evil.example" })).toEqual({
      ":status": 201,
      vary: "Accept, Origin",
    });
  });

  test("enforce: the server's own pages are known by scheme and host", async () => {
    const port = await startSecure({ enforce: true });
    const statuses: unknown[] = [];
    for (const headers of [
      { origin: `https://127.0.0.1:${port}` },
      { origin: `http://127.0.0.1:${port}` },
      { origin: "https://own.example", ":authority": "own.example" },
      { origin: "https://own.example", host: "own.example" },
      // The request is for what :authority says (RFC 9113, 8.3.1).
      { origin: "https://own.example", ":authority": "other.example", host: "own.example" },
    ]) {
      statuses.push(Object.values(await askHttp2(port, headers))[0]);
    }
    expect(statuses).toEqual([200, 403, 200, 200, 403]);
  });

  test("a client of HTTP/1 at the same server", async () => {
    const port = await startSecure({ enforce: true });
    const ask = (origin: string) =>
      new Promise((resolve, reject) => {
        get({ host: "127.0.0.1", port, agent: false, headers: { origin }, ...client }, (message) => {
          message.resume();
          resolve([message.httpVersion, message.statusCode, message.headers["access-control-allow-origin"]]);
        }).on("error", reject);
      });
    expect(await ask("https://app.example.com")).toEqual(["1.1", 200, "https://app.example.com"]);
    expect(await ask("https://evil.example")).toEqual(["1.1", 403, undefined]);
    expect(await ask(`https://127.0.0.1:${port}`)).toEqual(["1.1", 200, undefined]);
  });
});
