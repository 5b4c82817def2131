import { afterAll, describe, expect, test } from "vitest";
import { fetchInSteps } from "../../runtime/src/browser/fetch.js";
import { casesOf, type PolicyCase } from "../../runtime/test/browser/fetch-cases.js";
import { compileWritten } from "../../runtime/test/browser/written-policy.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { bytesOf } from "./attacks/raw-request.js";
import { judgeAnswer } from "./cases/judged-answer.js";
import { startApplications } from "./cases/started-applications.js";
import { type HttpAnswer, send, valuesOf } from "./http-client.js";

/*
 * The cases of the Fetch Standard that were tried with browsers, asked of real servers: the model of the browser sends
 * what it sends over HTTP. The same cases, with the matcher alone, are in packages/runtime/test/browser; there is also
 * which of their policies the language refuses.
 */

/** The cases whose policies compile, with what they compile to. */
function compiledCases<Case extends { readonly policy: PolicyCase["policy"] }>(cases: readonly Case[]) {
  return cases.flatMap((fetchCase) => {
    const written = compileWritten(fetchCase.policy);
    return "compiled" in written ? [{ ...fetchCase, compiled: written.compiled }] : [];
  });
}

const pages = compiledCases(casesOf("policy"));
const origins = compiledCases(casesOf("raw-origin"));
const preflights = compiledCases(casesOf("raw-preflight"));

test("most cases have a policy that compiles", () => {
  expect([pages.length, origins.length, preflights.length]).toEqual([65, 21, 6]);
});

function expectHeaders(answer: HttpAnswer | null, expected: PolicyCase["expected"]): void {
  if (answer === null) return;
  for (const [name, value] of Object.entries(expected.sent ?? {})) expect(valuesOf(answer, name)).toEqual([value]);
  for (const name of expected.notSent ?? []) expect(valuesOf(answer, name)).toEqual([]);
}

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  const { applicationFor, closeAll } = startApplications(start);
  afterAll(closeAll);

  test.each(pages)("$id: $why", async ({ compiled, page, expected }) => {
    const { port } = await applicationFor(compiled);
    let answer: HttpAnswer | null = null;
    const steps = fetchInSteps(page);
    let step = steps.next();
    while (!step.done) {
      const { facts, headers } = step.value;
      const lines = headers.map(([name, value]) => `${name}: ${value}`);
      answer = await send(port, `${facts.method} /resource`, ...lines);
      step = steps.next({ status: answer.status, headers: answer.headerLines });
    }
    const experience = step.value;
    const preflight = experience.outcome === "refused" ? null : experience.preflight;
    expect(experience.outcome === "readable", JSON.stringify(experience)).toBe(expected.readable);
    expect(preflight !== null).toBe(expected.preflight);
    expectHeaders(answer, expected);
  });

  test.each(origins)("$id: $why", async ({ compiled, request, expected }) => {
    const { port } = await applicationFor(compiled);
    const answer = await send(port, `${request.method} /resource`, `Origin: ${bytesOf(request.origin)}`);
    expect(valuesOf(answer, "Access-Control-Allow-Origin")).toEqual(expected.granted ? [request.origin] : []);
    for (const name of expected.notSent ?? []) expect(valuesOf(answer, name)).toEqual([]);
  });

  test.each(preflights)("$id: $why", async ({ compiled, request, expected }) => {
    const { port } = await applicationFor(compiled);
    const { origin, requestMethod, requestHeaders } = request;
    const lines = [
      "OPTIONS /resource",
      `Origin: ${origin}`,
      ...(requestMethod == null ? [] : [`Access-Control-Request-Method: ${requestMethod}`]),
      ...(requestHeaders == null ? [] : [`Access-Control-Request-Headers: ${requestHeaders}`]),
    ];
    const { status, headerLines } = await send(port, ...lines);
    const { browser } = judgeAnswer(lines, { credentials: true }, status, headerLines, false);
    expect(browser).toBe(expected.passed ? "preflight passed" : "preflight failed");
  });
});
