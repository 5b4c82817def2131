/* On what was measured, and with which versions. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The version of a package as it is installed: what a manifest asks for is another question. */
function installedVersion(name) {
  return JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
}

/** The machine, Node, and all packages that take part. */
export function describeEnvironment() {
  return {
    system: `${type()} ${release()}, ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.versions.node,
    v8: process.versions.v8,
    packages: Object.fromEntries(Object.keys(manifest.dependencies).map((name) => [name, installedVersion(name)])),
  };
}
