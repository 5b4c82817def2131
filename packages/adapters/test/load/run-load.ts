import { Random } from "../../../runtime/test/random.js";
import { openRawConnection } from "../attacks/raw-connection.js";
import type { RawRequest } from "../attacks/raw-request.js";
import { corsLines } from "../http-client.js";
import { pipeline } from "../pipelining.js";
import { findFault } from "./expected-answer.js";
import { type Measurement, type PlantedFault, startLoadProcess } from "./load-process.js";
import { type LoadMix, type LoadRequest, type LoadRequests, NUMBER_PLACE, POLICIES, writeNumber } from "./requests.js";

/** What came of a load. */
export interface LoadReport {
  readonly requests: number;
  /** Of these, how many Node's parser refuses. */
  readonly refused: number;
  /** How many answers were wrong. */
  readonly wrong: number;
  /** What was wrong with the first of them, each with its request. */
  readonly faults: readonly string[];
  /** When the server had its first requests behind it, and then in equal distances up to the end. */
  readonly measurements: readonly Measurement[];
  /** Without the time of measuring. */
  readonly seconds: number;
}

/** To each framework in the tests, which are to be over soon. */
export const REQUESTS_IN_TESTS = 50_000;

const STAGES = 10;
/** So many stages are over when memory is measured for the first time: by then V8 has compiled what it will compile. */
const WARM_UP_STAGES = 2;
const CONNECTIONS_TO_EACH_POLICY = 2;
const AT_ONCE = 50;
/** A refusal ends its connection, so these go one by one; one of so many requests is such a one. */
const REFUSED_ONE_IN = 200;
const MOST_FAULTS_TOLD = 10;
/** Heads of right answers that are known by their bytes. There are few in all: one for each connection header and date. */
const MOST_KNOWN = 8;

/** A request under way. */
interface Sent {
  readonly request: LoadRequest;
  readonly number: string;
}

/** Gathers what is wrong. */
class Faults {
  readonly told: string[] = [];
  wrong = 0;

  add(fault: string | null, bytes: string): void {
    if (fault === null) return;
    this.wrong++;
    if (this.told.length < MOST_FAULTS_TOLD) this.told.push(`${JSON.stringify(bytes.slice(0, 500))} ${fault}`);
  }
}

/** What comes of one load, while it runs. */
interface Load {
  readonly faults: Faults;
  /** Heads and bodies that have been found right, by the request that they answer. */
  readonly known: Map<LoadRequest, Set<string>>;
  sent: number;
  handled: number;
}

/**
 * Checks an answer in full. An answer that is byte for byte one that was found right for the same request, but for the
 * number and the date, is right as well.
 */
function check({ request, number }: Sent, head: string, body: string, load: Load): void {
  const withPlace = head.replace(/\r\ndate: [^\r]*/i, "").replaceAll(number, NUMBER_PLACE);
  const key = `${withPlace}\r\n\r\n${body}`;
  const known = load.known.get(request) ?? new Set();
  load.known.set(request, known);
  if (known.has(key)) return;
  const fault = findFault(request.expected, { head: withPlace, body }, NUMBER_PLACE);
  if (fault === null && known.size < MOST_KNOWN) known.add(key);
  load.faults.add(fault, request.parts.join(number));
}

/** What goes to one server, one after another; its choices do not depend on what others do meanwhile. */
interface Lane {
  readonly port: number;
  readonly requests: LoadRequests;
  readonly random: Random;
}

/** Loads one connection with a mix of requests, and checks every answer. */
function loadConnection(lane: Lane, count: number, load: Load): Promise<void> {
  const { port, requests, random } = lane;
  const underWay: Sent[] = [];
  return pipeline({
    port,
    count,
    atOnce: AT_ONCE,
    requestAt() {
      const sent = { request: requests.pick(random), number: writeNumber(load.sent++) };
      underWay.push(sent);
      if (sent.request.expected.isHandled) load.handled++;
      return sent.request.parts.join(sent.number);
    },
    take(_index, { head, body }) {
      const sent = underWay.shift();
      if (sent) check(sent, head, body, load);
    },
  });
}

/** What HTTP itself refuses: 400, or 431 where the head is too long, and no word of CORS. */
function findFaultOfRefusal({ bytes }: RawRequest, answers: Awaited<ReturnType<Connection["send"]>>): string | null {
  const [answer] = answers;
  if (!answer || answers.length !== 1) return `has ${answers.length} answers`;
  if (![400, 431].includes(answer.status)) return `is not refused but answered with ${answer.status}`;
  if (corsLines(answer.headerLines).length > 0) return `is refused, with ${corsLines(answer.headerLines)}`;
  return bytes.includes("example.com") && answer.text.includes("example.com") ? "is reflected" : null;
}

type Connection = ReturnType<typeof openRawConnection>;

/** Sends what is refused, one by one. */
async function loadWithRefused({ port, requests, random }: Lane, count: number, load: Load): Promise<void> {
  const connection = openRawConnection(port);
  try {
    for (let index = 0; index < count; index++) {
      const request = random.pick(requests.refused);
      load.faults.add(findFaultOfRefusal(request, await connection.send(request.bytes)), request.bytes);
    }
  } finally {
    connection.close();
  }
}

/**
 * Loads a server of a framework, in a process of its own, with requests of all kinds over several connections at once,
 * and checks every answer: its status, every line of Access-Control-*, Vary and Set-Cookie, and its body; and in the end
 * whether just those requests have reached a handler that had to.
 *
 * @param framework - Of FRAMEWORKS.
 * @param atLeast - How many requests; a few more where they can't be shared out evenly.
 * @param fault - What the server is to do wrong.
 */
export async function runLoad(
  framework: string,
  atLeast: number,
  { seed, requests: made }: LoadMix,
  fault: PlantedFault | null = null,
): Promise<LoadReport> {
  const load: Load = { faults: new Faults(), known: new Map(), sent: 0, handled: 0 };
  const connections = POLICIES.length * CONNECTIONS_TO_EACH_POLICY;
  const refusedOfEach = Math.ceil(atLeast / STAGES / POLICIES.length / REFUSED_ONE_IN);
  const countOfEach =
    Math.ceil(atLeast / STAGES / connections) - Math.floor(refusedOfEach / CONNECTIONS_TO_EACH_POLICY);
  const server = await startLoadProcess(framework, fault);
  const measurements: Measurement[] = [];
  let seconds = 0;
  try {
    for (let stage = 1; stage <= STAGES; stage++) {
      const start = performance.now();
      await Promise.all(
        server.ports.flatMap((port, index) => {
          const requests = made[index];
          if (!requests) return [];
          const laneOf = (number: number): Lane => {
            return { port, requests, random: new Random(seed + 1000 * stage + 100 * index + number) };
          };
          const pipelines = Array.from({ length: CONNECTIONS_TO_EACH_POLICY }, (_, connection) =>
            loadConnection(laneOf(connection), countOfEach, load),
          );
          return [...pipelines, loadWithRefused(laneOf(CONNECTIONS_TO_EACH_POLICY), refusedOfEach, load)];
        }),
      );
      seconds += (performance.now() - start) / 1000;
      if (stage >= WARM_UP_STAGES) measurements.push(await server.measure());
    }
  } finally {
    // Rejects where the server has ended by itself: that says more than that it has reset a connection.
    await server.stop();
  }
  const handlerRuns = measurements.at(-1)?.handlerRuns ?? 0;
  if (handlerRuns !== load.handled) {
    load.faults.add(`${handlerRuns} requests have reached a handler instead of ${load.handled}`, "");
  }
  const refused = refusedOfEach * POLICIES.length * STAGES;
  return {
    requests: load.sent + refused,
    refused,
    wrong: load.faults.wrong,
    faults: load.faults.told,
    measurements,
    seconds,
  };
}

/** Bytes that objects hold, in the heap and outside of it. */
export function heldBytes({ heap, external }: Measurement): number {
  return heap + external;
}

/** By how many bytes what objects hold has grown at most, from any measurement to any later one. */
export function growthOf({ measurements }: LoadReport): number {
  let lowest = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const held of measurements.map(heldBytes)) {
    lowest = Math.min(lowest, held);
    most = Math.max(most, held - lowest);
  }
  return most;
}

/**
 * What memory may grow by, whatever the number of requests. V8 compiles anew and gathers types for as long as a server
 * runs, which takes up to 0.3 MB here. Of 50,000 requests 40,000 are between the first measurement and the last: to keep
 * the origin of each takes 4 MB, to keep no more than a pointer to each 0.3 MB, and 6 MB of a million.
 */
export const MOST_GROWTH = 1_000_000;
