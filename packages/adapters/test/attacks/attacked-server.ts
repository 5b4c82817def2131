import { type CompiledPolicy, type CorsRequest, createMatcher } from "@corslang/runtime";
import { type Answer, decideByReference } from "../../../runtime/test/reference.js";
import type { Options } from "../../src/options.js";
import type { StartApplication } from "../applications/application.js";
import { corsLines } from "../http-client.js";
import { openRawConnection, type RawAnswer } from "./raw-connection.js";
import { actualFrom, preflightFrom, type RawRequest } from "./raw-request.js";

/** A server that is attacked. What is wrong with its answers is told in words; `null` where nothing is. */
export interface AttackedServer {
  /** Sends a request and judges the answer by docs/language.md, by way of the plain reference that tests alone use. */
  readonly findFault: (request: RawRequest) => Promise<string | null>;
  /** Sends requests in one go over one connection, and judges the answers and their order. */
  readonly findFaultOfPipelined: (requests: readonly RawRequest[]) => Promise<string | null>;
  /** Sends a request in parts of so many bytes, each when the one before is on its way. */
  readonly findFaultOfParts: (request: RawRequest, lengthOfPart: number) => Promise<string | null>;
  /** Sends the first bytes of a request and breaks the connection off. */
  readonly sendHalf: (request: RawRequest, length: number) => Promise<void>;
}

/** Does to a server what is to be tried, and tells what was wrong; `null` where nothing was. */
export type Attack = (server: AttackedServer) => Promise<string | null>;

/** Shorter texts of a request can be in an answer by chance. */
const SHORTEST_REFLECTION = 6;

/** The reference takes long for long headers, and each framework is asked the same. */
const expectations = { debug: new Map<CompiledPolicy, Expected>(), plain: new Map<CompiledPolicy, Expected>() };
type Expected = Map<CorsRequest, Answer>;

/** As the reference decides; it is asked once for each request. */
export function answerByReference(policy: CompiledPolicy, facts: CorsRequest, debug: boolean): Answer {
  const answers = expectations[debug ? "debug" : "plain"];
  const ofPolicy = answers.get(policy) ?? new Map<CorsRequest, Answer>();
  const answer = ofPolicy.get(facts) ?? decideByReference(policy, facts, debug);
  answers.set(policy, ofPolicy.set(facts, answer));
  return answer;
}

function judge(
  policy: CompiledPolicy,
  debug: boolean,
  { facts, bytes }: RawRequest,
  answer: RawAnswer,
  handlerRuns: number | null,
): readonly string[] {
  const faults: string[] = [];
  const lines = corsLines(answer.headerLines);
  if (facts === null) {
    if (![400, 431].includes(answer.status)) faults.push(`is not refused but answered with ${answer.status}`);
    if (lines.length > 0) faults.push(`is refused, with ${lines}`);
    for (const line of bytes.split("\r\n").slice(2)) {
      const value = line.slice(line.indexOf(":") + 1).trim();
      if (value.length >= SHORTEST_REFLECTION && answer.text.includes(value))
        faults.push(`reflects ${value.slice(0, 100)}`);
    }
    return faults;
  }
  const { status, headers, outcome } = answerByReference(policy, facts, debug);
  const expected = corsLines(Object.entries(headers));
  if (JSON.stringify(lines) !== JSON.stringify(expected)) faults.push(`has [${lines}] instead of [${expected}]`);
  // What the policy does not answer, the application does: it may not know a path or a method, but never fails.
  if (status === null ? answer.status >= 500 : answer.status !== status) faults.push(`has the status ${answer.status}`);
  if (status !== null && answer.body !== "") faults.push(`has the body ${answer.body}`);
  if (status !== null && handlerRuns !== null && handlerRuns !== 0) faults.push("has reached the handler");
  // With debug a failed preflight has what it earned, an allowed origin among it.
  if (outcome === "actual-denied" || (outcome === "preflight-failed" && !("Access-Control-Allow-Origin" in headers))) {
    for (const text of [facts.origin, facts.requestHeaders]) {
      if (text && text.length >= SHORTEST_REFLECTION && answer.text.includes(text))
        faults.push(`reflects ${text.slice(0, 100)}`);
    }
  }
  return faults;
}

/**
 * Starts a server, attacks it, asks it plainly after each attack, and ends it. One server at a time in a process: what is
 * thrown could be of another one.
 *
 * @param honestOrigin - One that the policy allows.
 * @returns What was wrong: with the answers to attacks, with those to plain requests afterwards, and every error that was
 * thrown in the server's process where nobody has caught it.
 */
export async function findFaultsUnderAttack(
  start: StartApplication,
  policy: CompiledPolicy,
  honestOrigin: string,
  attacks: readonly Attack[],
  options: Pick<Options<unknown>, "debug" | "onDecision"> = {},
): Promise<readonly string[]> {
  const faults: string[] = [];
  const catchError = (error: unknown) => void faults.push(`thrown in the server's process: ${error}`);
  process.on("uncaughtExceptionMonitor", catchError).on("unhandledRejection", catchError);
  const application = await start(createMatcher(policy), options);
  const connection = openRawConnection(application.port);

  function tell(requests: readonly RawRequest[], answers: readonly RawAnswer[], runs: number | null): string | null {
    const faults: string[] = [];
    if (answers.length !== requests.length) faults.push(`${answers.length} answers to ${requests.length} requests`);
    for (const [index, request] of requests.entries()) {
      const answer = answers[index];
      for (const fault of answer ? judge(policy, options.debug ?? false, request, answer, runs) : []) {
        faults.push(`${JSON.stringify(request.bytes.slice(0, 300))} ${fault}`);
      }
    }
    return faults.length > 0 ? faults.join("\n") : null;
  }

  async function sendAndTell(
    requests: readonly RawRequest[],
    bytes: string | readonly string[],
  ): Promise<string | null> {
    const runsBefore = application.handlerRuns();
    const answers = await connection.send(bytes, requests.length);
    return tell(requests, answers, requests.length === 1 ? application.handlerRuns() - runsBefore : null);
  }

  function findFault(request: RawRequest): Promise<string | null> {
    return sendAndTell([request], request.bytes);
  }

  const server: AttackedServer = {
    findFault,
    findFaultOfPipelined: (requests) => sendAndTell(requests, requests.map(({ bytes }) => bytes).join("")),
    findFaultOfParts(request, lengthOfPart) {
      const parts: string[] = [];
      for (let start = 0; start < request.bytes.length; start += lengthOfPart) {
        parts.push(request.bytes.slice(start, start + lengthOfPart));
      }
      return sendAndTell([request], parts);
    },
    sendHalf: ({ bytes }, length) => connection.sendAndLeave(bytes.slice(0, length)),
  };
  const afterwards = [honestOrigin, "https://evil.test"].flatMap((origin) => [
    actualFrom(origin),
    preflightFrom(origin),
  ]);

  try {
    for (const [index, attack] of attacks.entries()) {
      const fault = await attack(server);
      if (fault !== null) faults.push(fault);
      const plain = afterwards[index % afterwards.length];
      const faultAfterwards = plain ? await findFault(plain) : null;
      if (faultAfterwards !== null) faults.push(`afterwards: ${faultAfterwards}`);
    }
  } finally {
    connection.close();
    await application.close();
    // What a promise has thrown is told of after all that was waiting.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("uncaughtExceptionMonitor", catchError).off("unhandledRejection", catchError);
  }
  return faults;
}
