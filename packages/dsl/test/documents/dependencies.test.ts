import { describe, expect, test } from "vitest";
import { readFile, readFolder } from "./markdown.js";

const MANIFESTS = [
  "package.json",
  "bench/package.json",
  "examples/package.json",
  "examples/recipes/package.json",
  ...readFolder("packages/").map((name) => `packages/${name}/package.json`),
];

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** The packages from elsewhere that a manifest depends on, with their versions. */
function dependenciesOf(path: string): [string, string][] {
  // The cast holds for what is read of it: manifests are our own files.
  const { dependencies, devDependencies } = JSON.parse(readFile(path)) as Manifest;
  return Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => version !== "workspace:*");
}

describe("versions are exact", () => {
  test.each(MANIFESTS)("%s", (path) => {
    const loose = dependenciesOf(path).filter(
      ([, version]) => !/^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

test("docs/dependencies.md names all of them with their versions, and nothing else", () => {
  const rows = [...readFile("docs/dependencies.md").matchAll(/^\| (\S+) \| (\S+) \| .+ \|$/gm)]
    .map(([, name = "", version = ""]): [string, string] => [name, version])
    .filter(([name]) => name !== "package" && name !== "---");
  const used = new Map(MANIFESTS.flatMap(dependenciesOf));
  expect(new Map(rows.sort())).toEqual(new Map([...used].sort()));
});
