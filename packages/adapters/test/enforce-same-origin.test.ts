import { createServer as createHttp2Server } from "node:http2";
import * as fastifyAdapter from "@corslang/adapters/fastify";
import * as koaAdapter from "@corslang/adapters/koa";
import { createMatcher } from "@corslang/runtime";
import { fastify } from "fastify";
import { afterAll, describe, expect, test } from "vitest";
import type { Options } from "../src/express.js";
import type { Application } from "./applications/application.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { createApplication as createKoa, KOA } from "./applications/koa.js";
import { corsLines, getOverHttp2, send } from "./http-client.js";
import { account } from "./policies.js";

/*
 * Browsers send Origin with the form POSTs of a server's own pages too, and enforcement must not break these. Here the
 * browser reaches the server directly, over plain http.
 */

/** Header lines of a POST, for a server that listens on the port; whether it comes from the server's own pages. */
type Case = readonly [name: string, lines: (port: number) => readonly string[], isOwn: boolean];

const HOST = "Host: api.example";

const WITHOUT_SEC_FETCH_SITE: readonly Case[] = [
  ["the address that was asked", (port) => [`Origin: http://127.0.0.1:${port}`], true],
  ["another port", (port) => [`Origin: http://127.0.0.1:${port + 1}`], false],
  ["no port", () => ["Origin: http://127.0.0.1"], false],
  ["another scheme", (port) => [`Origin: https://127.0.0.1:${port}`], false],
  ["another name of the machine", (port) => [`Origin: http://localhost:${port}`], false],
  ["a host", () => [HOST, "Origin: http://api.example"], true],
  ["a host with a port", () => ["Host: api.example:8080", "Origin: http://api.example:8080"], true],
  ["a host with another port", () => ["Host: api.example:8080", "Origin: http://api.example"], false],
  ["the default port, written out by a proxy", () => ["Host: api.example:80", "Origin: http://api.example"], true],
  ["the default port of https, over http", () => ["Host: api.example:443", "Origin: https://api.example"], false],
  [
    "the default port of https, and the scheme http",
    () => ["Host: api.example:443", "Origin: http://api.example"],
    false,
  ],
  ["an IPv6 address with a port", () => ["Host: [::1]:3000", "Origin: http://[::1]:3000"], true],
  ["an IPv6 address", () => ["Host: [::1]", "Origin: http://[::1]"], true],
  ["another IPv6 address", () => ["Host: [::1]:3000", "Origin: http://[::2]:3000"], false],
  ["a subdomain", () => [HOST, "Origin: http://a.api.example"], false],
  ["the domain above", () => [HOST, "Origin: http://example"], false],
  ["a host that begins alike", () => [HOST, "Origin: http://api.example.evil.example"], false],
  ["a host that ends alike", () => [HOST, "Origin: http://evil-api.example"], false],
  ["upper case", () => [HOST, "Origin: http://API.example"], false],
  ["null", () => [HOST, "Origin: null"], false],
  ["an empty Origin", () => [HOST, "Origin: "], false],
  ["a path", () => [HOST, "Origin: http://api.example/"], false],
  ["two lines", () => [HOST, "Origin: http://api.example", "Origin: http://api.example"], false],
  [
    "two lines, the second of a stranger",
    () => [HOST, "Origin: http://api.example", "Origin: http://evil.example"],
    false,
  ],
  ["two origins in a line", () => [HOST, "Origin: http://api.example http://evil.example"], false],
  [
    "a forged X-Forwarded-Host, which nobody was told to trust",
    () => [HOST, "X-Forwarded-Host: evil.example", "Origin: http://evil.example"],
    false,
  ],
  ["a forged X-Forwarded-Proto", () => [HOST, "X-Forwarded-Proto: https", "Origin: https://api.example"], false],
  ["a forged Forwarded", () => [HOST, "Forwarded: host=evil.example;proto=http", "Origin: http://evil.example"], false],
  [
    "the server's own, whatever is forged",
    () => [HOST, "X-Forwarded-Host: evil.example", "Origin: http://api.example"],
    true,
  ],
];

const WITH_SEC_FETCH_SITE: readonly Case[] = [
  ["same-origin", () => ["Sec-Fetch-Site: same-origin", "Origin: https://shop.example"], true],
  ["same-origin, after a redirect or with no-referrer", () => ["Sec-Fetch-Site: same-origin", "Origin: null"], true],
  ["same-origin, the name in another case", () => ["SEC-FETCH-SITE: same-origin", "Origin: null"], true],
  ["same-site", () => ["Sec-Fetch-Site: same-site", HOST, "Origin: http://api.example"], false],
  ["cross-site", () => ["Sec-Fetch-Site: cross-site", HOST, "Origin: http://api.example"], false],
  ["none", () => ["Sec-Fetch-Site: none", HOST, "Origin: http://api.example"], false],
  ["an empty one", () => ["Sec-Fetch-Site: ", HOST, "Origin: http://api.example"], false],
  ["upper case", () => ["Sec-Fetch-Site: Same-Origin", HOST, "Origin: http://api.example"], false],
  ["a word more", () => ["Sec-Fetch-Site: same-origin;x", HOST, "Origin: http://api.example"], false],
  ["a list", () => ["Sec-Fetch-Site: same-origin, same-origin", HOST, "Origin: http://api.example"], false],
  [
    "two lines",
    () => ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: same-origin", HOST, "Origin: http://api.example"],
    false,
  ],
  [
    "two lines that differ",
    () => ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site", HOST, "Origin: http://api.example"],
    false,
  ],
  ["cross-site, and an origin of self", () => ["Sec-Fetch-Site: cross-site", "Origin: https://own.example"], false],
];

const WITH_SELF: readonly Case[] = [
  ["an origin of the list", () => ["Origin: https://own.example"], true],
  ["the second one, with a port", () => ["Origin: http://own.example:8080"], true],
  ["an address", () => ["Origin: http://[::1]:3000"], true],
  ["the default port, which no browser writes", () => ["Origin: https://own.example:443"], false],
  ["another scheme", () => ["Origin: http://own.example"], false],
  ["a subdomain", () => ["Origin: https://a.own.example"], false],
  ["a slash at the end", () => ["Origin: https://own.example/"], false],
  ["two lines", () => ["Origin: https://own.example", "Origin: https://own.example"], false],
  ["null", () => ["Origin: null"], false],
  ["the server's own, which need not be listed", (port) => [`Origin: http://127.0.0.1:${port}`], true],
];

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  describe.each<readonly [string, Options<unknown>, readonly Case[]]>([
    ["without Sec-Fetch-Site, by Origin", {}, WITHOUT_SEC_FETCH_SITE],
    ["by Sec-Fetch-Site alone, where it is there", { self: ["https://own.example"] }, WITH_SEC_FETCH_SITE],
    [
      "by self",
      { self: Object.freeze(["https://own.example", "http://own.example:8080", "http://[::1]:3000"]) },
      WITH_SELF,
    ],
  ])("%s", (_how, options, cases) => {
    let application: Promise<Application> | undefined;
    afterAll(async () => (await application)?.close());

    test.each(cases)("%s", async (_name, lines, isOwn) => {
      application ??= start(createMatcher(account), { enforce: true, ...options });
      const { port, handlerRuns } = await application;
      const runsBefore = handlerRuns();
      const answer = await send(port, "POST /resource", ...lines(port));
      // The policy does not allow it: in no case can a page read the answer across origins.
      expect(corsLines(answer.headerLines)).toEqual(["vary: origin"]);
      expect([answer.status, handlerRuns() - runsBefore]).toEqual(isOwn ? [200, 1] : [403, 0]);
    });
  });

  test("what is done to the list of self later is not seen", async () => {
    const self = ["https://own.example"];
    const application = await start(createMatcher(account), { enforce: true, self });
    self[0] = "https://evil.example";
    const statuses: number[] = [];
    for (const origin of ["https://own.example", "https://evil.example"]) {
      statuses.push((await send(application.port, "POST /resource", `Origin: ${origin}`)).status);
    }
    await application.close();
    expect(statuses).toEqual([200, 403]);
  });
});

describe("HTTP/2, where the host is a header of another name", () => {
  async function statusesOf(port: number): Promise<readonly unknown[]> {
    const origins = [`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`, "http://evil.example"];
    const answers = await Promise.all(origins.map((origin) => getOverHttp2(port, "/", origin)));
    return answers.map((answer) => answer[":status"]);
  }

  test("Fastify", async () => {
    const application = fastify({ http2: true });
    await application.register(fastifyAdapter.cors, { policy: createMatcher(account), enforce: true });
    application.get("/", async () => "handled");
    const { port } = new URL(await application.listen({ port: 0, host: "127.0.0.1" }));
    try {
      expect(await statusesOf(Number(port))).toEqual([200, 403, 403]);
    } finally {
      await application.close();
    }
  });

  test.each(KOA)("%s", async (_version, Koa) => {
    const application = createKoa(Koa).use(koaAdapter.cors(createMatcher(account), { enforce: true }));
    application.use((context) => {
      context.body = "handled";
    });
    const server = createHttp2Server(application.callback());
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      const address = server.address();
      expect(await statusesOf(typeof address === "object" && address ? address.port : 0)).toEqual([200, 403, 403]);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });
});
