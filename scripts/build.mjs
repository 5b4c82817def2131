/* Builds the packages, each after those that it needs. */
import { writeBillsOfMaterials } from "./bill-of-materials.mjs";
import { PACKAGES } from "./packages.mjs";
import { run } from "./run.mjs";

for (const name of PACKAGES) {
  run("tsup", ["--silent"], `packages/${name}`);
  run("tsc", ["-p", "tsconfig.build.json"], `packages/${name}`);
}
await import("./third-party-licenses.mjs");
writeBillsOfMaterials();
