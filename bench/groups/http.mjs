/*
 * What CORS costs of all that a server does for a request, on each framework.
 */
import { readHeadAnswer } from "../answers.mjs";
import { FRAMEWORKS, listSubjects, rivalOf } from "../frameworks/index.mjs";
import { BY_HAND, CHECKED_BY_HAND, NO_CORS, OURS } from "../frameworks/subject-names.mjs";
import { measureLoad, startClient } from "../measure/server-load.mjs";
import { listOrigins } from "../policies.mjs";
import { createRow } from "../report/table.mjs";
import { writeRequest } from "../requests.mjs";
import { compareSubjects } from "./compare-subjects.mjs";

const ORIGINS = 10;

const EFFORT = {
  full: { kinds: ["allowed", "denied", "passed preflight"], starts: 30, rounds: 2, amount: 80, warmUp: 10_000 },
  quick: { kinds: ["allowed", "passed preflight"], starts: 1, rounds: 13, amount: 25, warmUp: 12_000 },
  smallest: { kinds: ["allowed", "passed preflight"], starts: 1, rounds: 1, amount: 10, warmUp: 100 },
};

/** What an allowed GET may cost, over the same server without CORS. */
const MOST = { node: 1.05, express: 1.05, koa: 1.05, fastify: 1.1, hono: 1.2, fetch: 1.2 };

function targetsOf(framework, kind, rival) {
  const limits = { allowed: MOST[framework], "passed preflight": 1.2 };
  const most = limits[kind];
  const standIn = kind === "passed preflight" ? CHECKED_BY_HAND : BY_HAND;
  return [
    ...(most === undefined ? [] : [{ of: OURS, over: NO_CORS, most, lowerBound: true, standIn }]),
    ...(rival === null ? [] : [{ of: rival, over: OURS, least: 1, standIn }]),
  ];
}

async function measureFramework(framework, client, { root, differences }, { kinds, ...plan }) {
  const list = listOrigins("exact", ORIGINS);
  const requests = new Map(kinds.map((kind) => [kind, writeRequest(kind, list)]));
  const names = await listSubjects(framework, root);

  async function check(ask, servers) {
    const answerOf = async (server, kind) => {
      const origin = /^Origin: (.*)\r$/m.exec(requests.get(kind))?.[1];
      return readHeadAnswer(await ask(server, kind), origin);
    };
    await compareSubjects(servers, kinds, answerOf, differences);
  }

  return measureLoad(client, {
    subjects: Object.fromEntries(names.map((subject) => [subject, { framework, subject, count: ORIGINS, root }])),
    requests,
    ...plan,
    check,
  });
}

export async function measureHttp(run) {
  const plan = EFFORT[run.effort];
  const frameworks = run.effort === "smallest" ? FRAMEWORKS.slice(0, 1) : FRAMEWORKS;
  const cpu = new Map(plan.kinds.map((kind) => [kind, []]));
  const rate = new Map(plan.kinds.map((kind) => [kind, []]));
  const client = await startClient();
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
