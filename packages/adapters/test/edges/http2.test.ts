import { setImmediate } from "node:timers/promises";
import { createMatcher } from "@corslang/runtime";
import { afterEach, describe, expect, test } from "vitest";
import type { Listening } from "../applications/application.js";
import { corsLines } from "../http-client.js";
import { account, openRead } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import { type Http2Connection, openHttp2 } from "./http2-client.js";
import { NODE_FRAMEWORKS, type NodeHandler } from "./node-handlers.js";
import type { RequestText } from "./raw-exchange.js";

/* HTTP/2, on every framework that speaks it: the same answers as over HTTP/1.1, many at a time over one connection. */

const ORIGINS = [["Origin: https://app.example.com"], ["Origin: https://evil.example"], []] as const;
const PATHS: Readonly<Record<string, readonly [status: number, own: readonly string[]]>> = {
  "/page": [200, []],
  "/vary": [201, ["Vary: Accept"]],
  "/not-modified": [304, []],
  "/own-cors": [200, ["Access-Control-Allow-Origin: *"]],
};

const handle: NodeHandler = async ({ url = "", method }, response) => {
  // Until others have been decided.
  await setImmediate();
  const [status, own] = PATHS[url] ?? [404, []];
  response.writeHead(status, Object.fromEntries(own.map((line) => line.split(": "))));
  response.end(method === "HEAD" || status === 304 ? undefined : "handled");
};

const open: (Listening | Http2Connection)[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const FRAMEWORKS = NODE_FRAMEWORKS.filter(({ protocol }) => protocol === "HTTP/2");

test("there are seven", () => {
  expect(FRAMEWORKS).toHaveLength(7);
});

describe.each(FRAMEWORKS)("$framework", ({ framework, start }) => {
  // Hono makes a new Response for HEAD, in which `@hono/node-server` does not see that a handler has answered by itself.
  const methods = ["GET", "POST", "OPTIONS", ...(framework.startsWith("Hono") ? [] : ["HEAD"])];

  test.each([account, openRead])("all at a time over one connection, under $name", async (policy) => {
    const server = await start(createMatcher(policy), handle);
    const connection = openHttp2(server.port);
    open.push(server, connection);
    const requests = ORIGINS.flatMap((origin) => [
      ...Object.keys(PATHS).flatMap((path) => methods.map((method) => [`${method} ${path}`, ...origin] as const)),
      [`OPTIONS /page`, ...origin, "Access-Control-Request-Method: PUT"] as const,
      [`OPTIONS /page`, ...origin, "Access-Control-Request-Method: PATCH"] as const,
    ]);
    const seen = await Promise.all(
      requests.map(async (lines: RequestText["lines"]) => {
        const body = lines[0].startsWith("POST") ? "sent" : "";
        const answer = await connection.ask({ lines, body });
        return [lines, answer.status, corsLines(answer.headerLines)];
      }),
    );
    const expected = requests.map((lines) => {
      const [status, own] = PATHS[lines[0].split(" ")[1] ?? ""] ?? [0, []];
      const answer = expectedAnswer(policy, lines, own);
      return [lines, answer.status ?? status, answer.lines];
    });
    expect(seen).toEqual(expected);
  });
});
