/* Finds the browsers that the tests run, and installs them where that needs no question: as root on Debian. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** For each browser the variable that can name it, its commands, and its package in Debian. */
const BROWSERS = {
  chromium: { variable: "CHROMIUM", commands: ["chromium", "chromium-browser"], package: "chromium" },
  firefox: { variable: "FIREFOX", commands: ["firefox-esr", "firefox"], package: "firefox-esr" },
};

const INSTALL = "apt-get update && apt-get install -y --no-install-recommends";

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lookUp(name) {
  const { variable, commands } = BROWSERS[name];
  const named = process.env[variable];
  if (named) return isExecutable(named) ? named : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

/**
 * Finds a browser.
 *
 * @param {"chromium" | "firefox"} name
 * @returns {string} The path of its command.
 * @throws Error when it is not there, and says how to install it.
 */
export function findBrowser(name) {
  const found = lookUp(name);
  if (found !== undefined) return found;
  const { variable, package: debian } = BROWSERS[name];
  throw new Error(
    `no ${name} to test with. On Debian: ${INSTALL} ${debian}. Elsewhere, name its command in $${variable}`,
  );
}

/** Installs the browsers that are missing, as root on Debian; elsewhere the tests say what is missing, and fail. */
export function installBrowsers() {
  const missing = Object.keys(BROWSERS).filter(
    (name) => lookUp(name) === undefined && !process.env[BROWSERS[name].variable],
  );
  const canInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (missing.length === 0 || !canInstall) return;
  const command = `${INSTALL} ${missing.map((name) => BROWSERS[name].package).join(" ")}`;
  console.log(command);
  spawnSync("sh", ["-c", command], { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
