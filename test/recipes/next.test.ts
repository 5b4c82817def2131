import { describe, expect, test } from "vitest";
import { send, valuesOf } from "../../packages/adapters/test/http-client.js";
import { useApplication } from "./application.js";
import { corsLinesOf, errorExchanges, notFoundExchanges, routeExchanges, testExchanges, varyOf } from "./exchanges.js";

const FROM_APP = "Origin: https://app.example.com";
const FROM_EVIL = "Origin: https://evil.test";

const application = useApplication({
  folder: "next",
  build: ["next", "build"],
  start: ["next", "start", "--hostname", "127.0.0.1", "--port", "$PORT"],
});

describe("Next.js, a policy in proxy.js", () => {
  testExchanges(application, [...routeExchanges("/account/name"), ...errorExchanges]);

  // That Next.js writes over Vary is what docs/adapters.md warns of. Where one of these fails, it has changed.
  test.each(notFoundExchanges)("$name, but Next.js takes Origin out of Vary", async ({ request, status, cors }) => {
    const answer = await send(application.port, ...request);
    expect(answer.status).toBe(status);
    expect(corsLinesOf(answer)).toHaveLength(cors.length);
    expect(varyOf(answer)).not.toContain("origin");
  });

  test("of a page that was rendered before too, which caches may keep", async () => {
    const answer = await send(application.port, "GET /account/page", FROM_APP);
    expect(corsLinesOf(answer)).toContain("access-control-allow-origin: https://app.example.com");
    expect(valuesOf(answer, "Cache-Control").join()).toContain("s-maxage");
    expect(varyOf(answer)).not.toContain("origin");
  });

  test("what a handler sets stays, and undoes a denial", async () => {
    const answer = await send(application.port, "GET /account/own", FROM_EVIL);
    expect(corsLinesOf(answer)).toEqual(["access-control-allow-origin: *"]);
  });

  test("redirects come before it, also for preflights", async () => {
    const preflight = ["OPTIONS /account/name/", FROM_APP, "Access-Control-Request-Method: PUT"];
    const answer = await send(application.port, ...preflight);
    expect(answer.status).toBe(308);
    expect(corsLinesOf(answer)).toEqual([]);
  });
});

describe("Next.js, a policy in a route handler", () => {
  testExchanges(application, routeExchanges("/settings"));
});
