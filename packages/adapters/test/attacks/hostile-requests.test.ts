import type { CompiledPolicy } from "@corslang/runtime";
import { describe, expect, test } from "vitest";
import type { DecisionReport } from "../../src/options.js";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { account, listedOrigins, openAll, openLists, patterns } from "../policies.js";
import { type Attack, answerByReference, findFaultsUnderAttack } from "./attacked-server.js";
import { hostileRequests } from "./hostile-requests.js";
import { actualFrom, preflightFrom, type RawRequest, rawRequest } from "./raw-request.js";

const POLICIES: readonly CompiledPolicy[] = [account, patterns, listedOrigins, openLists, openAll];
const HONEST = "https://app.example.com";

const preflight = rawRequest(
  "OPTIONS /resource",
  `Origin: ${HONEST}`,
  "Access-Control-Request-Method: PUT",
  "Access-Control-Request-Headers: content-type",
);
const denied = rawRequest("OPTIONS /resource", "Origin: https://evil.test", "Access-Control-Request-Method: PUT");

/** All kinds of requests in turn, so that an answer that is another's would be seen. */
const IN_TURN: readonly RawRequest[] = [
  actualFrom(HONEST),
  actualFrom("https://evil.test"),
  preflight,
  actualFrom("null"),
  denied,
  rawRequest("GET /resource"),
  rawRequest("GET /own-cors", "Origin: https://evil.test"),
  actualFrom("https://app.example.com.evil.test"),
  rawRequest("GET /missing", `Origin: ${HONEST}`),
  preflightFrom("https://evil.test"),
];

/** A body that looks like a request: of another origin, which must not get an answer of its own. */
function smuggling(inner: RawRequest): RawRequest {
  const { bytes, facts } = rawRequest(
    "POST /resource",
    "Origin: https://evil.test",
    `Content-Length: ${inner.bytes.length}`,
  );
  return { bytes: bytes + inner.bytes, facts };
}

test("each hostile request has a name of its own", () => {
  expect(hostileRequests.length).toBe(548);
  expect(new Set(hostileRequests.map(([name]) => name)).size).toBe(548);
});

describe.each(FRAMEWORKS)("%s", (_framework, start) => {
  test.each(POLICIES)(
    "answers every hostile request rightly, and plain ones afterwards, under $name",
    async (policy) => {
      const attacks = hostileRequests.map(
        ([name, request]): Attack =>
          async ({ findFault }) => {
            const fault = await findFault(request);
            return fault && `${name}: ${fault}`;
          },
      );
      expect(await findFaultsUnderAttack(start, policy, HONEST, attacks)).toEqual([]);
    },
  );

  test("answers and explains every hostile request rightly, with debug and a listener", async () => {
    const reports: DecisionReport[] = [];
    const attacks = hostileRequests.map(
      ([name, request]): Attack =>
        async ({ findFault }) => {
          reports.length = 0;
          const fault = await findFault(request);
          const seen = reports.map(({ outcome, denial }) => ({ outcome, denial }));
          const expected = request.facts ? [answerByReference(account, request.facts, true)] : [];
          const right = expected.map(({ outcome, denial }) => ({ outcome, denial }));
          if (fault !== null) return `${name}: ${fault}`;
          const isReported = JSON.stringify(seen) === JSON.stringify(right);
          return isReported ? null : `${name}: reports ${JSON.stringify(seen)} instead of ${JSON.stringify(right)}`;
        },
    );
    const options = { debug: true, onDecision: (report: DecisionReport) => void reports.push(report) };
    expect(await findFaultsUnderAttack(start, account, HONEST, attacks, options)).toEqual([]);
  });

  test("answers plain requests rightly after requests that were broken off at any byte", async () => {
    const attacks = Array.from(
      { length: preflight.bytes.length },
      (_, length): Attack =>
        async ({ sendHalf }) => {
          await sendHalf(preflight, length);
          return null;
        },
    );
    expect(await findFaultsUnderAttack(start, account, HONEST, attacks)).toEqual([]);
  });

  test("answers requests that come in parts as if they came at once", async () => {
    const attacks = [1, 2, 3, 7, 50].flatMap((length) =>
      [preflight, denied, actualFrom(HONEST), actualFrom("https://evil.test")].map(
        (request): Attack =>
          ({ findFaultOfParts }) =>
            findFaultOfParts(request, length),
      ),
    );
    expect(await findFaultsUnderAttack(start, account, HONEST, attacks)).toEqual([]);
  });

  test("answers requests that come at once in their order, each its own", async () => {
    const attacks = IN_TURN.map(
      (_, first): Attack =>
        ({ findFaultOfPipelined }) => {
          const turned = [...IN_TURN.slice(first), ...IN_TURN.slice(0, first)];
          return findFaultOfPipelined([...turned, ...turned, ...turned]);
        },
    );
    expect(await findFaultsUnderAttack(start, account, HONEST, attacks)).toEqual([]);
  });

  test("gives one answer to a request whose body is another one", async () => {
    const attacks = [actualFrom(HONEST), preflight, actualFrom("https://evil.test")].map(
      (inner): Attack =>
        ({ findFaultOfPipelined }) =>
          findFaultOfPipelined([smuggling(inner), rawRequest("GET /resource")]),
    );
    expect(await findFaultsUnderAttack(start, account, HONEST, attacks)).toEqual([]);
  });
});
