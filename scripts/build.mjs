/* Builds the packages, each after those that it needs. */
import { run } from "./run.mjs";

for (const name of ["runtime", "adapters", "dsl"]) {
  run("tsup", ["--silent"], `packages/${name}`);
  run("tsc", ["-p", "tsconfig.build.json"], `packages/${name}`);
}
await import("./third-party-licenses.mjs");
