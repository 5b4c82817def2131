import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's folder, with a separator at its end. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a command of the workspace and waits for it. Ends this process when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} folder - Below the workspace's folder.
 */
export function run(command, args, folder = "") {
  const path = [`${root}node_modules/.bin`, process.env.PATH].join(delimiter);
  const { status, error } = spawnSync(command, args, {
    cwd: `${root}${folder}`,
    stdio: "inherit",
    env: { ...process.env, PATH: path },
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) {
    console.error(`${[command, ...args].join(" ")} failed in ${folder || "the workspace"}`);
    process.exit(status ?? 1);
  }
}

/**
 * Runs a command of the workspace and gives back what it prints. What it says beside that is shown when it fails alone.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} folder - Below the workspace's folder.
 * @throws Error when it fails.
 */
export function readOutput(command, args, folder = "") {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: `${root}${folder}`,
    encoding: "utf8",
    maxBuffer: 100_000_000,
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
