/*
 * What an attacker can make a preflight cost: the worst Access-Control-Request-Headers that a search finds, and values
 * of many kilobytes, most of which reach a server only when it has raised `maxHeaderSize`. Beside a preflight that fails
 * plainly.
 *
 * Over HTTP, Node's own reading of a long value grows with its bytes, and is many times what CORS costs. So what ours
 * adds is looked at: the same bytes to the same server without CORS are subtracted.
 */
import { NO_CORS, OURS } from "../frameworks/subject-names.mjs";
import { alternate } from "../measure/alternate.mjs";
import { measureLoad, startClient } from "../measure/server-load.mjs";
import { startWorker } from "../measure/start-worker.mjs";
import { median, medianDifference } from "../measure/statistics.mjs";
import { HEADERS, listOrigins } from "../policies.mjs";
import { createRow } from "../report/table.mjs";
import { writeRequest } from "../requests.mjs";

const MODULE = new URL("../subjects/hostile.mjs", import.meta.url);

const PLAIN = "failed preflight";
const HOSTILE = "hostile preflight";
const READ_ONCE = "each character read once";

/** So many times what a plain preflight costs a hostile one may. */
const MOST = 3;

const ORIGINS = 10;
const MAX_HEADER_SIZE = 128 * 1024;

const EFFORT = {
  full: {
    search: { tries: 1000, searches: 3 },
    kilobytes: [16, 64],
    decision: { starts: 12, rounds: 3, amount: 40 },
    http: { starts: 12, rounds: 3, amount: 60, warmUp: 4000 },
  },
  quick: {
    search: { tries: 300, searches: 1 },
    kilobytes: [16, 64],
    decision: { starts: 1, rounds: 5, amount: 8 },
    http: { starts: 1, rounds: 10, amount: 25, warmUp: 2500 },
  },
  smallest: {
    search: { tries: 3, searches: 1 },
    kilobytes: [16],
    decision: { starts: 1, rounds: 1, amount: 1 },
    http: { starts: 1, rounds: 1, amount: 5, warmUp: 20 },
  },
};

/**
 * Preflights with a value of so many kilobytes. Node's parser takes blanks away from both ends of a value: they are in
 * its middle. All are below 16,384 characters or far above: of a longer text V8 hashes nothing but the length, which would
 * make looking it up seem cheap.
 */
function listLongPreflights(kilobytes) {
  const fill = (text) => text.repeat(Math.ceil((kilobytes * 1000) / text.length));
  const headers = (text) => ({ requestHeaders: `${HEADERS[0]},${fill(text)}x` });
  return {
    [`${kilobytes} kB of commas`]: headers(","),
    [`${kilobytes} kB of spaces`]: headers(" "),
    [`${kilobytes} kB of one name`]: headers("a"),
    [`${kilobytes} kB of the policy's names`]: headers(`${HEADERS.join(",")},`),
    [`${kilobytes} kB of a method`]: { requestMethod: fill("A") },
    [`${kilobytes} kB of an origin`]: { origin: `https://${fill("a")}` },
  };
}

/** In a process of its own each time: what is slow in one may have been compiled otherwise in the next. */
async function search(root, tries, seed) {
  const worker = await startWorker(MODULE, { facts: {}, root });
  try {
    await worker.call("warmUp");
    return await worker.call("search", tries, seed);
  } finally {
    worker.stop();
  }
}

async function findWorst(root, { tries, searches }) {
  const guess = await search(root, 0, 0);
  const preflights = { [`what a person would try, ${guess.length} characters`]: { requestHeaders: guess } };
  for (let seed = 1; seed <= searches; seed++) {
    const requestHeaders = await search(root, tries, seed);
    preflights[`search ${seed}, ${requestHeaders.length} characters`] = { requestHeaders };
  }
  return preflights;
}

function isReadWhole({ requestHeaders }) {
  return requestHeaders !== undefined && requestHeaders.length < 1000;
}

/** The decision alone, of which little is fixed: it grows as the value does, up to the bounds. */
async function measureDecisions(preflights, plan, { root, say }) {
  const rows = [];
  for (const [name, facts] of Object.entries(preflights)) {
    say(name);
    const samples = await alternate({
      module: MODULE,
      subjects: {
        [PLAIN]: { facts: {}, root },
        [HOSTILE]: { facts, root },
        // Of the long ones, no more is read than the bounds allow.
        ...(isReadWhole(facts) && { [READ_ONCE]: { facts, root, readsOnly: true } }),
      },
      kinds: ["preflight"],
      ...plan,
      check: async (workers) => {
        for (const worker of workers.values()) await worker.call("check");
      },
    });
    rows.push(createRow(name, samples.preflight, PLAIN));
  }
  return { title: "Hostile preflights: the decision", unit: "ns", base: PLAIN, rows };
}

/** Every preflight has to fail, and has to reach the handler of the server without CORS. */
async function checkAnswers(ask, servers, names) {
  const expected = { [NO_CORS]: "204", [OURS]: "403" };
  for (const [subject, server] of servers) {
    for (const name of names) {
      const status = (await ask(server, name)).split(" ")[1];
      if (status !== expected[subject]) throw new Error(`${subject} answers ${name} with ${status}`);
    }
  }
}

/** A whole server of Node with a raised `maxHeaderSize`. */
async function measureServers(preflights, plan, { root, say }) {
  say("over HTTP");
  const list = listOrigins("exact", ORIGINS);
  const all = Object.entries({ [PLAIN]: {}, ...preflights });
  const requests = new Map(all.map(([name, facts]) => [name, writeRequest(PLAIN, list, facts)]));
  const server = { framework: "node", count: ORIGINS, root, maxHeaderSize: MAX_HEADER_SIZE };
  const client = await startClient();
  try {
    const { microseconds } = await measureLoad(client, {
      subjects: Object.fromEntries([NO_CORS, OURS].map((subject) => [subject, { ...server, subject }])),
      requests,
      ...plan,
      check: (ask, servers) => checkAnswers(ask, servers, [...requests.keys()]),
    });
    const { [OURS]: ours, [NO_CORS]: floor } = microseconds[PLAIN];
    // Less than a twentieth can't be told from nothing in so large a whole.
    const added = Math.max(medianDifference(ours, floor), median(floor) / 20);
    const rows = [...requests.keys()].map((name) => {
      const targets = name === PLAIN ? [] : [{ of: OURS, over: NO_CORS, more: MOST * added }];
      return createRow(name, microseconds[name], NO_CORS, targets);
    });
    return { title: "Hostile preflights: CPU time of a request over HTTP", unit: "µs", base: NO_CORS, rows };
  } finally {
    client.stop();
  }
}

export async function measureHostile(run) {
  const plan = EFFORT[run.effort];
  run.say("the search");
  const worst = await findWorst(run.root, plan.search);
  const long = Object.assign({}, ...plan.kilobytes.map(listLongPreflights));
  return [
    await measureDecisions({ ...worst, ...long }, plan.decision, run),
    await measureServers({ ...worst, ...long }, plan.http, run),
  ];
}
