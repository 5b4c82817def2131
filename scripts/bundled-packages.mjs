import { globSync, readFileSync } from "node:fs";
import { root } from "./run.mjs";

const PLACE = /node_modules\/\.pnpm\/[^/]+\/node_modules\/(?:@[^/]+\/)?[^/]+\//;

/**
 * Finds the packages from elsewhere that are in the bundles of one of ours, by the bundles' own source maps: what a
 * manifest depends on may be left out of a bundle, and what is in it may have brought others along.
 *
 * @param {string} name - Of the folder below `packages/`; it has to be built.
 * @returns {{ name: string, version: string, license: string, folder: string }[]} Sorted by name; the folders are where
 * they are installed, with a separator at the end.
 *
 * @example
 * ```js
 * readBundledPackages("dsl").map(({ name }) => name); // ["@chevrotain/gast", …, "zod"]
 * ```
 */
export function readBundledPackages(name) {
  const maps = globSync(`${root}packages/${name}/dist/*.js.map`);
  if (maps.length === 0) throw new Error(`packages/${name} has not been built`);
  const sources = maps.flatMap((path) => JSON.parse(readFileSync(path, "utf8")).sources);
  const folders = new Set(sources.flatMap((source) => PLACE.exec(source)?.[0] ?? []));
  return [...folders]
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}package.json`, "utf8"));
      return { name, version, license, folder: `${root}${folder}` };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
