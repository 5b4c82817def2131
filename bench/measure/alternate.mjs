/*
 * Subjects take turns, some milliseconds each. What slows the machine down for a while then slows all of them, and goes
 * away in the ratio of a round. The whole is repeated with new processes: where V8 puts code and data, and what it
 * compiles first, differs between two starts of one program, and can matter more than what is compared.
 */
import { startWorker } from "./start-worker.mjs";
import { median } from "./statistics.mjs";

/** The subjects, beginning with another one in each round, and in reverse in every second: nobody always comes first. */
function takeTurns(names, round) {
  const start = round % names.length;
  const turned = [...names.slice(start), ...names.slice(0, start)];
  return Math.floor(round / names.length) % 2 === 0 ? turned : turned.reverse();
}

/** An empty list for each kind and subject. */
export function createLists(kinds, names) {
  return Object.fromEntries(kinds.map((kind) => [kind, Object.fromEntries(names.map((name) => [name, []]))]));
}

/**
 * The numbers of several starts, of which each has one for each round. A start gives one, their median: rounds of one
 * start share what its processes were lucky or unlucky with, and many of them would make an interval narrow for no
 * reason. With a single start the rounds are all there is.
 *
 * @param {Record<string, Record<string, readonly (readonly number[])[]>>} lists - By kind and subject.
 * @returns {Record<string, Record<string, number[]>>}
 */
export function mergeStarts(lists) {
  const merge = (starts) => (starts.length === 1 ? [...starts[0]] : starts.map(median));
  const mapValues = (record, map) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
  return mapValues(lists, (subjects) => mapValues(subjects, merge));
}

/**
 * Calls `measure(kind, amount)` of each subject in turn.
 *
 * @param {object} plan
 * @param {URL} plan.module - Makes the subjects.
 * @param {Record<string, object>} plan.subjects - What each is made of, by its name.
 * @param {readonly string[]} plan.kinds - What is measured.
 * @param {number} plan.starts - How many times each subject is started.
 * @param {number} plan.rounds - For each of these.
 * @param {number} plan.amount - How much work a turn is, as the subjects understand it.
 * @param {string | null} [plan.core] - To which the subjects' processes are tied; see cores.mjs.
 * @param {(workers: Map<string, any>) => Promise<void>} [plan.check] - Called before anything is measured.
 * @param {(workers: Map<string, any>, kinds: readonly string[]) => Promise<void>} [plan.warmUp] - Called after each
 *   start; without it, the subjects' own `warmUp(kinds)` is.
 * @param {(worker: any, kind: string, amount: number, name: string) => Promise<number>} [plan.measure] - Takes one
 *   measurement; without it, the subject's own `measure` does.
 * @returns {Promise<Record<string, Record<string, number[]>>>} By kind and subject; see {@link mergeStarts}.
 */
export async function alternate(plan) {
  const { module, subjects, kinds, starts, rounds, amount, core = null, check } = plan;
  const { warmUp = warmUpInside, measure = measureInside } = plan;
  const names = Object.keys(subjects);
  const lists = createLists(kinds, names);
  for (let start = 0; start < starts; start++) {
    for (const kind of kinds) for (const name of names) lists[kind][name].push([]);
    const workers = new Map();
    try {
      for (const name of names) workers.set(name, await startWorker(module, subjects[name], core));
      if (check && start === 0) await check(workers);
      await warmUp(workers, kinds);
      for (let round = 0; round < rounds; round++) {
        for (const kind of kinds) {
          for (const name of takeTurns(names, round)) {
            lists[kind][name][start].push(await measure(workers.get(name), kind, amount, name));
          }
        }
      }
    } finally {
      for (const worker of workers.values()) worker.stop();
    }
  }
  return mergeStarts(lists);
}

/** All kinds, as a server's code meets all of them before it is compiled; all subjects at once, as nobody is timed. */
function warmUpInside(workers, kinds) {
  return Promise.all([...workers.values()].map((worker) => worker.call("warmUp", kinds)));
}

function measureInside(worker, kind, amount) {
  return worker.call("measure", kind, amount);
}
