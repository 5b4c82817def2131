import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { credentialedPolicy } from "../../../runtime/test/policies.js";
import { COMPARISONS } from "../../../runtime/test/reference.js";
import { type StartApplication, serve } from "../applications/application.js";
import { type Attack, findFaultsUnderAttack } from "./attacked-server.js";
import { hostileRequests } from "./hostile-requests.js";
import { actualFrom, preflightFrom } from "./raw-request.js";
import { trickedOrigins } from "./tricks.js";

/*
 * Servers with the mistakes that CORS code has been caught with: attacks find each of them. So what they do not find in
 * our adapters is not there, or is none of these.
 */

const PATTERN = "https://*.example.com";
const HONEST = "https://app.example.com";
const policy = credentialedPolicy({ origins: [PATTERN], methods: ["PUT"], headers: ["content-type"] });

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server by hand, right but for what a mistake does to it. */
function plant(mistake: {
  readonly allows?: (origin: string) => boolean;
  readonly allowsNames?: (names: string) => boolean;
  readonly onDenied?: Answer;
  readonly onPassed?: Answer;
}): StartApplication {
  const {
    allows = (origin) => COMPARISONS.matchesOrigin(PATTERN, origin),
    allowsNames = (names) => COMPARISONS.allowsHeaders(["content-type"], names),
    onDenied = () => {},
    onPassed = () => {},
  } = mistake;
  return async () => {
    let runs = 0;
    const listening = await serve((request, response) => {
      const { origin, "access-control-request-method": method } = request.headers;
      const names = request.headers["access-control-request-headers"] ?? "";
      const isPreflight = request.method === "OPTIONS" && origin !== undefined && method !== undefined;
      const isOriginAllowed = origin !== undefined && allows(origin);
      response.setHeader("Vary", isPreflight ? PREFLIGHT_VARY : "Origin");
      if (
        isOriginAllowed &&
        (!isPreflight || (["GET", "HEAD", "POST", "PUT"].includes(method) && allowsNames(names)))
      ) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
        if (isPreflight) {
          response.setHeader("Access-Control-Allow-Methods", "PUT");
          response.setHeader("Access-Control-Allow-Headers", "content-type");
        }
        onPassed(request, response);
        response.statusCode = isPreflight ? 204 : 200;
      } else {
        response.statusCode = isPreflight ? 403 : 200;
        if (origin !== undefined) onDenied(request, response);
      }
      if (!isPreflight) runs++;
      response.end(isPreflight ? undefined : "handled");
    });
    return { ...listening, handlerRuns: () => runs };
  };
}

const PREFLIGHT_VARY = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

const MISTAKES: Readonly<Record<string, Parameters<typeof plant>[0]>> = {
  "any origin is allowed": { allows: () => true },
  "the end of the origin decides": { allows: (origin) => origin.endsWith(".example.com") },
  "the expression has no end": { allows: (origin) => /^https:\/\/[a-z0-9.-]+\.example\.com/.test(origin) },
  "the expression has no start": { allows: (origin) => /[a-z0-9-]+\.example\.com$/.test(origin) },
  "the dot is any character": { allows: (origin) => /^https:\/\/[a-z0-9_.-]+example.com$/.test(origin) },
  "the star reaches over everything": { allows: (origin) => /^https:\/\/.+\.example\.com$/.test(origin) },
  "the URL's host decides": {
    allows: (origin) => URL.canParse(origin) && new URL(origin).hostname.endsWith(".example.com"),
  },
  "case is folded": { allows: (origin) => /^https:\/\/([a-z0-9_-]{1,63}\.)+example\.com$/i.test(origin) },
  "null is allowed": { allows: (origin) => origin === "null" || /^https:\/\/[a-z.]+\.example\.com$/.test(origin) },
  "one of several origins is enough": {
    allows: (origin) => origin.split(/, ?/).some((one) => /^https:\/\/[a-z.]+\.example\.com$/.test(one)),
  },
  "any header is allowed": { allowsNames: () => true },
  "the beginning of the headers decides": { allowsNames: (names) => names.startsWith("content-type") || names === "" },
  "the denied are told the first origin": {
    onDenied: (_request, response) => void response.setHeader("Access-Control-Allow-Origin", HONEST),
  },
  "the denied are told their own origin": {
    onDenied: ({ headers }, response) => void response.setHeader("X-Denied", encodeURI(headers.origin ?? "")),
  },
  "the denied get no Vary": { onDenied: (_request, response) => response.removeHeader("Vary") },
  "a denied origin is an error": {
    onDenied: (_request, response) => {
      response.statusCode = 500;
    },
  },
  "requested headers are sent back": {
    allowsNames: () => true,
    onPassed: ({ headers }, response) => {
      const names = headers["access-control-request-headers"] ?? "content-type";
      response.setHeader("Access-Control-Allow-Headers", names);
    },
  },
};

/** The short ones: expressions take long for the others, which is another mistake. */
const requests = [
  ...trickedOrigins
    .filter(({ pattern }) => pattern === PATTERN)
    .flatMap(({ origin }) => [actualFrom(origin), preflightFrom(origin)]),
  ...hostileRequests.map(([, request]) => request),
].filter(({ bytes }) => bytes.length < 1000);

function attack(start: StartApplication): Promise<readonly string[]> {
  const attacks = requests.map(
    (request): Attack =>
      ({ findFault }) =>
        findFault(request),
  );
  return findFaultsUnderAttack(start, policy, HONEST, attacks);
}

describe("attacks", () => {
  test("find nothing wrong with a server that is right", async () => {
    expect(await attack(plant({}))).toEqual([]);
  });

  test.each(Object.entries(MISTAKES))("find that %s", async (_mistake, mistake) => {
    expect((await attack(plant(mistake))).length).toBeGreaterThan(0);
  });
});
