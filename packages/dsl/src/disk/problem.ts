/** A file or folder that could not be read or written, in one line. */
export interface FileProblem {
  readonly path: string;
  readonly problem: string;
}

/** The problem of a file that is not there. */
export const MISSING = "does not exist";

const EXPLANATIONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", MISSING],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "is a folder"],
  ["ENOTDIR", "a part of this path is not a folder"],
  // What mkdir calls the same.
  ["EEXIST", "a part of this path is not a folder"],
  ["ELOOP", "is a symbolic link that leads to itself"],
  ["ENOSPC", "no space is left on the device"],
  ["EFBIG", "is larger than the system lets files be"],
  ["EROFS", "the file system is read-only"],
  ["ENAMETOOLONG", "the name is too long"],
]);

/** Puts an error of the file system into words. */
export function toFileProblem(path: string, error: unknown): FileProblem {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return { path, problem: EXPLANATIONS.get(code) ?? `could not be used (${code})` };
}
