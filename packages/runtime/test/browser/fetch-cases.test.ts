import { describe, expect, test } from "vitest";
import { simulateFetch } from "../../src/browser/fetch.js";
import { getHeader } from "../../src/browser/header-list.js";
import { findPreflightFailure } from "../../src/browser/preflight.js";
import type { Server } from "../../src/browser/server.js";
import type { Header } from "../../src/index.js";
import { compileServer, createLiteralServer, createNaiveServer } from "./fetch-case-servers.js";
import { casesOf, fetchCases, type LiteralCase, type PolicyCase } from "./fetch-cases.js";

/** Policies that our language refuses, by case. They are run against a server that does as they say all the same. */
const REFUSED_BY_THE_LANGUAGE: Readonly<Record<string, { readonly code: string; readonly why: string }>> = {
  p071: { code: "origin-host", why: "a host with a dot at the end is another origin than the one that is meant" },
  p080: { code: "origin-null", why: "any site can make a page of the origin null, and here it comes with cookies" },
  p101: { code: "authorization-unclear", why: "whether * covers Authorization, the Standard and browsers disagree" },
  p120: { code: "wildcard-with-credentials", why: "with credentials, browsers take * for a name" },
  p121: { code: "wildcard-with-credentials", why: "with credentials, browsers take * for a name" },
  p173: { code: "method-case", why: "Node's server answers a lower-case method with 400" },
  p175: { code: "method-case", why: "nobody means a method in mixed case" },
  r189: { code: "wildcard-with-credentials", why: "with credentials, browsers take * for a name" },
};

const CLIENT_HINT = "Chromium safelists the old client hints, which the Standard does not know";

/** Where browsers do otherwise than the Standard says. The model goes by the Standard. */
const BROWSERS_DIFFER: Readonly<Record<string, string>> = {
  p101: "no browser has taken up yet that * does not cover Authorization; this alone changes what the page may do",
  "l-header-123": "Firefox does not make the names of Access-Control-Request-Headers unique",
  "l-header-151": CLIENT_HINT,
  "l-header-153": CLIENT_HINT,
  "l-header-154": CLIENT_HINT,
  "l-header-156": CLIENT_HINT,
  "l-safelist-215": "Chromium and WebKit join lines of one name and judge the whole; Firefox sets no limit to the sum",
  "l-safelist-216": "Chromium and WebKit join lines of one name and judge the whole",
};

function serverOf({ id, policy }: Pick<PolicyCase, "id" | "policy">): Server {
  const compiled = compileServer(policy);
  if (!(id in REFUSED_BY_THE_LANGUAGE)) {
    if ("server" in compiled) return compiled.server;
    throw new Error(`${id} does not compile: ${compiled.codes.join(", ")}`);
  }
  return createNaiveServer(policy);
}

function namesOf(headers: readonly Header[]): string[] {
  return headers.map(([name]) => name.toLowerCase());
}

function verify({ page, expected }: LiteralCase | PolicyCase, server: Server): void {
  const experience = simulateFetch(page, server);
  const preflight = experience.outcome === "refused" ? null : experience.preflight;
  const headerNames = experience.outcome === "readable" ? experience.headerNames : [];

  expect(experience.outcome === "readable", JSON.stringify(experience)).toBe(expected.readable);
  expect(preflight !== null).toBe(expected.preflight);
  if (expected.requestMethod !== undefined) expect(preflight?.facts.requestMethod).toBe(expected.requestMethod);
  if (expected.requestHeaders !== undefined) expect(preflight?.facts.requestHeaders).toBe(expected.requestHeaders);
  for (const name of expected.readableNames ?? []) expect(headerNames).toContain(name);
  for (const name of expected.unreadableNames ?? []) expect(headerNames).not.toContain(name);

  const { headers } = server({ method: "GET", origin: page.origin, requestMethod: null, requestHeaders: null });
  for (const [name, value] of Object.entries(expected.sent ?? {})) expect(getHeader(name, headers)).toBe(value);
  for (const name of expected.notSent ?? []) expect(namesOf(headers)).not.toContain(name);
}

test("every case is run, and every row of the tables is about one", () => {
  const counts = { literal: 0, policy: 0, "raw-origin": 0, "raw-preflight": 0 };
  for (const { kind } of fetchCases) counts[kind]++;
  expect(counts).toEqual({ literal: 140, policy: 72, "raw-origin": 21, "raw-preflight": 7 });
  const ids = fetchCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(240);
  expect(ids).toEqual(expect.arrayContaining(Object.keys(REFUSED_BY_THE_LANGUAGE)));
});

test("browsers differ from the Standard where the table says so, and nowhere else", () => {
  const different = [...casesOf("literal"), ...casesOf("policy")].filter(({ observed, expected, differs }) => {
    return differs !== undefined || Object.values(observed).some((readable) => readable !== expected.readable);
  });
  expect(different.map(({ id }) => id).sort()).toEqual(Object.keys(BROWSERS_DIFFER).sort());
});

describe("responses as they are", () => {
  test.each(casesOf("literal"))("$id: $why", (fetchCase) => {
    verify(fetchCase, createLiteralServer(fetchCase));
  });
});

describe("policies", () => {
  test.each(casesOf("policy"))("$id: $why", (fetchCase) => {
    verify(fetchCase, serverOf(fetchCase));
  });

  test.each(Object.entries(REFUSED_BY_THE_LANGUAGE))("the language refuses that of %s", (id, { code }) => {
    const { policy } = [...casesOf("policy"), ...casesOf("raw-preflight")].find((other) => other.id === id) ?? {};
    expect(policy && compileServer(policy)).toEqual({ codes: expect.arrayContaining([code]) });
  });
});

describe("origins that no page has", () => {
  test.each(casesOf("raw-origin"))("$id: $why", (fetchCase) => {
    const { request, expected } = fetchCase;
    const { headers } = serverOf(fetchCase)({ ...request, requestMethod: null, requestHeaders: null });
    expect(getHeader("Access-Control-Allow-Origin", headers)).toBe(expected.granted ? request.origin : null);
    for (const name of expected.notSent ?? []) expect(namesOf(headers)).not.toContain(name);
  });
});

describe("preflights that are written in other ways", () => {
  test.each(casesOf("raw-preflight"))("$id: $why", (fetchCase) => {
    const { origin, requestMethod, requestHeaders } = fetchCase.request;
    const response = serverOf(fetchCase)({ method: "OPTIONS", ...fetchCase.request });
    const unsafeNames = (requestHeaders ?? "").split(",").filter((name) => name !== "");
    const failure = findPreflightFailure(
      {
        origin,
        method: requestMethod ?? "",
        headers: [],
        unsafeNames,
        credentials: "include",
        useCorsPreflight: false,
      },
      response,
    );
    expect(failure === null, JSON.stringify(failure)).toBe(fetchCase.expected.passed);
  });
});
