/* What is expected of an exchange: by hand, by its policy, and by the model of the browser. */

import type { Experience } from "@corslang/runtime/testing";
import { expect } from "vitest";
import { getHeader } from "../../packages/runtime/src/browser/header-list.js";
import type { BrowserName, Difference, Exchange, Step } from "./exchanges/exchange.js";
import { explainStep } from "./explain-step.js";
import type { LiteralObservation } from "./literal-cases.js";
import { describeSent, experienceByPolicy, type Prediction, predict, toPageRequest } from "./model.js";
import type { StepResult } from "./page/pages.js";
import { describeRequest, type Observation } from "./run-exchanges.js";

type Outcome = Step["outcome"];

function isPreflight(line: string): boolean {
  return line.startsWith("OPTIONS for");
}

function namesOf({ headers }: Extract<StepResult, { outcome: "readable" }>): readonly string[] {
  return [...new Set(headers.map(([name]) => name.toLowerCase()))].sort();
}

/** What a script got, in the words of the exchanges; the name of an error that is none of CORS's. */
function outcomeOf(result: StepResult | undefined, wasSent: boolean): string {
  if (result === undefined) return "nothing";
  if (result.outcome !== "error") return result.outcome;
  // XMLHttpRequest throws a SecurityError or a SyntaxError instead.
  if (!wasSent) return "refused";
  return result.name === "TypeError" ? "unreadable" : result.name;
}

function outcomeOfExperience({ outcome }: Experience): Outcome {
  return outcome === "readable" || outcome === "refused" ? outcome : "unreadable";
}

/** A browser has sent what the exchange says, and its scripts have got what the steps say. */
export function verifyByHand(browser: BrowserName, observation: Observation): void {
  const { exchange, results, requests, handled, consoleMessages, origin } = observation;
  const { sent, outcomes = exchange.steps.map(({ outcome }) => outcome) }: Pick<Difference, "sent" | "outcomes"> =
    exchange.differences?.[browser] ?? { sent: exchange.sent };
  const lines = requests.map((request) => describeRequest(request, origin));

  expect({ sent: lines, outcomes: results.map((result) => outcomeOf(result, lines.length > 0)) }).toEqual({
    sent,
    outcomes,
  });
  const methods = sent.filter((line) => !isPreflight(line)).map((line) => line.split(" ", 1).join());
  expect(handled).toEqual(exchange.handled ?? methods);
  for (const [index, step] of exchange.steps.entries()) verifyResult(step, results[index]);
  for (const request of requests.filter((_request, index) => isPreflight(lines[index] ?? ""))) {
    expect([getHeader("cookie", request.headers), getHeader("authorization", request.headers)]).toEqual([null, null]);
  }
  if (exchange.console) expect(consoleMessages.join("\n")).toContain(exchange.console[browser]);
}

function verifyResult({ status = 200, text, readsHeaders = [], lacksHeaders = [] }: Step, result?: StepResult): void {
  if (result?.outcome !== "readable") return;
  expect(result.status).toBe(status);
  if (text !== undefined) expect(result.text).toBe(text);
  const names = namesOf(result);
  expect(names).toEqual(expect.arrayContaining([...readsHeaders]));
  expect(lacksHeaders.filter((name) => names.includes(name))).toEqual([]);
}

/** The policy alone, asked by way of the model, says what the exchange says. No browser takes part in it. */
export function verifyPolicy(exchange: Exchange): void {
  const experience = experienceByPolicy(exchange);
  const [{ outcome }] = exchange.steps;
  const preflight = experience.outcome === "refused" ? null : experience.preflight;
  const facts = preflight?.facts;
  const names = facts?.requestHeaders == null ? "" : ` with ${facts.requestHeaders}`;
  expect([outcomeOfExperience(experience), facts ? `OPTIONS for ${facts.requestMethod}${names}` : undefined]).toEqual([
    outcome,
    exchange.sent.find(isPreflight),
  ]);
}

function verifyPrediction(prediction: Prediction, result: StepResult | undefined, requests: Observation["requests"]) {
  const { experience, sends } = prediction;
  expect(describeSent(requests)).toEqual(sends);
  expect(outcomeOf(result, requests.length > 0)).toBe(outcomeOfExperience(experience));
  if (experience.outcome !== "readable" || result?.outcome !== "readable") return;
  const { response, headerNames } = experience;
  expect({ status: result.status, headerNames: namesOf(result) }).toEqual({ status: response.status, headerNames });
}

/** Names of response headers that an exchange says something of. */
function namesSpokenOf({ readsHeaders = [], lacksHeaders = [] }: Step): readonly string[] {
  return [...readsHeaders, ...lacksHeaders];
}

/** `cors-compile explain` says of each step what is written down. No browser takes part in it. */
export function verifyExplanation(exchange: Exchange): void {
  for (const step of exchange.steps) {
    const { experience, obstacles } = explainStep(exchange, step, namesSpokenOf(step));
    expect(outcomeOfExperience(experience)).toBe(step.outcome);
    const hidden = obstacles.flatMap((obstacle) => (obstacle.step.kind === "read" ? [obstacle.step.name] : []));
    if (experience.outcome === "readable") expect(hidden).toEqual(step.lacksHeaders ?? []);
  }
}

/** As {@link verifyExplanation}, with what the browser did in place of what is written down. */
export function verifyByExplanation({ exchange, results, requests }: Observation): void {
  for (const [index, step] of exchange.steps.entries()) {
    const { experience, steps } = explainStep(exchange, step, namesSpokenOf(step));
    const result = results[index];
    expect(outcomeOfExperience(experience)).toBe(outcomeOf(result, requests.length > 0));
    if (result?.outcome !== "readable") continue;
    const names = namesOf(result);
    for (const read of steps)
      if (read.kind === "read") expect([read.name, names.includes(read.name)]).toEqual([read.name, read.passes]);
  }
}

/** The model, with the answers that the browser got, does what the browser did. */
export function verifyByModel({ exchange, results, requests, origin }: Observation): void {
  verifyPrediction(predict(toPageRequest(exchange, origin), requests), results[0], requests);
}

/** As {@link verifyByModel}, and the browser did as it did when it was observed before. */
export function verifyLiteral(browser: BrowserName, { literalCase, result, requests }: LiteralObservation): void {
  const { page, observed, expected, differs } = literalCase;
  const isReadable = observed[browser] ?? expected.readable;
  expect(result.outcome).toBe(isReadable ? "readable" : "error");
  if (isReadable === expected.readable && differs?.[browser] === undefined) {
    verifyPrediction(predict(page, requests), result, requests);
  }
}
