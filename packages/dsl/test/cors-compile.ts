import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect } from "vitest";

/** The command as it is installed; the package has to be built. */
export const command = fileURLToPath(new URL("../bin/cors-compile.mjs", import.meta.url));

/** How a run of the command ended. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder for each test, to run the command in. */
export interface Workplace {
  readonly folder: string;
  readonly write: (path: string, text: string | Uint8Array) => void;
  readonly read: (path: string) => string;
  /** The files below the folder. */
  readonly files: () => string[];
  readonly corsCompile: (args: readonly string[], input?: string) => Run;
}

/** Makes a folder before each test of a file, and removes it after. */
export function useWorkplace(): Workplace {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cors-compile-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    read: (path) => readFileSync(join(folder, path), "utf8"),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
    corsCompile(args, input = "") {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
        cwd: folder,
        encoding: "utf8",
        input,
      });
      // Whatever happens, nobody is shown a stack.
      expect(stderr).not.toMatch(/^\s+at /m);
      return { status, stdout, stderr };
    },
  };
}
