import type { PageRequest } from "@corslang/runtime/testing";
import { createMatcherServer, type Experience, simulateFetch } from "@corslang/runtime/testing";
import { fetchInSteps } from "../../packages/runtime/src/browser/fetch.js";
import { getHeader } from "../../packages/runtime/src/browser/header-list.js";
import { APP, type Exchange, isOpaque, isOwnPage, pageOf } from "./exchanges/exchange.js";
import { policyOf } from "./policies.js";
import type { WireRequest } from "./servers/wire.js";

/** Whether the model of the browser knows of all that there is in an exchange. */
export function isModelled({ steps, beyondModel }: Exchange): boolean {
  return steps.length === 1 && beyondModel === undefined;
}

/** What the model is told of a page: the first step of an exchange. */
export function toPageRequest({ steps: [step] }: Exchange, origin: string = originOf(step)): PageRequest {
  const { method = "GET", headers = [], credentials = "same-origin", body, by } = step;
  return {
    origin,
    method,
    headers,
    credentials,
    body,
    uploadListener: by === "XMLHttpRequest with an upload listener",
    isSameOrigin: isOwnPage(pageOf(step)),
  };
}

function originOf(step: Exchange["steps"][0]): string {
  const page = pageOf(step);
  // Of a server's own page, the policy is not asked.
  return isOpaque(page) ? "null" : isOwnPage(page) ? APP : page;
}

/** What a page experiences by a policy alone: a server that answers with the policy's decision. */
export function experienceByPolicy(exchange: Exchange): Experience {
  return simulateFetch(toPageRequest(exchange), createMatcherServer(policyOf(exchange.mount)));
}

/** What the model does with answers that a browser got. */
export interface Prediction {
  readonly experience: Experience;
  /** The requests that the model sends: lines of the headers that CORS has a part in. */
  readonly sends: readonly string[];
}

/** The method, and what of the headers the model says, too. */
function describe(method: string, headers: WireRequest["headers"]): string {
  const names = ["origin", "access-control-request-method", "access-control-request-headers"];
  return [method, ...names.map((name) => `${name}: ${getHeader(name, headers)}`)].join("\n");
}

/** What a browser has sent, as {@link Prediction.sends} has it. */
export function describeSent(requests: readonly WireRequest[]): readonly string[] {
  return requests.map(({ method, headers }) => describe(method, headers));
}

/**
 * Gives the model of the browser the answers that a browser got, one by one.
 *
 * @throws Error where the model sends more than the browser has sent.
 */
export function predict(page: PageRequest, requests: readonly WireRequest[]): Prediction {
  const steps = fetchInSteps(page);
  const sends: string[] = [];
  const answers = requests.values();
  let step = steps.next();
  while (!step.done) {
    sends.push(describe(step.value.facts.method, step.value.headers));
    const answer = answers.next().value?.answer();
    if (!answer) throw new Error(`the browser has not sent what the model sends: ${sends.at(-1)}`);
    step = steps.next(answer);
  }
  return { experience: step.value, sends };
}
