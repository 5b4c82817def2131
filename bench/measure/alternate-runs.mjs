/* For what happens once in a process: starting, importing, compiling. Each measurement has a new process. */
import { spawnSync } from "node:child_process";

/**
 * Runs a script under this Node.
 *
 * @returns What it printed, read as JSON.
 * @throws Error when it fails.
 */
export function runScript(script, args = [], execArgv = []) {
  const path = script instanceof URL ? [script.pathname] : script;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...execArgv, ...path, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${[...path, ...args].join(" ")} has failed:\n${stderr}`);
  return stdout.trim() === "" ? null : JSON.parse(stdout);
}

/** The milliseconds that a command takes, from its start to its end. */
export function timeCommand(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} has failed:\n${stderr}`);
  return performance.now() - start;
}

/**
 * Takes a measurement of each subject in turn, as many times as there are rounds.
 *
 * @param {Record<string, () => number | Promise<number>>} subjects
 * @param {number} rounds
 * @returns {Promise<Record<string, number[]>>}
 */
export async function alternateRuns(subjects, rounds) {
  const names = Object.keys(subjects);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const turned = round % 2 === 0 ? names : names.toReversed();
    for (const name of turned) samples[name].push(await subjects[name]());
  }
  return samples;
}
