import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, normalize, parse, resolve, sep } from "node:path";
import type { Host } from "../program/host.js";
import { toFileProblem } from "./problem.js";

/** Standard input, as an argument. */
export const STDIN = "-";

/** The nearest folder from this one upwards that has a package.json; this one itself where none has. */
function findPackageFolder(folder: string): string {
  const { root } = parse(folder);
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, "package.json"))) return current;
    if (current === root) return folder;
  }
}

/** Where a path leads, links followed as far as there is something. */
function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPath(parent), basename(absolute));
  }
}

/** Whether an import stays in the package of the file that imports it. */
function isInside(importer: string, path: string): boolean {
  const folder = findPackageFolder(realPath(dirname(importer)));
  return realPath(path).startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * A host that reads from the disk. An import that leaves the folder of the nearest package.json, by `..` or by a link,
 * is refused: a policy is to be reviewed with the code that it is for.
 */
export function createDiskHost({ allowOutside }: { readonly allowOutside: boolean }): Host {
  return {
    resolve(importer, path) {
      const resolved = normalize(join(importer === STDIN ? "." : dirname(importer), path));
      return allowOutside || isInside(importer === STDIN ? "stdin.cors" : importer, resolved)
        ? resolved
        : { problem: "it is outside of this package; pass --allow-outside where that is meant" };
    },
    read(path) {
      try {
        // 0 is standard input's file descriptor.
        return readFileSync(path === STDIN ? 0 : path);
      } catch (error) {
        return { problem: toFileProblem(path, error).problem };
      }
    },
  };
}
