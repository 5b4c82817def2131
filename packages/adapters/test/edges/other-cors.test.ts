import { createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { corsLines } from "../http-client.js";
import { account, openRead } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import type { Order } from "./middlewares/combination.js";
import { TWO_MIDDLEWARES } from "./other-cors.js";
import { type AnswerText, ask } from "./raw-exchange.js";

/*
 * Another CORS middleware beside ours, by mistake, which allows what the policy does not. Ours decides: there are never two
 * lines of one name. Where the other one is mounted first, the preflights are its own.
 */

const ORDERS: readonly Order[] = ["the policy first", "the policy behind"];
const ORIGINS = [["Origin: https://app.example.com"], ["Origin: https://evil.example"], []] as const;
const PREFLIGHT = ["Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type"] as const;
const PATHS = [
  ["/resource", 200],
  ["/failure", 500],
  ["/missing", 404],
] as const;

/** Status and lines. The other one may say in a Vary that its answers vary by Origin, which does no harm. */
function seen({ status, headerLines }: AnswerText, hasOwnVary: boolean): readonly unknown[] {
  const lines = corsLines(headerLines);
  return [status, hasOwnVary ? lines.filter((line) => !/^vary: origin(, origin)?$/.test(line)) : lines];
}

describe.each(ORDERS)("%s", (order) => {
  test.each(TWO_MIDDLEWARES)("$framework and $other", async ({ start }) => {
    for (const policy of [account, openRead]) {
      const server = await start(createMatcher(policy), order);
      try {
        for (const origin of ORIGINS) {
          for (const [path, status] of PATHS) {
            const request = [`GET ${path}`, ...origin] as const;
            const answer = await ask(server.port, { lines: request });
            const { lines } = expectedAnswer(policy, request);
            const others = lines.filter((line) => line !== "vary: origin");
            expect([request, ...seen(answer, true)]).toEqual([request, status, others]);
            if (policy === account) expect(corsLines(answer.headerLines).at(-1)).toMatch(/^vary: origin/);
          }
        }
        for (const origin of ORIGINS.slice(0, 2)) {
          const request = ["OPTIONS /resource", ...origin, ...PREFLIGHT] as const;
          const answer = await ask(server.port, { lines: request });
          if (order === "the policy first") {
            const { status, lines } = expectedAnswer(policy, request);
            expect([request, ...seen(answer, false)]).toEqual([request, status, lines]);
          } else {
            const lines = corsLines(answer.headerLines);
            expect(lines).toContain("access-control-allow-headers: x-other");
            const origins = lines.filter((line) => line.startsWith("access-control-allow-origin:"));
            expect(origins.length).toBeLessThanOrEqual(1);
          }
        }
      } finally {
        await server.close();
      }
    }
  });
});
