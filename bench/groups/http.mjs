/*
 * Servers under load on the loopback interface, each in a process of its own, the client in another: what CORS costs of
 * all that a server does for a request. CPU time is measured, user and system, collections of garbage included: unlike
 * requests per second it does not depend on what else the machine has to do at the moment.
 */
import { readHeadAnswer } from "../answers.mjs";
import { FRAMEWORKS, listSubjects, NO_CORS, OURS, rivalOf } from "../frameworks/index.mjs";
import { alternate } from "../measure/alternate.mjs";
import { startWorker } from "../measure/start-worker.mjs";
import { listOrigins } from "../policies.mjs";
import { createRow } from "../report/table.mjs";
import { writeRequest } from "../requests.mjs";
import { compareSubjects } from "./compare-subjects.mjs";

const SERVER = new URL("../subjects/server.mjs", import.meta.url);
const CLIENT = new URL("../subjects/client.mjs", import.meta.url);

const ORIGINS = 10;

const EFFORT = {
  // `amount` is in milliseconds of a turn.
  full: { kinds: ["allowed", "denied", "passed preflight"], processes: 6, rounds: 6, amount: 150, warmUp: 500 },
  quick: { kinds: ["allowed", "passed preflight"], processes: 1, rounds: 5, amount: 60, warmUp: 250 },
  smallest: { kinds: ["allowed", "passed preflight"], processes: 1, rounds: 1, amount: 10, warmUp: 10 },
};

/** What an allowed GET may cost, over the same server without CORS. */
const MOST = { node: 1.05, express: 1.05, koa: 1.05, fastify: 1.1, hono: 1.2, fetch: 1.2 };

function targetsOf(framework, kind, rival) {
  const limits = { allowed: MOST[framework], "passed preflight": 1.2 };
  const most = limits[kind];
  return [
    ...(most === undefined ? [] : [{ of: OURS, over: NO_CORS, most, lowerBound: true }]),
    ...(rival === null ? [] : [{ of: rival, over: OURS, least: 1 }]),
  ];
}

/** Puts load on servers, and knows how many requests make a turn. */
function createLoad(client) {
  const ports = new Map();
  const rates = new Map();

  async function portOf(server) {
    if (!ports.has(server)) ports.set(server, await server.call("port"));
    return ports.get(server);
  }

  async function run(server, request, requests) {
    const port = await portOf(server);
    const before = await server.call("cpu");
    const done = await client.call("load", port, request, requests);
    const microseconds = ((await server.call("cpu")) - before) / done.requests;
    return { microseconds, perSecond: done.requests / done.seconds };
  }

  return {
    run,
    ask: async (server, request) => client.call("ask", await portOf(server), request),
    async warmUp(server, requests, milliseconds) {
      for (const request of requests) {
        const { perSecond } = await run(server, request, 400);
        rates.set(server, (await run(server, request, Math.ceil((perSecond * milliseconds) / 1000))).perSecond);
      }
    },
    requestsIn: (server, milliseconds) => Math.ceil((rates.get(server) * milliseconds) / 1000),
  };
}

async function measureFramework(framework, client, { root, differences }, { kinds, warmUp, ...plan }) {
  const list = listOrigins("exact", ORIGINS);
  const requests = new Map(kinds.map((kind) => [kind, writeRequest(kind, list)]));
  const names = await listSubjects(framework, root);
  const load = createLoad(client);
  const perSecond = Object.fromEntries(
    kinds.map((kind) => [kind, Object.fromEntries(names.map((name) => [name, []]))]),
  );
  const warm = new Set();

  async function check(workers) {
    const answerOf = async (worker, kind) => {
      const request = requests.get(kind);
      const origin = /^Origin: (.*)\r$/m.exec(request)?.[1];
      return readHeadAnswer(await load.ask(worker, request), origin);
    };
    await compareSubjects(workers, kinds, answerOf, differences);
  }

  const microseconds = await alternate({
    module: SERVER,
    subjects: Object.fromEntries(names.map((subject) => [subject, { framework, subject, count: ORIGINS, root }])),
    kinds,
    ...plan,
    check,
    async measure(server, kind, milliseconds, name) {
      if (!warm.has(server)) {
        await load.warmUp(server, requests.values(), warmUp);
        warm.add(server);
      }
      const turn = await load.run(server, requests.get(kind), load.requestsIn(server, milliseconds));
      perSecond[kind][name].push(turn.perSecond);
      return turn.microseconds;
    },
  });
  return { microseconds, perSecond };
}

export async function measureHttp(run) {
  const plan = EFFORT[run.effort];
  const frameworks = run.effort === "smallest" ? FRAMEWORKS.slice(0, 1) : FRAMEWORKS;
  const cpu = new Map(plan.kinds.map((kind) => [kind, []]));
  const rate = new Map(plan.kinds.map((kind) => [kind, []]));
  const client = await startWorker(CLIENT, {});
  try {
    for (const framework of frameworks) {
      run.say(framework);
      const rival = await rivalOf(framework);
      const { microseconds, perSecond } = await measureFramework(framework, client, run, plan);
      for (const kind of plan.kinds) {
        cpu.get(kind).push(createRow(framework, microseconds[kind], NO_CORS, targetsOf(framework, kind, rival)));
        rate.get(kind).push(createRow(framework, perSecond[kind], NO_CORS));
      }
    }
  } finally {
    client.stop();
  }
  return plan.kinds.flatMap((kind) => [
    { title: `HTTP, CPU time of a request: ${kind}`, unit: "µs", base: NO_CORS, rows: cpu.get(kind) },
    { title: `HTTP, requests per second: ${kind}`, unit: "requests/s", base: NO_CORS, rows: rate.get(kind) },
  ]);
}
