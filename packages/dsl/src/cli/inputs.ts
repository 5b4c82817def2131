import { readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type FileProblem, toFileProblem } from "./problem.js";

/** Standard input, as an argument. */
export const STDIN = "-";

const EXTENSION = ".cors";

/** A policy file to be read. */
export interface Input {
  /** As the user wrote it or as it was found below what the user wrote; `-` for standard input. */
  readonly path: string;
  /** Where below an output folder its outputs go. */
  readonly pathInTree: string;
}

/** The files below a folder, in the order of their names. Links to folders are not followed: they may lead around. */
function findBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : findBelow(path);
    return entry.name.endsWith(EXTENSION) ? [path] : [];
  });
}

function findAt(path: string): readonly Input[] | FileProblem {
  if (path === STDIN) return [{ path, pathInTree: "stdin.cors" }];
  try {
    if (statSync(path).isDirectory()) {
      const found = findBelow(path);
      if (found.length === 0) return { path, problem: "there is no .cors file in this folder" };
      return found.map((file) => ({ path: file, pathInTree: relative(path, file) }));
    }
    if (!path.endsWith(EXTENSION)) return { path, problem: "is not a .cors file" };
    return [{ path, pathInTree: basename(path) }];
  } catch (error) {
    return toFileProblem(path, error);
  }
}

/** Finds the policy files that the arguments name. */
export function findInputs(paths: readonly string[]): {
  readonly inputs: readonly Input[];
  readonly problems: readonly FileProblem[];
} {
  const inputs = new Map<string, Input>();
  const problems: FileProblem[] = [];
  for (const path of paths) {
    const found = findAt(path);
    if ("problem" in found) problems.push(found);
    else for (const input of found) inputs.set(input.path, input);
  }
  return { inputs: [...inputs.values()], problems };
}
