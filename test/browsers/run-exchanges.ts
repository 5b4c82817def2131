import { getHeader } from "../../packages/runtime/src/browser/header-list.js";
import { APP, type Exchange, isOwnPage, pageOf, type Step, schemeOf } from "./exchanges/exchange.js";
import type { JobStep, StepResult } from "./page/pages.js";
import type { Browser } from "./programs/browser.js";
import { type Place, type PlannedJob, runJobs } from "./run-jobs.js";
import type { ApiServer, Network } from "./servers/network.js";
import type { WireRequest } from "./servers/wire.js";

/** What a browser did with an exchange, against one framework. */
export interface Observation {
  readonly framework: string;
  readonly exchange: Exchange;
  /** The origin of the first step's page. */
  readonly origin: string;
  /** What the scripts got, in the order of the exchange's steps. */
  readonly results: readonly StepResult[];
  /** What the servers got. */
  readonly requests: readonly WireRequest[];
  /** Methods of the requests that reached the application. */
  readonly handled: readonly string[];
  /** What the console said about the exchange's URLs. */
  readonly consoleMessages: readonly string[];
}

function placeOf(step: Step, server: ApiServer): Place {
  const page = pageOf(step);
  if (page === "sandboxed frame") return { origin: APP, frame: "sandboxed" };
  if (page === "data: frame") return { origin: APP, frame: "data:" };
  return { origin: isOwnPage(page) ? server[schemeOf(step)] : page, frame: null };
}

function originOf(step: Step, server: ApiServer): string {
  const { origin, frame } = placeOf(step, server);
  return frame === null ? origin : "null";
}

/** The URL that a step asks for. A path's `to=` is a path of the same mount, or, with a scheme, one elsewhere. */
function urlOf(step: Step, { mount }: Exchange, id: string, server: ApiServer): string {
  const base = `${server[schemeOf(step)]}/${mount}`;
  const url = new URL(`${base}${step.path ?? "/resource"}`);
  url.searchParams.set("exchange", id);
  const to = url.searchParams.get("to");
  if (to === null) return url.href;
  const elsewhere = server[schemeOf(step)].replace("api.", "elsewhere.");
  const target = new URL(
    to.replace("{https}", server.https).replace("{elsewhere}", elsewhere).replace(/^\//, `${base}/`),
  );
  target.searchParams.set("exchange", id);
  url.searchParams.set("to", target.href);
  // From the page's own server, which redirects without a policy.
  return step.startsAtPage ? `${pageOf(step)}/redirect${url.search}` : url.href;
}

function createStep(step: Step, exchange: Exchange, id: string, server: ApiServer): JobStep {
  const { by = "fetch", method = "GET", headers = [], credentials = "same-origin", body, mode, redirect } = step;
  const init = {
    method,
    headers,
    credentials,
    ...(body === undefined ? {} : { body }),
    ...(mode === undefined ? {} : { mode }),
    ...(redirect === undefined ? {} : { redirect }),
  };
  return {
    by: by === "fetch" ? "fetch" : "XMLHttpRequest",
    url: urlOf(step, exchange, id, server),
    init,
    hasUploadListener: by === "XMLHttpRequest with an upload listener",
    ...(step.reads === undefined ? {} : { releaseUrl: `${server[schemeOf(step)]}/-release/${id}` }),
  };
}

/** Of which one preflight is enough. */
const TWICE: Exchange = {
  name: "PUT twice",
  mount: "account",
  steps: [
    { method: "PUT", outcome: "readable" },
    { method: "PUT", outcome: "readable" },
  ],
  sent: ["OPTIONS for PUT", "PUT", "PUT"],
};

/**
 * Repeats an exchange until the browser remembers preflights: Firefox that has just been started does not, for the first
 * that it could.
 *
 * @throws Error when it never does.
 */
async function warmUp(browser: Browser, network: Network): Promise<void> {
  const [server] = network.servers;
  if (!server) throw new Error("no server to ask");
  for (let attempt = 0; attempt < 20; attempt++) {
    const jobs = Array.from({ length: 12 }, (_, index): PlannedJob => {
      return planJob({ server, exchange: TWICE, id: `warm-up-${attempt}-${index}-` });
    });
    await runJobs(browser, network, jobs);
    if (jobs.every(({ id }) => network.wire.get(id)?.length === TWICE.sent.length)) return;
  }
  throw new Error(`${browser.name} asks before each of two requests`);
}

interface Run {
  readonly server: ApiServer;
  readonly exchange: Exchange;
  readonly id: string;
}

function planJob({ server, exchange, id }: Run): PlannedJob {
  const steps = exchange.steps.map((step) => {
    return { place: placeOf(step, server), step: createStep(step, exchange, id, server) };
  });
  return { id, steps };
}

/**
 * Runs exchanges in a browser, against every server of the network.
 *
 * @returns An observation for each exchange and each framework, in the order of the servers.
 *
 * @example
 * ```ts
 * const network = await startNetwork(LISTENERS);
 * const browser = await startChromium(network);
 * const observations = await runExchanges(browser, network, exchanges);
 * ```
 */
export async function runExchanges(
  browser: Browser,
  network: Network,
  exchanges: readonly Exchange[],
): Promise<readonly Observation[]> {
  const runs = network.servers.flatMap((server, row) => {
    return exchanges.map((exchange, index): Run => ({ server, exchange, id: `${row}-${index}-` }));
  });
  await warmUp(browser, network);
  const results = await runJobs(browser, network, runs.map(planJob));

  return runs.map(({ server, exchange, id }) => ({
    framework: server.framework,
    exchange,
    origin: originOf(exchange.steps[0], server),
    results: results.get(id) ?? [],
    requests: network.wire.get(id) ?? [],
    handled: network.handled.get(id) ?? [],
    consoleMessages: browser.consoleMessages.filter((message) => message.includes(`exchange=${id}`)),
  }));
}

/** A request in the words of {@link Exchange.sent}. */
export function describeRequest(request: WireRequest, firstOrigin: string): string {
  const requestMethod = getHeader("access-control-request-method", request.headers);
  const requestHeaders = getHeader("access-control-request-headers", request.headers);
  const origin = getHeader("origin", request.headers);
  const parts = [
    request.method,
    requestMethod === null ? "" : ` for ${requestMethod}`,
    requestHeaders === null ? "" : ` with ${requestHeaders}`,
    origin === null ? " without Origin" : origin === firstOrigin ? "" : ` from ${origin}`,
  ];
  return parts.join("");
}
