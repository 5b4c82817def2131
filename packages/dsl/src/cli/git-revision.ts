import { execFileSync } from "node:child_process";
import { posix, relative, sep } from "node:path";
import { MISSING } from "../disk/problem.js";
import type { Host } from "../program/host.js";
import { EXTENSION, isLookedThrough } from "./inputs.js";
import type { UsageProblem } from "./usage.js";

/** Something that git could not do, in a line. */
export interface GitProblem {
  readonly problem: string;
}

/** A repository, seen from the current folder. */
export interface Repository {
  /** The current folder, from the root of the repository; empty, or with a `/` at its end. */
  readonly prefix: string;
}

/** The policy files of a commit. */
export interface Revision {
  /** Reads them, and what they import: paths are as git writes them, `main:policies/api.cors`. */
  readonly host: Host;
  /** The policy files that a path names, from the root of the repository, in the order of their names. */
  readonly filesAt: (path: string) => readonly string[];
  /** What the host reads a file by. */
  readonly pathOf: (file: string) => string;
}

/**
 * Reads which revisions are meant: `OLD..NEW`, with HEAD for what is left out, as git has it.
 *
 * @returns `after` is `null` where one revision is given, which is for the files as they are.
 *
 * @example
 * ```ts
 * readRevisions("main..");  // { before: "main", after: "HEAD" }
 * readRevisions("v1.2.0"); // { before: "v1.2.0", after: null }
 * ```
 */
export function readRevisions(text: string): { readonly before: string; readonly after: string | null } | UsageProblem {
  const [before = "", after, ...others] = text.split("..");
  if (others.length > 0 || after?.startsWith(".")) {
    return { usage: "--git takes OLD..NEW; for where two branches parted, write $(git merge-base OLD NEW)..NEW" };
  }
  return { before: before || "HEAD", after: after === undefined ? null : after || "HEAD" };
}

/** A tree may list very many files. */
const LARGEST_OUTPUT = 2 ** 30;

/** How git marks a symbolic link in a tree. */
const LINK_MODE = "120000";

/** A link may lead to a link, and in the end to itself. */
const MOST_LINKS = 8;

function explain(error: unknown): GitProblem {
  if (!(error instanceof Error)) return { problem: String(error) };
  if ("code" in error && error.code === "ENOENT") return { problem: "git is not installed" };
  const said = "stderr" in error ? String(error.stderr) : "";
  const [first = ""] = said.split("\n").filter((line) => line !== "");
  return { problem: first === "" ? `git failed: ${error.message}` : first.replace(/^fatal: /, "git: ") };
}

/** Runs git, without a shell. */
function git(args: readonly string[], input = ""): Buffer | GitProblem {
  try {
    return execFileSync("git", args, { input, maxBuffer: LARGEST_OUTPUT, stdio: "pipe" });
  } catch (error) {
    return explain(error);
  }
}

/** Finds the repository that the current folder is in. */
export function findRepository(): Repository | GitProblem {
  const prefix = git(["rev-parse", "--show-prefix"]);
  return "problem" in prefix ? prefix : { prefix: prefix.toString().replace(/\n$/, "") };
}

/** Where a path of the command line is, from the root of the repository; the empty text is the root itself. */
export function toTreePath(path: string, { prefix }: Repository): string {
  const fromHere = relative("", path).split(sep).join("/");
  const joined = posix.join(prefix, fromHere).replace(/\/$/, "");
  return joined === "." ? "" : joined;
}

/** A policy file of a tree. */
interface Entry {
  readonly isLink: boolean;
  readonly hash: string;
}

function listFiles(commit: string): Map<string, Entry> | GitProblem {
  const listed = git(["ls-tree", "-r", "-z", "--full-tree", commit]);
  if ("problem" in listed) return listed;
  const files = new Map<string, Entry>();
  for (const line of listed.toString().split("\0")) {
    const tab = line.indexOf("\t");
    const path = line.slice(tab + 1);
    const [mode, kind, hash = ""] = line.slice(0, tab).split(" ");
    if (kind === "blob" && path.endsWith(EXTENSION)) files.set(path, { isLink: mode === LINK_MODE, hash });
  }
  return files;
}

/** Reads what blobs hold: for each `HASH blob SIZE`, a line end, that many bytes, a line end. */
function readBlobs(hashes: readonly string[]): Map<string, Buffer> | GitProblem {
  const output = git(["cat-file", "--batch"], hashes.map((hash) => `${hash}\n`).join(""));
  if ("problem" in output) return output;
  const blobs = new Map<string, Buffer>();
  for (let position = 0; position < output.length; ) {
    const lineEnd = output.indexOf("\n", position);
    const [hash = "", , size = "0"] = output.subarray(position, lineEnd).toString().split(" ");
    const start = lineEnd + 1;
    blobs.set(hash, output.subarray(start, start + Number(size)));
    position = start + Number(size) + 1;
  }
  return blobs;
}

/** Whether a folder's files are looked for where the folder that a path names is looked through. */
function isBelow(file: string, folder: string): boolean {
  if (folder !== "" && !file.startsWith(`${folder}/`)) return false;
  const names = (folder === "" ? file : file.slice(folder.length + 1)).split("/");
  return names.slice(0, -1).every(isLookedThrough);
}

/**
 * Reads the policies of a revision: all of its `.cors` files at once, so that imports are those of the same commit.
 *
 * @param name - A commit, in any way that git knows.
 *
 * @example
 * ```ts
 * const revision = readRevision("main");
 * if (!("problem" in revision)) checkFiles(revision.filesAt("").map(revision.pathOf), revision.host);
 * ```
 */
export function readRevision(name: string): Revision | GitProblem {
  // Git would take it for an option.
  if (name === "" || name.startsWith("-")) return { problem: `\`${name}\` is no revision` };
  const commit = git(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  if ("problem" in commit) return { problem: `there is no revision \`${name}\`; in a shallow clone, fetch it first` };
  const files = listFiles(commit.toString().trim());
  if ("problem" in files) return files;
  const blobs = readBlobs([...new Set([...files.values()].map(({ hash }) => hash))]);
  if ("problem" in blobs) return blobs;

  const label = `${name}:`;
  const read = (file: string, links: number): Buffer | GitProblem => {
    const entry = files.get(file);
    const content = entry && blobs.get(entry.hash);
    if (!entry || !content) return { problem: MISSING };
    if (!entry.isLink) return content;
    if (links === 0) return { problem: "is a symbolic link that leads to itself" };
    return read(posix.join(posix.dirname(file), content.toString()), links - 1);
  };
  return {
    host: {
      resolve(importer, path) {
        const file = posix.join(posix.dirname(importer.slice(label.length)), path);
        return file.startsWith("../") ? { problem: "it is outside of the repository" } : label + file;
      },
      read: (path) => read(path.slice(label.length), MOST_LINKS),
    },
    filesAt: (path) => [...files.keys()].filter((file) => file === path || isBelow(file, path)).sort(),
    pathOf: (file) => label + file,
  };
}
