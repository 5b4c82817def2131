/*
 * Installs the workspace when it is not there, or not the one of the lock file, and then runs the script that is named
 * as the first argument with the others. This one runs under whatever Node the machine has. The other runs under the
 * newer one that has been installed: by its path, as a shell that has looked up `node` once does not look again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { PNPM } from "./pnpm.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const binaries = `${root}node_modules/.bin`;
const lockFile = readFileSync(`${root}pnpm-lock.yaml`, "utf8");
const installed = `${root}node_modules/.installed-lock.yaml`;

function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...environment },
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(installed) || readFileSync(installed, "utf8") !== lockFile) {
  // pnpm asks before it removes a node_modules of another installer, and there may be nobody to answer.
  run("npx", ["-y", PNPM, "install", "--frozen-lockfile"], { CI: "true" });
  writeFileSync(installed, lockFile);
}

const [script, ...args] = process.argv.slice(2);
if (script !== undefined) {
  const path = [binaries, process.env.PATH].join(delimiter);
  run(`${binaries}/node`, [`${root}scripts/${script}`, ...args], { PATH: path });
}
