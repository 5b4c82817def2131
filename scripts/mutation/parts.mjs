/*
 * What is mutated, and by which tests it has to be found. Tests that take seconds, or work in processes of their own, are
 * left out: each of them would be run again for hundreds of mutants. So are those on random inputs: what they find they
 * find by luck, and with the same seed every time.
 */

/**
 * @typedef {object} Part
 * @property {readonly string[]} mutate - Globs of sources.
 * @property {readonly string[]} tests - Globs of test files.
 * @property {readonly string[]} without - Globs of test files that are left out.
 * @property {number} leastKilled - In percent of all that are no equivalents.
 */

/** @type {Readonly<Record<string, Part>>} */
export const PARTS = {
  runtime: {
    mutate: ["packages/runtime/src/*.ts"],
    tests: ["packages/runtime/test/*.test.ts"],
    without: ["**/differential.test.ts", "**/load-policy-*.test.ts"],
    leastKilled: 100,
  },
  adapters: {
    mutate: ["packages/adapters/src/*.ts"],
    tests: ["packages/adapters/test/*.test.ts"],
    without: ["**/known-*.test.ts", "**/*-cases.test.ts", "**/replace*.test.ts"],
    leastKilled: 90,
  },
};
