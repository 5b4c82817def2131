import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type FileProblem, toFileProblem } from "../disk/problem.js";

/** A file to be written. */
export interface Output {
  readonly path: string;
  readonly text: string;
}

/** Whether a file is there and has this text. */
export function isUpToDate({ path, text }: Output): boolean {
  return existsSync(path) && !statSync(path).isDirectory() && readFileSync(path, "utf8") === text;
}

/**
 * Writes files all or none, each whole: into a temporary file beside its place, then renamed into it. A reader never
 * sees half a policy, and a build that is interrupted leaves the old one.
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
      const folder = dirname(current);
      mkdirSync(folder, { recursive: true });
      const temporary = join(folder, `.${basename(current)}.${process.pid}.tmp`);
      temporaryFiles.set(current, temporary);
      writeFileSync(temporary, output.text, { flag: "wx" });
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
