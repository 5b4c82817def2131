/** How the compiler reads files, so that it works on a disk, in an editor and in a browser alike. */
export interface Host {
  /**
   * What the path of an import stands for, seen from the importing file.
   *
   * @returns What `read` takes; two imports of one file have to give the same. Or why it is not to be imported.
   */
  readonly resolve: (importer: string, path: string) => string | { readonly problem: string };
  /** The bytes or the text of a file, or why it can't be read. */
  readonly read: (path: string) => string | Uint8Array | { readonly problem: string };
}

/** A host for sources in memory, by path. Paths are those of URLs, with `/`. */
export function createMemoryHost(sources: Readonly<Record<string, string>>): Host {
  return {
    resolve(importer, path) {
      const base = new URL(importer, "memory:///");
      return new URL(path, base).pathname.slice(1);
    },
    read(path) {
      return Object.hasOwn(sources, path) ? (sources[path] ?? "") : { problem: "does not exist" };
    },
  };
}
