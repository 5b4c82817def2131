import { readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { STDIN } from "../disk/disk-host.js";
import { type FileProblem, toFileProblem } from "../disk/problem.js";

/** What the name of a policy file ends in. */
export const EXTENSION = ".cors";

/** A policy file to be read. */
export interface Input {
  /** As the user wrote it or as it was found below what the user wrote; `-` for standard input. */
  readonly path: string;
  /** Where below an output folder its outputs go. */
  readonly pathInTree: string;
}

/** What an argument leads to. */
interface Found {
  readonly inputs: readonly Input[];
  /** The folders that have been looked through. */
  readonly folders: readonly string[];
  readonly problem: FileProblem | null;
}

/** Whether the files in a folder are taken where a folder above it is given. */
export function isLookedThrough(name: string): boolean {
  return name !== "node_modules" && !name.startsWith(".");
}

/** The files below a folder, in the order of their names. Links to folders are not followed: they may lead around. */
function findBelow(folder: string): { readonly files: readonly string[]; readonly folders: readonly string[] } {
  const files: string[] = [];
  const folders = [folder];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      if (entry.name.endsWith(EXTENSION)) files.push(path);
    } else if (isLookedThrough(entry.name)) {
      const below = findBelow(path);
      files.push(...below.files);
      folders.push(...below.folders);
    }
  }
  return { files, folders };
}

function findAt(path: string): Found {
  const fail = (problem: FileProblem): Found => ({ inputs: [], folders: [], problem });
  if (path === STDIN) return { inputs: [{ path, pathInTree: "stdin.cors" }], folders: [], problem: null };
  try {
    if (statSync(path).isDirectory()) {
      const { files, folders } = findBelow(path);
      const inputs = files.map((file) => ({ path: file, pathInTree: relative(path, file) }));
      const problem = files.length > 0 ? null : { path, problem: "there is no .cors file in this folder" };
      return { inputs, folders, problem };
    }
    if (!path.endsWith(EXTENSION)) return fail({ path, problem: "is not a .cors file" });
    return { inputs: [{ path, pathInTree: basename(path) }], folders: [], problem: null };
  } catch (error) {
    return fail(toFileProblem(path, error));
  }
}

/** What the arguments name. */
export interface FoundInputs {
  readonly inputs: readonly Input[];
  /** The folders that have been looked through, also those without a policy file. */
  readonly folders: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** Finds the policy files that the arguments name. */
export function findInputs(paths: readonly string[]): FoundInputs {
  const found = paths.map(findAt);
  // A file that is named twice is taken once.
  const inputs = new Map(found.flatMap((one) => one.inputs.map((input) => [input.path, input])));
  return {
    inputs: [...inputs.values()],
    folders: found.flatMap(({ folders }) => folders),
    problems: found.flatMap(({ problem }) => problem ?? []),
  };
}
