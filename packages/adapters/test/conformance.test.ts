import { createMatcher } from "@corslang/runtime";
import { afterAll, describe, expect, test } from "vitest";
import type { Application } from "./applications/application.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { answerByRuntime } from "./applications/runtime.js";
import { type Exchange, exchanges } from "./conformance.js";
import { corsLines, parseHeaderLine, send } from "./http-client.js";

function expected(exchange: Exchange): object {
  const { status, headers, handlerRan } = exchange;
  return { status, headers: corsLines(headers.map(parseHeaderLine)), handlerRan };
}

test("the table has at least 80 exchanges, each with a name of its own", () => {
  expect(exchanges.length).toBeGreaterThanOrEqual(80);
  expect(new Set(exchanges.map(({ name }) => name)).size).toBe(exchanges.length);
});

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  const started = new Map<string, Promise<Application>>();

  function applicationFor({ policy, debug: debugging }: Exchange): Promise<Application> {
    const debug = debugging ?? false;
    const key = JSON.stringify({ policy, debug });
    const application = started.get(key) ?? start(createMatcher(policy), { debug });
    started.set(key, application);
    return application;
  }

  afterAll(async () => {
    for (const application of started.values()) await (await application).close();
  });

  test.each(exchanges)("$name", async (exchange) => {
    const application = await applicationFor(exchange);
    const runsBefore = application.handlerRuns();
    const { status, headerLines, body } = await send(application.port, ...exchange.request);
    const runs = application.handlerRuns() - runsBefore;
    expect({ status, headers: corsLines(headerLines), handlerRan: runs === 1 }).toEqual(expected(exchange));
    expect(runs).toBeLessThanOrEqual(1);
    // A preflight's answer is empty; so is every answer that the adapter gives.
    if (exchange.status === 204 || exchange.status === 403) expect(body).toBe("");
  });
});

describe("the bare runtime", () => {
  test.each(exchanges)("$name", (exchange) => {
    const { answer, handlerRan } = answerByRuntime(exchange);
    expect({ status: answer.status, headers: corsLines(answer.headerLines), handlerRan }).toEqual(expected(exchange));
  });
});
