import { type CompiledPolicy, createPolicyRef } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import { AWAITING } from "./applications/awaiting.js";
import { countAnswers, type Digest } from "./pipelining.js";

/*
 * Policies that are replaced all the time, under load: every answer is one policy's, and no mix of two. They differ in
 * every header, so a mix would be seen.
 */

const first: CompiledPolicy = {
  version: 1,
  name: "first",
  origins: ["https://app.example.com"],
  methods: ["GET", "PUT"],
  headers: ["x-first"],
  expose: ["X-First"],
  credentials: true,
  maxAge: 1,
};

const second: CompiledPolicy = {
  version: 1,
  name: "second",
  origins: "*",
  methods: ["GET", "PATCH"],
  headers: ["x-second"],
  expose: ["X-Second"],
  credentials: false,
  maxAge: 2,
};

function requestOf(line: string, ...headerLines: readonly string[]): string {
  return [line, "Host: api.example", ...headerLines, "", ""].join("\r\n");
}

function digest(status: number, ...lines: readonly string[]): Digest {
  return [String(status), ...lines.map((line) => line.toLowerCase()).sort()].join("\n");
}

/** A request, and the two answers that are right. */
const EXCHANGES: readonly (readonly [request: string, byFirst: Digest, bySecond: Digest])[] = [
  [
    requestOf("GET / HTTP/1.1", "Origin: https://app.example.com"),
    digest(
      200,
      "Access-Control-Allow-Origin: https://app.example.com",
      "Access-Control-Allow-Credentials: true",
      "Access-Control-Expose-Headers: X-First",
      "Vary: Origin",
    ),
    digest(200, "Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: X-Second"),
  ],
  [
    requestOf("OPTIONS / HTTP/1.1", "Origin: https://app.example.com", "Access-Control-Request-Method: GET"),
    digest(
      204,
      "Access-Control-Allow-Origin: https://app.example.com",
      "Access-Control-Allow-Credentials: true",
      "Access-Control-Allow-Methods: GET,PUT",
      "Access-Control-Allow-Headers: x-first",
      "Access-Control-Max-Age: 1",
      "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    ),
    digest(
      204,
      "Access-Control-Allow-Origin: *",
      "Access-Control-Allow-Methods: GET,PATCH",
      "Access-Control-Allow-Headers: x-second",
      "Access-Control-Max-Age: 2",
      "Vary: Access-Control-Request-Method, Access-Control-Request-Headers",
    ),
  ],
  [
    requestOf("GET / HTTP/1.1", "Origin: https://other.example"),
    digest(403, "Vary: Origin"),
    digest(200, "Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: X-Second"),
  ],
  [
    requestOf(
      "OPTIONS / HTTP/1.1",
      "Origin: https://app.example.com",
      "Access-Control-Request-Method: GET",
      "Access-Control-Request-Headers: x-second",
    ),
    digest(403, "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
    digest(
      204,
      "Access-Control-Allow-Origin: *",
      "Access-Control-Allow-Methods: GET,PATCH",
      "Access-Control-Allow-Headers: x-second",
      "Access-Control-Max-Age: 2",
      "Vary: Access-Control-Request-Method, Access-Control-Request-Headers",
    ),
  ],
];

const CONNECTIONS = 4;
const REQUESTS = 20_000;
/** For two of the adapters; the others share what is tested. */
const MANY_REQUESTS = 200_000;
const WITH_MANY_REQUESTS = ["Fastify 5", "node:http"];

describe.each(AWAITING)("%s", (framework, start) => {
  const requests = WITH_MANY_REQUESTS.includes(framework) ? MANY_REQUESTS : REQUESTS;

  test(`${requests} requests while policies alternate`, { timeout: 120_000 }, async () => {
    const ref = createPolicyRef(first);
    let replaced = 0;
    const alternate = () => ref.replace(++replaced % 2 === 0 ? first : second);
    // In each turn of the event loop, and after every few requests within one; some handlers wait for the next turn.
    let isRunning = true;
    const alternateInEachTurn = () => {
      alternate();
      if (isRunning) setImmediate(alternateInEachTurn);
    };
    let handled = 0;
    const wait = () => {
      if (++handled % 3 === 0) alternate();
      return handled % 5 === 0 ? new Promise((resolve) => setImmediate(resolve)) : Promise.resolve();
    };

    const server = await start(ref, wait, { enforce: true });
    alternateInEachTurn();
    try {
      const runs = await Promise.all(
        Array.from({ length: CONNECTIONS }, () => {
          return countAnswers(
            server.port,
            EXCHANGES.map(([request]) => request),
            requests / CONNECTIONS,
            100,
          );
        }),
      );
      for (const [index, [, byFirst, bySecond]] of EXCHANGES.entries()) {
        const counts = new Map<Digest, number>();
        for (const run of runs) {
          for (const [answer, count] of run[index] ?? []) counts.set(answer, (counts.get(answer) ?? 0) + count);
        }
        expect([...counts.keys()].sort()).toEqual([byFirst, bySecond].sort());
        const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
        expect(total).toBe(requests / EXCHANGES.length);
        // Both often, and not the other one by chance.
        for (const count of counts.values()) expect(count).toBeGreaterThan(total / 100);
      }
    } finally {
      isRunning = false;
      await server.close();
    }
    expect(replaced).toBeGreaterThan(requests / 100);
  });
});
