import type { Host } from "../program/host.js";
import type { Content, Contents } from "./content.js";

/** For each file what it imports, whether or not that is there. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** What a compilation has read, in order to follow it. */
export interface Reading {
  /** Reads for the compiler, and notes it. */
  readonly host: Host;
  readonly contents: Contents;
  readonly imports: ImportGraph;
}

/**
 * Begins a reading.
 *
 * @param disk - Where files come from.
 * @param seen - What has been read already, missing files too: they are not read again, so that what is compiled is what
 * was looked at, and nothing that an editor does meanwhile.
 *
 * @example
 * ```ts
 * const reading = createReading(createDiskHost({ allowOutside: false }));
 * compileFiles(["api.cors"], reading.host);
 * reading.imports.get("api.cors"); // Set { "shared.cors" }
 * ```
 */
export function createReading(disk: Host, seen: Contents = new Map()): Reading {
  const contents = new Map<string, Content>();
  const imports = new Map<string, Set<string>>();
  const host: Host = {
    resolve(importer, path) {
      const resolved = disk.resolve(importer, path);
      if (typeof resolved === "string") imports.get(importer)?.add(resolved);
      return resolved;
    },
    read(path) {
      const content = seen.get(path) ?? disk.read(path);
      contents.set(path, content);
      imports.set(path, new Set());
      return content;
    },
  };
  return { host, contents, imports };
}

/** A file with all that it imports, directly or not. */
export function reachableFrom(entry: string, imports: ImportGraph): Set<string> {
  const reached = new Set([entry]);
  // What is added while a set is walked is walked as well.
  for (const path of reached) for (const imported of imports.get(path) ?? []) reached.add(imported);
  return reached;
}
