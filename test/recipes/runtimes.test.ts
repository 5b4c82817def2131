import { describe } from "vitest";
import { useApplication } from "./application.js";
import { errorExchanges, notFoundExchanges, routeExchanges, testExchanges } from "./exchanges.js";

/* One file, unchanged, in three runtimes. */

const exchanges = [...routeExchanges("/account/name"), ...notFoundExchanges, ...errorExchanges];

describe("Deno", () => {
  const start = ["deno", "serve", "--host", "127.0.0.1", "--port", "$PORT", "handler.mjs"];
  testExchanges(useApplication({ folder: "fetch", start }), exchanges);
});

describe("Bun", () => {
  testExchanges(useApplication({ folder: "fetch", start: ["bun", "handler.mjs"] }), exchanges);
});

describe("Cloudflare Workers", () => {
  testExchanges(useApplication({ folder: "fetch", start: ["node", "workers.mjs"] }), exchanges);
});
