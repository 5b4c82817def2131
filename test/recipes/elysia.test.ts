import { describe } from "vitest";
import { useApplication } from "./application.js";
import { errorExchanges, notFoundExchanges, routeExchanges, testExchanges } from "./exchanges.js";

const exchanges = [...routeExchanges("/account/name"), ...notFoundExchanges, ...errorExchanges];

describe("Elysia, as a Fetch handler", () => {
  testExchanges(useApplication({ folder: "elysia", start: ["bun", "server.ts"] }), exchanges);
});

describe("Elysia, mounted in an application that listens", () => {
  testExchanges(useApplication({ folder: "elysia", start: ["bun", "listen.ts"] }), exchanges);
});
