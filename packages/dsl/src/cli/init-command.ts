import { closeSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { toPrintable } from "../diagnostics/pretty.js";
import { PROJECT_URL } from "../diagnostics/project.js";
import { type FileProblem, toFileProblem } from "../disk/problem.js";
import { type Console, printFileProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { EXTENSION } from "./inputs.js";
import starter from "./starter.cors?raw";

/** What the starter policy is called when no name is given. */
export const STARTER_NAME = `api${EXTENSION}`;

/** What `cors-compile init` is to do. */
export interface InitCommand {
  /** The file to write, or the folder to write {@link STARTER_NAME} into. */
  readonly path: string;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Where the policy goes. A folder has to be one already, or be written as one: `api` may be meant as a file. */
function findTarget(path: string): string | FileProblem {
  const isNamed = path.endsWith(EXTENSION);
  if (path.endsWith("/") || path.endsWith(sep) || (!isNamed && isFolder(path))) return join(path, STARTER_NAME);
  const written = toPrintable(path);
  const problem = `the name of a policy ends in ${EXTENSION}; write ${written}${EXTENSION}, or ${written}/ for a folder`;
  return isNamed ? path : { path, problem };
}

/** Makes an empty file, and says what went wrong where something is there already. */
function createExclusively(path: string): number | FileProblem {
  try {
    // Exclusive: a file that comes to be in between is not overwritten, nor what a link leads to.
    return openSync(path, "wx");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return { path, problem: isFolder(path) ? "is a folder" : "is there already, and was left as it is" };
  }
}

/** Writes the starter where nothing is yet, and says what went wrong. */
function writeStarter(path: string): FileProblem | null {
  mkdirSync(dirname(path), { recursive: true });
  const file = createExclusively(path);
  if (typeof file !== "number") return file;
  try {
    writeFileSync(file, starter);
    return null;
  } catch (error) {
    // On a full disk a part of it is there, which would be taken for the user's own the next time.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Writes the starter; gives back where it is, or what went wrong. */
function write(path: string): string | FileProblem {
  try {
    const target = findTarget(path);
    return typeof target === "string" ? (writeStarter(target) ?? target) : target;
  } catch (error) {
    return toFileProblem(path, error);
  }
}

/** A path as an argument of a shell: quoted where it has to be, in the way that Windows knows as well. */
function toArgument(path: string): string {
  return /^[\w./\\:@+-]+$/.test(path) ? path : `"${path}"`;
}

function nextSteps(path: string): string {
  return `next: write your own origins into it, in its expect block too, and compile it
  npx cors-compile ${toArgument(path)}
then mount what that writes, in Express for one
  import { cors } from "@corslang/adapters/express";
  import policy from "./${basename(path)}.mjs";
  app.use(cors(policy));
other frameworks: ${PROJECT_URL}/blob/main/docs/adapters.md
`;
}

/**
 * `cors-compile init`: writes a commented policy to start from. It asks nothing and overwrites nothing.
 *
 * @example
 * ```ts
 * process.exitCode = runInit({ path: "policies/api.cors" }, console);
 * ```
 */
export function runInit({ path }: InitCommand, console: Console): ExitCode {
  const written = write(path);
  if (typeof written !== "string") {
    printFileProblem(written, console);
    return 2;
  }
  const shown = toPrintable(written);
  console.out(`wrote ${shown}\n${nextSteps(shown)}`);
  return 0;
}
