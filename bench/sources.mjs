/* Policies as files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HEADERS, listOrigins, MAX_AGE, METHODS } from "./policies.mjs";

/** The text of a policy with so many origins. */
export function sourceOf(count) {
  const items = listOrigins("exact", count).origins.map((origin) => `  ${origin}\n`);
  return [
    `origins [\n${items.join("")}]`,
    `methods     ${METHODS.join(", ")}`,
    `headers     ${HEADERS.join(", ")}`,
    "credentials true",
    `max-age     ${MAX_AGE}`,
    "",
  ].join("\n");
}

/**
 * Makes a folder for a while. Below this one, where modules find the packages that they import.
 *
 * @param {(folder: string) => Promise<any>} use
 */
export async function inFolder(use) {
  const parent = fileURLToPath(new URL(".tmp/", import.meta.url));
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "run-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files into a folder; returns their paths by their names. */
export function writeFiles(folder, files) {
  const paths = {};
  for (const [name, text] of Object.entries(files)) {
    paths[name] = join(folder, name);
    writeFileSync(paths[name], text);
  }
  return paths;
}
