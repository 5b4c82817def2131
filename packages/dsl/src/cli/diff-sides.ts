import { basename, posix, sep } from "node:path";
import type { DeclaredPolicy } from "../compare/comparison.js";
import { type CheckResult, checkFiles } from "../compile.js";
import { createDiskHost, STDIN } from "../disk/disk-host.js";
import type { FileProblem } from "../disk/problem.js";
import type { Host } from "../program/host.js";
import { findRepository, type GitProblem, type Repository, readRevision, toTreePath } from "./git-revision.js";
import { type FoundInputs, findInputs } from "./inputs.js";
import type { UsageProblem } from "./usage.js";

/** What is compared. */
export type DiffSource =
  /** Two files or two folders. */
  | { readonly kind: "paths"; readonly before: string; readonly after: string }
  /** What paths lead to in two revisions of a git repository; `after` is `null` for the files as they are. */
  | { readonly kind: "git"; readonly before: string; readonly after: string | null; readonly paths: readonly string[] };

/** One of the two versions. */
export interface Side {
  readonly result: CheckResult;
  readonly policies: readonly DeclaredPolicy[];
}

/** Both versions. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** A file of a side: how its host reads it, and what it is called on both sides. */
interface NamedFile {
  readonly path: string;
  readonly file: string;
}

/** Files that are to be compared, and who reads them. */
interface Files {
  readonly files: readonly NamedFile[];
  readonly host: Host;
}

/** Whether an import leaves its package is for a check to say; what it means is the same. */
const DISK = createDiskHost({ allowOutside: true });

function checkSide({ files, host }: Files): Side {
  const names = new Map(files.map(({ path, file }) => [path, file]));
  const result = checkFiles([...names.keys()], host);
  const policies = result.files.flatMap(({ path, profiles, checkedFor }) =>
    (checkedFor(null) ?? []).map((policy, index): DeclaredPolicy => {
      const file = names.get(path) ?? path;
      return { file, name: policy.name, profiles, checkedFor: (profile) => checkedFor(profile)?.[index] ?? policy };
    }),
  );
  return { result, policies };
}

/** Files that are not there; a folder may be without policies in one of the versions. */
function findMissing({ folders, problems }: FoundInputs): FileProblem | undefined {
  return problems.find(({ path }) => !folders.includes(path));
}

function nothingToCompare(paths: readonly string[]): UsageProblem {
  return { usage: `there is no .cors file in ${paths.join(" and ")}, in either version` };
}

function readPaths(before: string, after: string): Sides | UsageProblem | FileProblem {
  if (before === STDIN && after === STDIN) return { usage: "standard input can be one of the two versions, not both" };
  const [old, now] = [findInputs([before]), findInputs([after])];
  const missing = findMissing(old) ?? findMissing(now);
  if (missing) return missing;
  const isFolder = ({ folders }: FoundInputs) => folders.length > 0;
  if (isFolder(old) !== isFolder(now))
    return { usage: "diff takes two files or two folders, and these are one of each" };
  if (old.inputs.length + now.inputs.length === 0) return nothingToCompare([before, after]);
  // Two files are two versions of one, whatever they are called.
  const name = basename(after === STDIN ? before : after);
  const toFiles = (found: FoundInputs): Files => ({
    files: found.inputs.map(({ path, pathInTree }) => ({
      path,
      file: isFolder(found) ? pathInTree.split(sep).join("/") : name,
    })),
    host: DISK,
  });
  return { before: checkSide(toFiles(old)), after: checkSide(toFiles(now)) };
}

/** What files are called that are compared by way of git: by their place, seen from the current folder. */
function nameFor(treePath: string, { prefix }: Repository): string {
  return posix.relative(prefix, treePath);
}

function findInRevision(name: string, paths: readonly string[], repository: Repository): Files | GitProblem {
  const revision = readRevision(name);
  if ("problem" in revision) return revision;
  const found = new Set(paths.flatMap((path) => revision.filesAt(toTreePath(path, repository))));
  const files = [...found].map((file) => ({ path: revision.pathOf(file), file: nameFor(file, repository) }));
  return { files, host: revision.host };
}

function findOnDisk(paths: readonly string[], repository: Repository): Files {
  // What is missing here may be there in the revision.
  const { inputs } = findInputs(paths);
  const files = inputs.map(({ path }) => ({ path, file: nameFor(toTreePath(path, repository), repository) }));
  // One file can be reached by several paths.
  return { files: [...new Map(files.map((one) => [one.file, one])).values()], host: DISK };
}

function readGit({ before, after, paths }: Extract<DiffSource, { readonly kind: "git" }>): Sides | UsageProblem {
  const repository = findRepository();
  if ("problem" in repository) return { usage: repository.problem };
  const old = findInRevision(before, paths, repository);
  if ("problem" in old) return { usage: old.problem };
  const now = after === null ? findOnDisk(paths, repository) : findInRevision(after, paths, repository);
  if ("problem" in now) return { usage: now.problem };
  const there = [...old.files, ...now.files].map(({ file }) => posix.join(repository.prefix, file));
  const missing = paths.filter((path) => {
    const place = toTreePath(path, repository);
    return !there.some((file) => place === "" || file === place || file.startsWith(`${place}/`));
  });
  if (missing.length > 0) return nothingToCompare(missing);
  return { before: checkSide(old), after: checkSide(now) };
}

/**
 * Reads and checks both versions of the policies.
 *
 * @returns Why there is nothing to compare; what is wrong with the policies themselves is in the results.
 *
 * @example
 * ```ts
 * readSides({ kind: "git", before: "main", after: null, paths: ["policies"] });
 * ```
 */
export function readSides(source: DiffSource): Sides | UsageProblem | FileProblem {
  return source.kind === "git" ? readGit(source) : readPaths(source.before, source.after);
}
