import workspace from "../../vitest.config.js";
import { PARTS } from "./parts.mjs";

/* Stryker's workers read this. They have no arguments, so the part comes in the environment. */

const { tests, without } = PARTS[process.env.CORSLANG_MUTATED_PART];

export default {
  ...workspace,
  test: {
    ...workspace.test,
    include: tests,
    exclude: ["**/node_modules/**", ...without],
    // Files of one run share their modules, which halves its time; each mutant has a run of its own.
    isolate: false,
    // A request that a mutant never answers fails soon, and not when Stryker gives up the whole run.
    testTimeout: 4_000,
    hookTimeout: 10_000,
  },
};
