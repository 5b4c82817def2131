import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type FileProblem, toFileProblem } from "../disk/problem.js";
import { temporaryPathFor } from "./temporary-files.js";

/** A file to be written. */
export interface Output {
  readonly path: string;
  readonly text: string;
  /** Its permissions; without, those that new files get. */
  readonly mode?: number;
}

/** With its permissions from the beginning: a killed process can't set them later. */
function writeTemporary(path: string, { text, mode }: Output): void {
  writeFileSync(path, text, { flag: "wx", ...(mode === undefined ? {} : { mode }) });
  // Of the mode above, the process's mask has taken away.
  if (mode !== undefined) chmodSync(path, mode);
}

/** Whether a file is there and has this text. */
export function isUpToDate({ path, text }: Output): boolean {
  return existsSync(path) && !statSync(path).isDirectory() && readFileSync(path, "utf8") === text;
}

/**
 * Writes files all or none, each whole: into a temporary file beside its place, then renamed into it. A reader never
 * sees half a policy, and a build that is interrupted leaves the old one. One that is killed between two renames leaves
 * one file new and the other old: no file system renames two at once.
 *
 * @returns The paths that have changed, or what went wrong.
 */
export function writeOutputs(outputs: readonly Output[]): readonly string[] | FileProblem {
  const temporaryFiles = new Map<string, string>();
  let current = "";
  try {
    for (const output of outputs) {
      current = output.path;
      if (isUpToDate(output)) continue;
      if (existsSync(current) && statSync(current).isDirectory()) return { path: current, problem: "is a folder" };
      mkdirSync(dirname(current), { recursive: true });
      const temporary = temporaryPathFor(current);
      temporaryFiles.set(current, temporary);
      writeTemporary(temporary, output);
    }
    for (const [path, temporary] of temporaryFiles) {
      current = path;
      renameSync(temporary, path);
    }
    return [...temporaryFiles.keys()];
  } catch (error) {
    return toFileProblem(current, error);
  } finally {
    for (const temporary of temporaryFiles.values()) rmSync(temporary, { force: true });
  }
}
