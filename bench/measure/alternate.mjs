/*
 * Subjects take turns, some milliseconds each. What slows the machine down for a while then slows all of them, and goes
 * away in the ratio of a round. The whole is repeated with new processes: where V8 puts code and data, and what it
 * compiles first, differs between two starts of one program, and can matter more than what is compared.
 */
import { startWorker } from "./start-worker.mjs";

/** The subjects, beginning with another one in each round, and in reverse in every second: nobody always comes first. */
function takeTurns(names, round) {
  const start = round % names.length;
  const turned = [...names.slice(start), ...names.slice(0, start)];
  return Math.floor(round / names.length) % 2 === 0 ? turned : turned.reverse();
}

/**
 * Calls `measure(kind, amount)` of each subject in turn.
 *
 * @param {object} plan
 * @param {URL} plan.module - Makes the subjects.
 * @param {Record<string, object>} plan.subjects - What each is made of, by its name.
 * @param {readonly string[]} plan.kinds - What is measured.
 * @param {number} plan.processes - How many times each subject is started.
 * @param {number} plan.rounds - For each of these.
 * @param {number} plan.amount - How much work a turn is, as the subjects understand it.
 * @param {(workers: Map<string, any>) => Promise<void>} [plan.check] - Called before anything is measured.
 * @param {(worker: any, kind: string, amount: number, name: string) => Promise<number>} [plan.measure] - Takes one
 *   measurement; without it, the subject's own `measure` does.
 * @returns {Promise<Record<string, Record<string, number[]>>>} By kind and subject, a number for each round.
 */
export async function alternate(plan) {
  const { module, subjects, kinds, processes, rounds, amount, check, measure = measureInside } = plan;
  const names = Object.keys(subjects);
  const samples = Object.fromEntries(kinds.map((kind) => [kind, Object.fromEntries(names.map((name) => [name, []]))]));
  for (let start = 0; start < processes; start++) {
    const workers = new Map();
    try {
      for (const name of names) workers.set(name, await startWorker(module, subjects[name]));
      if (check && start === 0) await check(workers);
      // All kinds, as a server's code meets all of them before it is compiled.
      for (const worker of workers.values()) await worker.call("warmUp", kinds);
      for (let round = 0; round < rounds; round++) {
        for (const kind of kinds) {
          for (const name of takeTurns(names, round)) {
            samples[kind][name].push(await measure(workers.get(name), kind, amount, name));
          }
        }
      }
    } finally {
      for (const worker of workers.values()) worker.stop();
    }
  }
  return samples;
}

function measureInside(worker, kind, amount) {
  return worker.call("measure", kind, amount);
}
