import { describe } from "vitest";
import { useApplication } from "./application.js";
import { errorExchanges, notFoundExchanges, routeExchanges, testExchanges } from "./exchanges.js";

const exchanges = [...routeExchanges("/account/name"), ...notFoundExchanges, ...errorExchanges];

describe("h3", () => {
  testExchanges(useApplication({ folder: "h3", start: ["node", "server.mjs"] }), exchanges);
});

describe("Nitro", () => {
  const commands = { folder: "nitro", build: ["nitro", "build"], start: ["node", ".output/server/index.mjs"] };
  testExchanges(useApplication(commands), exchanges);
});
