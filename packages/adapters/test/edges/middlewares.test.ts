import { type CompiledPolicy, createMatcher } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { corsLines, parseHeaderLine } from "../http-client.js";
import { account, openRead } from "../policies.js";
import { expectedAnswer } from "./expected-answer.js";
import type { Asked, Order, OwnAnswer } from "./middlewares/combination.js";
import { COMBINATIONS } from "./middlewares/combinations.js";
import { ask } from "./raw-exchange.js";

/*
 * What others mount beside a policy: behind it, and before it. In every order that docs/adapters.md recommends the lines
 * of CORS are those of the policy. Where something else answers first they are missing, as the page says.
 */

const ORDERS: readonly Order[] = ["the policy first", "the policy behind"];
const POLICIES: readonly CompiledPolicy[] = [account, openRead];
const ORIGINS = [["Origin: https://app.example.com"], ["Origin: https://evil.example"], []] as const;

/** What is compared of an answer. */
interface Seen {
  readonly request: readonly string[];
  readonly status: number;
  readonly lines: readonly string[];
  /** Those of the lines beside CORS that should be there. */
  readonly others: readonly string[];
}

/** What a request that meets no policy comes to. */
function withoutPolicy({ status, own = [] }: OwnAnswer): Pick<Seen, "status" | "lines"> {
  return { status, lines: corsLines(own.map(parseHeaderLine)) };
}

/** The requests for one row: from each origin, and the preflights; with what has to come of them. */
function expectedOf(policy: CompiledPolicy, order: Order, asked: Asked): readonly (Seen & { body: string })[] {
  const { lines, body = "", own, others = [], preflight, ownOfPassedPreflight } = asked;
  const isBehind = order === "the policy behind";
  const actual = ORIGINS.map((origin) => {
    const request = [...lines, ...origin];
    const under = { status: asked.status, lines: expectedAnswer(policy, request, own).lines };
    return { request, body, others, ...(isBehind && asked.isAnsweredAtOnce ? withoutPolicy(asked) : under) };
  });
  const preflights = ORIGINS.slice(0, 2).map((origin) => {
    const request = [`OPTIONS ${lines[0].split(" ")[1]}`, ...origin, "Access-Control-Request-Method: PUT"];
    const { status, lines: answered } = expectedAnswer(policy, request, isBehind ? ownOfPassedPreflight : []);
    const under = { status: status ?? 0, lines: answered };
    return { request, body: "", others: [], ...(isBehind && preflight ? withoutPolicy(preflight) : under) };
  });
  return [...actual, ...preflights];
}

describe.each(ORDERS)("%s", (order) => {
  test.each(COMBINATIONS)("$framework, $middleware", async ({ start, asked }) => {
    for (const policy of POLICIES) {
      const expected = asked.flatMap((one) => expectedOf(policy, order, one));
      const server = await start(createMatcher(policy), order);
      const seen: Seen[] = [];
      try {
        for (const { request, body, others } of expected) {
          const [requestLine = "", ...headerLines] = request;
          const answer = await ask(server.port, { lines: [requestLine, ...headerLines], body });
          const all = answer.headerLines.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
          const { status } = answer;
          const lines = corsLines(answer.headerLines);
          seen.push({ request, status, lines, others: others.filter((line) => all.includes(line)) });
        }
      } finally {
        await server.close();
      }
      expect(seen).toEqual(expected.map(({ body: _, ...one }) => one));
    }
  });
});
