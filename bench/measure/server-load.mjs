/*
 * Servers under load on the loopback interface, each in a process of its own, the client in another. CPU time is
 * measured, user and system, collections of garbage included: unlike requests per second it hardly depends on what else
 * the machine has to do at the moment.
 */
import { alternate, createLists, mergeStarts } from "./alternate.mjs";
import { CLIENT_CORE, SERVER_CORE } from "./cores.mjs";
import { startWorker } from "./start-worker.mjs";

const SERVER = new URL("../subjects/server.mjs", import.meta.url);
const CLIENT = new URL("../subjects/client.mjs", import.meta.url);

/** Starts the process that all servers get their requests from. */
export function startClient() {
  return startWorker(CLIENT, {}, CLIENT_CORE);
}

/**
 * Puts load on servers in turn.
 *
 * @param {any} client - See {@link startClient}.
 * @param {object} plan - Like that of `alternate`, without `module`, and with these:
 * @param {ReadonlyMap<string, string>} plan.requests - What is sent, by kind.
 * @param {number} plan.amount - The milliseconds of a turn.
 * @param {number} plan.warmUp - Requests of each kind that a server gets before. It takes some ten thousand until V8 has
 *   compiled all of it for good; before, a request costs twice as much and more.
 * @param {(ask: (server: any, kind: string) => Promise<string>, servers: Map<string, any>) => Promise<void>} [plan.check]
 *   Gets what gives the head of an answer.
 * @returns By kind and subject, the microseconds of a request and the requests of a second.
 */
export async function measureLoad(client, { requests, warmUp, check, ...plan }) {
  const ports = new Map();
  // By server and kind: as many requests make a turn as the server answers in its milliseconds.
  const rates = new Map();
  const kinds = [...requests.keys()];
  const perSecond = createLists(kinds, Object.keys(plan.subjects));

  async function portOf(server) {
    if (!ports.has(server)) {
      const port = await server.call("port");
      await client.call("connect", port);
      ports.set(server, port);
    }
    return ports.get(server);
  }

  async function run(server, kind, count) {
    const port = await portOf(server);
    const before = await server.call("cpu");
    const done = await client.call("load", port, requests.get(kind), count);
    const microseconds = ((await server.call("cpu")) - before) / done.requests;
    return { microseconds, perSecond: done.requests / done.seconds };
  }

  async function warmUpAll(servers) {
    for (const [name, server] of servers) {
      for (const kind of kinds) perSecond[kind][name].push([]);
      rates.set(server, new Map());
      for (const kind of kinds) await run(server, kind, Math.ceil(warmUp / 2));
      for (const kind of kinds) {
        const turn = await run(server, kind, Math.ceil(warmUp / 2));
        rates.get(server).set(kind, turn.perSecond);
      }
    }
  }

  const ask = async (server, kind) => client.call("ask", await portOf(server), requests.get(kind));
  const microseconds = await alternate({
    module: SERVER,
    core: SERVER_CORE,
    ...plan,
    kinds,
    check: check && ((servers) => check(ask, servers)),
    warmUp: warmUpAll,
    async measure(server, kind, milliseconds, name) {
      const count = Math.ceil((rates.get(server).get(kind) * milliseconds) / 1000);
      const turn = await run(server, kind, count);
      perSecond[kind][name].at(-1).push(turn.perSecond);
      return turn.microseconds;
    },
  });
  return { microseconds, perSecond: mergeStarts(perSecond) };
}
