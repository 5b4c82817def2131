/* The main job on the examples: builds, compiles their policies, and asks their servers. */
import { run } from "./run.mjs";

await import("./build.mjs");
run("node", ["node_modules/@corslang/dsl/bin/cors-compile.mjs"], "examples");
run("node", ["run.mjs"], "examples");
