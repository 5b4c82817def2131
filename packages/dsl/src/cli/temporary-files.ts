import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const NAME = /^\.(.+)\.[0-9a-f]{12}\.tmp$/;

/** In milliseconds. No build takes an hour: what is older is nobody's any more. */
const OLDEST = 3_600_000;

/**
 * A new name beside a file, to write it under at first. Random, and not the process's id: in containers all builds can
 * have the same one, and then trip over what a killed one has left, or over each other on a volume that they share.
 */
export function temporaryPathFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What can't be removed stays: nothing depends on it. */
function removeIfOld(path: string): void {
  try {
    if (Date.now() - statSync(path).mtimeMs > OLDEST) rmSync(path);
  } catch {
    // Another build has removed it, or the folder is read-only.
  }
}

/** Removes the temporary files of these files that a killed command has left behind. One that may be in use stays. */
export function removeLeftovers(paths: readonly string[]): void {
  const byFolder = new Map<string, Set<string>>();
  for (const path of paths) {
    const names = byFolder.get(dirname(path)) ?? new Set();
    byFolder.set(dirname(path), names.add(basename(path)));
  }
  for (const [folder, names] of byFolder) {
    for (const name of namesIn(folder)) {
      const [, of] = NAME.exec(name) ?? [];
      if (of !== undefined && names.has(of)) removeIfOld(join(folder, name));
    }
  }
}
