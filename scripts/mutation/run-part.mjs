import { availableParallelism } from "node:os";
import { Stryker } from "@stryker-mutator/core";
import { root } from "../run.mjs";
import { PARTS } from "./parts.mjs";

/** Below a folder that git, Biome and TypeScript pass over. */
const FOLDER = `${root}.tmp/mutation`;

/** Where the report of a part's last run is, in the format of the mutation testing report schema. */
export function reportOf(part) {
  return `${FOLDER}/${part}.json`;
}

/**
 * Mutates a part, and runs its tests on each mutant.
 *
 * @param {string} part - A name of {@link PARTS}.
 */
export async function runPart(part) {
  // Titles of random tests have the seed in them, and mutants are matched with tests by titles.
  process.env.CORSLANG_SEED = "1";
  process.env.CORSLANG_MUTATED_PART = part;
  await new Stryker({
    mutate: [...PARTS[part].mutate],
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "scripts/mutation/vitest.config.mjs", related: false, pool: "threads" },
    coverageAnalysis: "perTest",
    concurrency: Math.min(2, availableParallelism()),
    tempDirName: `${FOLDER}/${part}`,
    ignorePatterns: ["dist", "bench", ".tmp"],
    // Stryker rewrites it by TypeScript's own API, which the native compiler does not have; no test needs it.
    tsconfigFile: "none",
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: reportOf(part) },
  }).runMutationTest();
}
