import * as expressAdapter from "@corslang/adapters/express";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as koaAdapter from "@corslang/adapters/koa";
import { createMatcher } from "@corslang/runtime";
import type express5 from "express";
import { fastify } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, serve } from "./applications/application.js";
import { createApplication as createExpress, EXPRESS, listenerOf } from "./applications/express.js";
import { listenFastify } from "./applications/fastify.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { createApplication as createKoa, KOA } from "./applications/koa.js";
import { type ForwardedLines, startProxy } from "./applications/proxy.js";
import { corsLines, send } from "./http-client.js";
import { account } from "./policies.js";

/*
 * Behind a proxy a server knows its own origin only from what the proxy says, and must believe that only where it was
 * told to. All requests here are from the policy's point of view denied: `account` has none of the origins.
 */

const policy = createMatcher(account);
const enforced = { enforce: true } as const;
const FROM_SHOP = "Origin: https://shop.example";
const ASK_SHOP = "Host: shop.example";

const servers: Listening[] = [];
afterEach(async () => {
  // The proxy first: it keeps connections to the application.
  for (const server of servers.splice(0).reverse()) await server.close();
});

async function behindProxy(application: Listening, forwardedLines: ForwardedLines): Promise<number> {
  const proxy = await startProxy(application.port, forwardedLines);
  servers.push(application, proxy);
  return proxy.port;
}

/** As most proxies do it: the Host is the application's, and what the client asked for is forwarded. */
const usual: ForwardedLines = (host) => [
  ["X-Forwarded-Proto", "https"],
  ["X-Forwarded-Host", host],
  ["X-Forwarded-For", "203.0.113.7"],
];

async function post(port: number, ...lines: readonly string[]): Promise<number> {
  const answer = await send(port, "POST /resource", ...lines);
  expect(corsLines(answer.headerLines)).toEqual(["vary: origin"]);
  return answer.status;
}

describe("frameworks that are not told of the proxy", () => {
  describe.each(FRAMEWORKS)("%s", (_framework, start) => {
    test("refuse their own pages, which they can't know", async () => {
      const port = await behindProxy(await start(policy, enforced), usual);
      expect(await post(port, ASK_SHOP, FROM_SHOP)).toBe(403);
    });

    test("believe the browser", async () => {
      const port = await behindProxy(await start(policy, enforced), usual);
      expect(await post(port, ASK_SHOP, FROM_SHOP, "Sec-Fetch-Site: same-origin")).toBe(200);
      expect(await post(port, ASK_SHOP, FROM_SHOP, "Sec-Fetch-Site: cross-site")).toBe(403);
    });

    test("believe self", async () => {
      const application = await start(policy, { ...enforced, self: ["https://shop.example"] });
      const port = await behindProxy(application, usual);
      expect(await post(port, ASK_SHOP, FROM_SHOP)).toBe(200);
      expect(await post(port, ASK_SHOP, "Origin: https://evil.example")).toBe(403);
      expect(await post(port, ASK_SHOP, "Origin: http://shop.example")).toBe(403);
    });
  });
});

/** Starts an application that is told to trust the proxy. */
type StartTrusting = () => Promise<Listening>;

const TRUSTING: readonly (readonly [framework: string, start: StartTrusting, takes: "first" | "last"])[] = [
  ...EXPRESS.map(([name, express]) => {
    const start: StartTrusting = () => {
      const application = createExpress(express).set("trust proxy", true);
      application.use(expressAdapter.cors(policy, enforced));
      application.use((_request, response) => void response.send("handled"));
      return serve(listenerOf(application));
    };
    return [name, start, "first"] as const;
  }),
  [
    "Fastify 5",
    async () => {
      const application = fastify({ trustProxy: true, forceCloseConnections: true });
      await application.register(fastifyAdapter.cors, { policy, ...enforced });
      application.post("/resource", async () => "handled");
      return listenFastify(application);
    },
    "last",
  ],
  ...KOA.map(([name, Koa]) => {
    const start: StartTrusting = () => {
      const application = createKoa(Koa);
      application.proxy = true;
      application.use(koaAdapter.cors(policy, enforced));
      application.use((context) => {
        context.body = "handled";
      });
      return serve(application.callback());
    };
    return [name, start, "first"] as const;
  }),
];

describe("frameworks that are told to trust the proxy", () => {
  describe.each(TRUSTING)("%s", (_framework, start, takes) => {
    test.each<readonly [name: string, forwarded: ForwardedLines, host: string, origin: string, status: number]>([
      ["its own pages", usual, "shop.example", "https://shop.example", 200],
      ["its own pages on a port", usual, "shop.example:8443", "https://shop.example:8443", 200],
      ["its own pages at an IPv6 address", usual, "[2001:db8::1]:8443", "https://[2001:db8::1]:8443", 200],
      ["the scheme that the proxy has not", usual, "shop.example", "http://shop.example", 403],
      ["another port", usual, "shop.example:8443", "https://shop.example", 403],
      ["a stranger", usual, "shop.example", "https://evil.example", 403],
      ["a subdomain", usual, "shop.example", "https://a.shop.example", 403],
      ["null", usual, "shop.example", "null", 403],
      [
        "a proxy that writes the default port out",
        (host) => [
          ["X-Forwarded-Proto", "https"],
          ["X-Forwarded-Host", `${host}:443`],
        ],
        "shop.example",
        "https://shop.example",
        200,
      ],
      [
        "a proxy that writes the other default port out",
        (host) => [
          ["X-Forwarded-Proto", "https"],
          ["X-Forwarded-Host", `${host}:80`],
        ],
        "shop.example",
        "https://shop.example",
        403,
      ],
      [
        "a proxy that passes the Host on",
        (host) => [
          ["X-Forwarded-Proto", "https"],
          ["Host", host],
        ],
        "shop.example",
        "https://shop.example",
        200,
      ],
      [
        "a proxy that passes the Host on, over http",
        (host) => [["Host", host]],
        "shop.example",
        "http://shop.example",
        200,
      ],
      ["a proxy that says nothing", () => [], "shop.example", "https://shop.example", 403],
    ])("%s", async (_name, forwarded, host, origin, status) => {
      const port = await behindProxy(await start(), forwarded);
      expect(await post(port, `Host: ${host}`, `Origin: ${origin}`)).toBe(status);
    });

    test("of several forwarded hosts the one that the framework takes itself", async () => {
      const [near, far] = takes === "first" ? ["first", "last"] : ["last", "first"];
      const port = await behindProxy(await start(), () => [
        ["X-Forwarded-Proto", "https"],
        ["X-Forwarded-Host", "first.example , last.example"],
      ]);
      expect(await post(port, ASK_SHOP, `Origin: https://${near}.example`)).toBe(200);
      expect(await post(port, ASK_SHOP, `Origin: https://${far}.example`)).toBe(403);
      expect(await post(port, ASK_SHOP, FROM_SHOP)).toBe(403);
    });

    test("Sec-Fetch-Site goes before what the proxy says", async () => {
      const port = await behindProxy(await start(), usual);
      expect(await post(port, ASK_SHOP, FROM_SHOP, "Sec-Fetch-Site: same-site")).toBe(403);
    });
  });
});

describe("proxies that are trusted by their address", () => {
  async function startExpress(application: express5.Express): Promise<number> {
    application.use(expressAdapter.cors(policy, enforced));
    application.use((_request, response) => void response.send("handled"));
    return behindProxy(await serve(listenerOf(application)), usual);
  }

  describe.each(EXPRESS)("%s", (_version, express) => {
    test.each<readonly [setting: string, trust: unknown, status: number]>([
      ["one hop", 1, 200],
      ["loopback", "loopback", 200],
      ["a function", (address: string) => address.endsWith("127.0.0.1"), 200],
      ["no hop", 0, 403],
      ["an address that it is not", "10.0.0.1", 403],
      ["a function that trusts nobody", () => false, 403],
    ])("%s", async (_setting, trust, status) => {
      const port = await startExpress(createExpress(express).set("trust proxy", trust));
      expect(await post(port, ASK_SHOP, FROM_SHOP)).toBe(status);
    });

    test("an application within another has its setting", async () => {
      const inner = createExpress(express);
      inner.use(expressAdapter.cors(policy, enforced));
      inner.post("/", (_request, response) => void response.send("handled"));
      const outer = createExpress(express).set("trust proxy", true).use("/resource", inner);
      const port = await behindProxy(await serve(listenerOf(outer)), usual);
      expect(await post(port, ASK_SHOP, FROM_SHOP)).toBe(200);
    });
  });

  test.each<
    readonly [setting: string, trustProxy: string | ((address: string, hop: number) => boolean), status: number]
  >([
    ["one hop", (_address, hop) => hop < 1, 200],
    ["loopback", "127.0.0.1", 200],
    ["an address that it is not", "10.0.0.1", 403],
    ["a function that trusts nobody", () => false, 403],
  ])("Fastify: %s", async (_setting, trustProxy, status) => {
    const application = fastify({ trustProxy, forceCloseConnections: true });
    await application.register(fastifyAdapter.cors, { policy, ...enforced });
    application.post("/resource", async () => "handled");
    const port = await behindProxy(await listenFastify(application), usual);
    expect(await post(port, ASK_SHOP, FROM_SHOP)).toBe(status);
  });
});
