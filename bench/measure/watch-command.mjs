/* How long a save takes to become a module while `cors-compile --watch` runs. */
import { spawn } from "node:child_process";
import { readFileSync, watch, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** When nothing was written after so many milliseconds, something is wrong. */
const PATIENCE = 20_000;

/** Resolves when a file has a text; is told by the system, and does not ask it over and over. */
function awaitText(path, text) {
  return new Promise((resolve, reject) => {
    const look = () => {
      let current = "";
      try {
        current = readFileSync(path, "utf8");
      } catch {
        // Not there yet.
      }
      if (!current.includes(text)) return;
      finish();
      resolve(performance.now());
    };
    const watcher = watch(dirname(path), look);
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`${path} was not written`));
    }, PATIENCE);
    const finish = () => {
      watcher.close();
      clearTimeout(timer);
    };
    look();
  });
}

/**
 * The milliseconds from a save until the module is there, for several saves.
 *
 * @param {string} command - The path of `cors-compile`.
 * @param {string} path - The policy.
 * @param {string} text - What it has.
 * @param {number} saves
 */
export async function timeSaves(command, path, text, saves) {
  const source = (save) => `${text}expose X-Save-${save}\n`;
  writeFileSync(path, source(0));
  const child = spawn(process.execPath, [command, "--watch", path], { stdio: "ignore" });
  try {
    const times = [];
    for (let save = 0; save <= saves; save++) {
      const start = performance.now();
      if (save > 0) writeFileSync(path, source(save));
      const end = await awaitText(`${path}.mjs`, `X-Save-${save}"`);
      // The first is the start of the command.
      if (save > 0) times.push(end - start);
      // Until it has come to rest, and is no longer busy with the save before.
      await delay(300);
    }
    return times;
  } finally {
    child.kill();
  }
}
