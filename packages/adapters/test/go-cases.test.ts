import type { CompiledPolicy } from "@corslang/runtime";
import { afterAll, describe, expect, test } from "vitest";
import { compileWritten } from "../../runtime/test/browser/written-policy.js";
import { decideByReference } from "../../runtime/test/reference.js";
import { FRAMEWORKS } from "./applications/frameworks.js";
import { rawRequest } from "./attacks/raw-request.js";
import { type GoExchangeCase, type GoPolicyCase, goCases, toWritten } from "./cases/go-cases.js";
import { type JudgedAnswer, judgeAnswer } from "./cases/judged-answer.js";
import { startApplications } from "./cases/started-applications.js";
import { corsLines, send } from "./http-client.js";

/*
 * What the tests of two CORS libraries for Go ask of them, asked of us. Policies: whether they are taken or refused.
 * Requests: what a browser makes of the answer, and whether the handler runs; the form of the answer (which names are
 * listed, in which order, what Vary says) is our own, by docs/language.md. Where we differ, it is on purpose, and here.
 */

/** Policies that the library takes and we refuse, with the code, or the other way round. */
const POLICIES_DIFFER: Readonly<Record<string, { readonly code: string | null; readonly why: string }>> = {
  "origin-ok-trailing-dot": {
    code: "origin-host",
    why: "a dot at the end makes another origin than the one that is meant",
  },
  "origin-ok-secure-cred-4": {
    code: "origin-host",
    why: "a dot at the end makes another origin than the one that is meant",
  },
  "origin-bad-none": { code: null, why: "none is written, and denies everybody; it is no list that was forgotten" },
  "origin-bad-whitespace": { code: null, why: "in a text, blanks separate items; in data, such an origin is refused" },
  "origin-bad-host-bad-punycode": {
    code: null,
    why: "a name that decodes to nothing: no page has it, so it opens nothing",
  },
  "origin-bad-host-hyphen-3-4": { code: null, why: "there are such hosts, r3---sn-x.googlevideo.com among them" },
  "origin-bad-custom-scheme-cred": { code: null, why: "pages of app shells; origin-insecure is about http alone" },
  "method-bad-list": { code: null, why: "in a text, a comma separates items; in data, such a method is refused" },
  "method-canon-normalise": {
    code: "method-case",
    why: "Node refuses methods in lower case, so put for PUT is not guessed",
  },
  "method-canon-star": { code: "star-with-others", why: "what stands beside a star is a mistake, or a star too much" },
  "reqh-canon-star-auth-cred": {
    code: "wildcard-with-credentials",
    why: "with credentials, browsers take * for a name",
  },
  "credstar-pre": { code: "wildcard-with-credentials", why: "what is asked for is never sent back in place of *" },
  "credstar-pre-auth": { code: "wildcard-with-credentials", why: "what is asked for is never sent back in place of *" },
  "credstar-pre-empties": {
    code: "wildcard-with-credentials",
    why: "what is asked for is never sent back in place of *",
  },
  "credstar-pre-other-method": {
    code: "wildcard-with-credentials",
    why: "what is asked for is never sent back in place of *",
  },
  "credanymethod-pre": { code: "wildcard-with-credentials", why: "what is asked for is never sent back in place of *" },
  "any-mixed-sub": { code: "star-with-others", why: "what stands beside a star is a mistake, or a star too much" },
  "classic-star-cred-get": { code: "wildcard-with-credentials", why: "no browser takes such an answer" },
  "classic-case-insensitive": { code: "origin-uppercase", why: "no browser sends such an origin" },
  "classic-wild-h-star": { code: "origin-missing-scheme", why: "the library's own open issue 197" },
  "classic-headers-star": {
    code: "authorization-unclear",
    why: "whether * covers Authorization, the Standard and browsers disagree",
  },
  "classic-cred-pre": { code: "origin-insecure", why: "http with credentials wants unsafe" },
};

/** Requests that we answer otherwise: what a browser makes of our answer, or our status. */
const ANSWERS_DIFFER: Readonly<
  Record<string, Partial<JudgedAnswer> & { readonly status?: number; readonly why: string }>
> = {
  "cred-pre-two-method-lines": {
    status: 403,
    allowOrigin: null,
    allowCredentials: null,
    why: "Node joins the lines, and two methods are no method; browsers send one",
  },
  "nopreflight-safelisted": {
    status: 204,
    browser: "preflight passed",
    allowOrigin: "http://localhost:9090",
    why: "browsers do preflight safelisted methods, for an upload listener",
  },
  "debug-bad-origin": {
    status: 204,
    why: "with debug every failed preflight is 204, so that one thing alone is wrong",
  },
  "some-pre-unsorted": {
    status: 204,
    browser: "preflight passed",
    allowOrigin: "https://example.com:8080",
    allowCredentials: "true",
    why: "people with curl do not sort; the bounds hold all the same",
  },
  "classic-wild-comma": {
    browser: "not readable",
    allowOrigin: null,
    why: "the library's own open issue 131",
  },
  "classic-method-no": { status: 403, why: "a failed preflight is 403" },
  "classic-headers-no": { status: 403, why: "a failed preflight is 403" },
  "classic-headers-default": {
    status: 403,
    browser: "preflight failed",
    allowOrigin: null,
    why: "no header is allowed by default",
  },
  "classic-ows-2": {
    browser: "preflight passed",
    allowOrigin: "http://foobar.com",
    why: "HTTP takes blanks around a value away",
  },
};

const policyCases = goCases.filter((goCase): goCase is GoPolicyCase => goCase.kind === "policy");
const exchangeCases = goCases.filter((goCase): goCase is GoExchangeCase => goCase.kind === "exchange");

/** The cases of requests whose policies we take. */
const answered = exchangeCases.flatMap((goCase) => {
  const written = compileWritten(toWritten(goCase.policy));
  return "compiled" in written ? [{ ...goCase, compiled: written.compiled }] : [];
});

test("every case is here, and every row of the tables is about one", () => {
  expect([policyCases.length, exchangeCases.length]).toEqual([93, 91]);
  const ids = goCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...Object.keys(POLICIES_DIFFER), ...Object.keys(ANSWERS_DIFFER)]));
  const refused = exchangeCases.filter(({ id }) => POLICIES_DIFFER[id]?.code);
  expect(answered.length).toBe(exchangeCases.length - refused.length);
});

test.each(goCases)("$library, policy of $id: $why", (goCase) => {
  const written = compileWritten(toWritten(goCase.policy));
  const isTaken = POLICIES_DIFFER[goCase.id]
    ? POLICIES_DIFFER[goCase.id]?.code === null
    : goCase.kind === "exchange" || goCase.valid;
  expect("compiled" in written, JSON.stringify(written)).toBe(isTaken);
  const code = POLICIES_DIFFER[goCase.id]?.code;
  if ("codes" in written && code) expect(written.codes).toContain(code);
  if (goCase.kind === "exchange" || !("compiled" in written)) return;
  // What the library sorts, folds and thins out means the same as what we keep.
  for (const setting of ["headers", "expose"] as const) {
    const names = new Set([...(written.compiled[setting] ?? [])].map((name) => name.toLowerCase()));
    for (const name of goCase.canonical?.[setting] ?? []) expect(names).toContain(name);
  }
});

/** The library's answer where we agree with it, ours where we do not. */
function expectationOf({ id, request, policy, answer }: GoExchangeCase): JudgedAnswer & { readonly status: number } {
  const headers = Object.entries(answer.headers);
  const { why: _, ...ours } = { why: "", ...ANSWERS_DIFFER[id] };
  return { ...judgeAnswer(request, policy, answer.status, headers, answer.handled), status: answer.status, ...ours };
}

/** All lines of our answer that matter to CORS, by docs/language.md. */
function linesByReference({ request, debug }: GoExchangeCase, compiled: CompiledPolicy): readonly string[] {
  const [requestLine = "", ...headerLines] = request;
  const { facts } = rawRequest(requestLine, ...headerLines);
  return corsLines(Object.entries(facts ? decideByReference(compiled, facts, debug).headers : {}));
}

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  const { applicationFor, closeAll } = startApplications(start);
  afterAll(closeAll);

  test.each(answered)("$library, answer to $id: $why", async (goCase) => {
    const application = await applicationFor(goCase.compiled, goCase.debug);
    const runs = application.handlerRuns();
    const { status, headerLines } = await send(application.port, ...goCase.request);
    const handled = application.handlerRuns() > runs;
    const judged = judgeAnswer(goCase.request, goCase.compiled, status, headerLines, handled);
    expect({ ...judged, status }).toEqual(expectationOf(goCase));
    expect(corsLines(headerLines)).toEqual(linesByReference(goCase, goCase.compiled));
  });
});
