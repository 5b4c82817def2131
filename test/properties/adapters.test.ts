import { type CompiledPolicy, createMatcher, createPolicyRef, mergeVary } from "@corslang/runtime";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Application } from "../../packages/adapters/test/applications/application.js";
import { FRAMEWORKS } from "../../packages/adapters/test/applications/frameworks.js";
import { openRawConnection } from "../../packages/adapters/test/attacks/raw-connection.js";
import { bytesOf, type RawRequest, rawRequest } from "../../packages/adapters/test/attacks/raw-request.js";
import { corsLines } from "../../packages/adapters/test/http-client.js";
import { anonymousPolicy } from "../../packages/runtime/test/policies.js";
import { policies, type RequestWithOrigin, requestsNear } from "./generators/policies.js";
import { expectToFail, expectToHold, SEED } from "./generators/seed.js";

/*
 * Every adapter answers as the bare runtime decides, over real HTTP: one server for each framework, with and without
 * `debug`, whose policy is replaced for each run, and one connection to each, which is kept open.
 */

const RUNS = 150;

/** What every application has a handler for, of those that are asked; the bodies of answers to HEAD can't be counted. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const OWN_VARY: Readonly<Record<string, string>> = { "/resource": "", "/own-vary": "Accept-Encoding, Accept" };

/** A request as it goes over the wire: a header in one line or in two. */
function toRawRequest(request: RequestWithOrigin, path: string, inTwoLines: boolean): RawRequest {
  const method = METHODS.includes(request.method) ? request.method : "GET";
  const lines = [
    ["Origin", request.origin],
    ["Access-Control-Request-Method", request.requestMethod],
    ["Access-Control-Request-Headers", request.requestHeaders],
  ] as const;
  const headerLines = lines.flatMap(([name, value]) => {
    if (value == null) return [];
    const comma = inTwoLines ? value.indexOf(",") : -1;
    const parts = comma < 0 ? [value] : [value.slice(0, comma), value.slice(comma + 1)];
    return parts.map((part) => `${name}: ${bytesOf(part)}`);
  });
  return rawRequest(`${method} ${path}`, ...headerLines);
}

/** A policy, and requests that Node's parser takes; what it refuses never reaches an adapter. */
const exchanges = policies.chain((policy) =>
  fc.tuple(
    fc.constant(policy),
    fc
      .array(
        fc
          .tuple(requestsNear(policy, 1), fc.constantFrom(...Object.keys(OWN_VARY)), fc.boolean())
          .map(([[request], path, inTwoLines]) => request && { path, ...toRawRequest(request, path, inTwoLines) })
          .filter((request) => request !== undefined && request.facts !== null),
        { minLength: 1, maxLength: 16 },
      )
      .map((requests) => requests.filter((request) => request !== undefined)),
  ),
);

type Request = RawRequest & { readonly path: string };
interface ExpectedAnswer {
  readonly status: number;
  readonly lines: readonly string[];
}
type DecideBare = (policy: CompiledPolicy, request: Request, debug: boolean) => ExpectedAnswer;

/** What a decision of the bare runtime amounts to. */
const decideBare: DecideBare = (policy, { facts, path }, debug) => {
  if (facts === null) throw new Error("a request that is refused is not decided");
  const { status, allowOrigin, headers, vary } = createMatcher(policy).decide(facts, debug);
  // A preflight is answered before the handler, which has a Vary of its own.
  const merged = mergeVary(status === null ? OWN_VARY[path] : "", vary);
  return {
    status: status ?? 200,
    lines: corsLines([
      ...(allowOrigin === null
        ? []
        : [["Access-Control-Allow-Origin", allowOrigin === "*" ? "*" : (facts.origin ?? "")] as const]),
      ...headers,
      ...(merged === "" ? [] : [["Vary", merged] as const]),
    ]),
  };
};

describe(`adapters, CORSLANG_SEED=${SEED}`, () => {
  const current = createPolicyRef(createMatcher(anonymousPolicy()));
  const servers: {
    readonly name: string;
    readonly debug: boolean;
    readonly application: Application;
    readonly connection: ReturnType<typeof openRawConnection>;
  }[] = [];
  let asked = 0;

  beforeAll(async () => {
    for (const [framework, start] of FRAMEWORKS) {
      for (const debug of [false, true]) {
        const application = await start(current, { debug });
        const connection = openRawConnection(application.port);
        servers.push({ name: debug ? `${framework} with debug` : framework, debug, application, connection });
      }
    }
  });
  afterAll(async () => {
    for (const { application, connection } of servers) {
      connection.close();
      await application.close();
    }
  });

  function agreement(decide: DecideBare): fc.IAsyncProperty<[[CompiledPolicy, Request[]]]> {
    return fc.asyncProperty(exchanges, async ([policy, requests]) => {
      current.replace(policy);
      const bytes = requests.map((request) => request.bytes).join("");
      await Promise.all(
        servers.map(async ({ name, debug, application, connection }) => {
          const expected = requests.map((request) => decide(policy, request, debug));
          const runsBefore = application.handlerRuns();
          const answers = await connection.send(bytes, requests.length);
          asked += answers.length;
          const actual = answers.map(({ status, headerLines }) => ({ status, lines: corsLines(headerLines) }));
          expect(actual, name).toEqual(expected);
          const runs = application.handlerRuns() - runsBefore;
          expect(runs, `${name}: handler runs`).toBe(expected.filter(({ status }) => status === 200).length);
        }),
      );
    });
  }

  test("answer as the bare runtime decides", async () => {
    await expectToHold(agreement(decideBare), RUNS);
    console.info(`CORSLANG_SEED=${SEED}: ${asked} answers of ${servers.length} servers`);
    expect(servers.length).toBe(2 * FRAMEWORKS.length);
    expect(asked).toBeGreaterThan(RUNS * servers.length);
  });

  /** The runtime with a mistake, so that no adapter is right. */
  const BUGS: Readonly<Record<string, DecideBare>> = {
    "a name is lost from Vary": (...args) => {
      const { status, lines } = decideBare(...args);
      return { status, lines: lines.map((line) => line.replace(", origin", "")) };
    },
    "a failed preflight reaches the handler": (...args) => {
      const { status, lines } = decideBare(...args);
      return { status: status === 403 ? 200 : status, lines };
    },
    "the second line of a header is not read": (policy, request, debug) => {
      const { facts } = request;
      const first = facts?.requestHeaders?.split(", ")[0];
      return decideBare(policy, { ...request, facts: facts && { ...facts, requestHeaders: first } }, debug);
    },
    "the origin is compared without case": (policy, request, debug) => {
      const { facts } = request;
      const origin = facts?.origin?.toLowerCase();
      return decideBare(policy, { ...request, facts: facts && { ...facts, origin } }, debug);
    },
  };

  test.each(Object.entries(BUGS))("disagree with a runtime in which %s", async (_name, decide) => {
    await expectToFail(agreement(decide), RUNS);
  });
});
