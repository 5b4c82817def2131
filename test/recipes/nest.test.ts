import { describe, expect, test } from "vitest";
import { send } from "../../packages/adapters/test/http-client.js";
import { useApplication } from "./application.js";
import { corsLinesOf, errorExchanges, notFoundExchanges, routeExchanges, testExchanges, varyOf } from "./exchanges.js";

const exchanges = [...routeExchanges("/account/name"), ...notFoundExchanges, ...errorExchanges];

/* The application has a middleware of Nest's, which refuses /account/secret to everybody without a token. */
const SECRET_PREFLIGHT = ["OPTIONS /account/secret", "Origin: https://app.example.com"] as const;

describe("NestJS on Express", () => {
  const application = useApplication({ folder: "nest", build: ["tsc"], start: ["node", "dist/express.js"] });
  testExchanges(application, exchanges);

  test("preflights are answered before a middleware of Nest's", async () => {
    const { status } = await send(application.port, ...SECRET_PREFLIGHT, "Access-Control-Request-Method: PUT");
    expect(status).toBe(204);
  });
});

describe("NestJS on Fastify", () => {
  const application = useApplication({ folder: "nest", build: ["tsc"], start: ["node", "dist/fastify.js"] });
  testExchanges(application, exchanges);

  test("preflights are answered before a middleware of Nest's", async () => {
    const { status } = await send(application.port, ...SECRET_PREFLIGHT, "Access-Control-Request-Method: PUT");
    expect(status).toBe(204);
  });

  test("the answer of a middleware of Nest's has the headers", async () => {
    const answer = await send(application.port, "GET /account/secret", "Origin: https://app.example.com");
    expect(answer.status).toBe(401);
    expect(corsLinesOf(answer)).toContain("access-control-allow-origin: https://app.example.com");
  });

  test("a route with a policy of its own in @RouteConfig", async () => {
    const answer = await send(application.port, "GET /stations", "Origin: https://anybody.test");
    expect([answer.status, answer.body]).toEqual([200, "[]"]);
    expect(corsLinesOf(answer)).toEqual(["access-control-allow-origin: *"]);
    expect(varyOf(answer)).toEqual([]);
    const preflight = await send(
      application.port,
      "OPTIONS /stations",
      "Origin: https://anybody.test",
      "Access-Control-Request-Method: GET",
    );
    expect(preflight.status).toBe(204);
    expect(corsLinesOf(preflight)).toEqual(["access-control-allow-origin: *"]);
  });
});
