import type { CompiledPolicy } from "@corslang/runtime";
import { createMatcher } from "@corslang/runtime";
import { type HttpAnswer, send } from "../http-client.js";
import type { StartApplication } from "./application.js";
import { startConnect } from "./connect.js";
import { startExpress4, startExpress5 } from "./express.js";
import { startFastify } from "./fastify.js";
import { startFetch, startFetchOnNode } from "./fetch.js";
import { startHono, startHonoOnNode } from "./hono.js";
import { startKoa2, startKoa3 } from "./koa.js";
import { startNode } from "./node.js";

/** Every adapter on every framework that it is for. */
export const FRAMEWORKS: readonly (readonly [framework: string, start: StartApplication])[] = [
  ["Express 5", startExpress5],
  ["Express 4", startExpress4],
  ["Fastify 5", startFastify],
  ["Koa 3", startKoa3],
  ["Koa 2", startKoa2],
  ["Hono", startHono],
  ["Hono on @hono/node-server", startHonoOnNode],
  ["Connect", startConnect],
  ["node:http", startNode],
  ["Fetch", startFetch],
  ["Fetch on @hono/node-server", startFetchOnNode],
];

/** The answer to a request, and whether it has reached a handler. */
export interface FrameworkAnswer extends HttpAnswer {
  readonly framework: string;
  readonly handlerRan: boolean;
}

/**
 * Sends requests, one after another, to an application of every framework under the policy.
 *
 * @returns For each framework the answers in the order of the requests.
 */
export async function askEveryFramework(
  policy: CompiledPolicy,
  ...requests: readonly (readonly string[])[]
): Promise<readonly (readonly FrameworkAnswer[])[]> {
  return Promise.all(
    FRAMEWORKS.map(async ([framework, start]) => {
      const application = await start(createMatcher(policy), { debug: false });
      try {
        const answers: FrameworkAnswer[] = [];
        for (const request of requests) {
          const runs = application.handlerRuns();
          const answer = await send(application.port, ...request);
          answers.push({ ...answer, framework, handlerRan: application.handlerRuns() > runs });
        }
        return answers;
      } finally {
        await application.close();
      }
    }),
  );
}
