/*
 * Installs the workspace when it is not there, or not the one of the lock file. Runs under whatever Node the machine
 * has; the installed tools bring a newer one, which every later step of an npm script finds first on its PATH.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PNPM = "pnpm@12.21.0";

const root = fileURLToPath(new URL("..", import.meta.url));
const lockFile = readFileSync(`${root}pnpm-lock.yaml`, "utf8");
const installed = `${root}node_modules/.installed-lock.yaml`;

if (!existsSync(installed) || readFileSync(installed, "utf8") !== lockFile) {
  const { status } = spawnSync("npx", ["-y", PNPM, "install", "--frozen-lockfile"], {
    cwd: root,
    stdio: "inherit",
    // pnpm asks before it removes a node_modules of another installer, and there may be nobody to answer.
    env: { ...process.env, CI: "true" },
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(installed, lockFile);
}
