/* Servers that answer with any headers, so that the browser and the model of it can be compared where no policy of ours leads. */

import type { RequestListener } from "node:http";
import { createLiteralServer } from "../../packages/runtime/test/browser/fetch-case-servers.js";
import { casesOf, type LiteralCase } from "../../packages/runtime/test/browser/fetch-cases.js";
import { APP, type BrowserName } from "./exchanges/exchange.js";
import type { StepResult } from "./page/pages.js";
import type { Browser } from "./programs/browser.js";
import { type Place, type PlannedJob, runJobs } from "./run-jobs.js";
import type { Network } from "./servers/network.js";
import type { WireRequest } from "./servers/wire.js";

/** What a browser did with a literal case. */
export interface LiteralObservation {
  readonly literalCase: LiteralCase;
  readonly result: StepResult;
  readonly requests: readonly WireRequest[];
  readonly consoleMessages: readonly string[];
}

/** Cases that can't be brought about here. */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
  "l-cred-080": "Node's server refuses the method `*`",
  "l-method-101": "Node's server refuses the method `CHICKEN`",
};

const IPV6 = "http://[::1]:8080";

/** All cases that a browser can be brought to. */
export function literalCasesFor(browser: BrowserName): readonly LiteralCase[] {
  // Firefox has no way to be told that an address is another.
  return casesOf("literal").filter(({ id, page }) => {
    return !(id in OUT_OF_REACH) && (browser !== "firefox" || page.origin !== IPV6);
  });
}

const servers = new Map(casesOf("literal").map((literalCase) => [literalCase.id, createLiteralServer(literalCase)]));

const answerLiterally: RequestListener = (request, response) => {
  const { method = "", url = "", headers } = request;
  const server = servers.get(new URL(url, "http://host").pathname.slice(1));
  if (!server) {
    response.writeHead(404).end();
    return;
  }
  const answer = server({
    method,
    origin: headers.origin,
    requestMethod: headers["access-control-request-method"],
    requestHeaders: headers["access-control-request-headers"],
  });
  response.writeHead(answer.status, answer.headers.flat()).end();
};

function idOf({ id }: LiteralCase): string {
  return `${id}-`;
}

function placeOf({ page }: LiteralCase): Place {
  return page.origin === "null" ? { origin: APP, frame: "sandboxed" } : { origin: page.origin, frame: null };
}

/** Runs all cases in a browser, against one server for them all. */
export async function runLiteralCases(browser: Browser, network: Network): Promise<readonly LiteralObservation[]> {
  const { http, https } = await network.start("literal", answerLiterally);
  const cases = literalCasesFor(browser.name);
  const jobs = cases.map((literalCase): PlannedJob => {
    const { method, headers, credentials, body } = literalCase.page;
    const place = placeOf(literalCase);
    const base = place.origin.startsWith("https:") ? https : http;
    const url = `${base}/${literalCase.id}?exchange=${idOf(literalCase)}`;
    const init = { method, headers, credentials, ...(body === undefined ? {} : { body }) };
    return { id: idOf(literalCase), steps: [{ place, step: { by: "fetch", url, init, hasUploadListener: false } }] };
  });
  const results = await runJobs(browser, network, jobs);
  return cases.map((literalCase) => {
    const id = idOf(literalCase);
    const [result = { outcome: "error", name: "nothing" } as const] = results.get(id) ?? [];
    return {
      literalCase,
      result,
      requests: network.wire.get(id) ?? [],
      consoleMessages: browser.consoleMessages.filter((message) => message.includes(`exchange=${id}`)),
    };
  });
}
