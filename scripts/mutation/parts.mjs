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

/** What tells that the language's stages do what they should, from the text to diagnostics and compiled policies. */
const LANGUAGE_TESTS = [
  "packages/dsl/test/{diagnostics,language}.test.ts",
  "packages/dsl/test/{origin,resolve,check}/*.test.ts",
];
const SLOW_LANGUAGE_TESTS = ["**/enumeration.test.ts", "**/limits.test.ts", "**/cover-index-random.test.ts"];

/** @type {Readonly<Record<string, Part>>} */
export const PARTS = {
  runtime: {
    mutate: ["packages/runtime/src/*.ts"],
    tests: ["packages/runtime/test/*.test.ts"],
    without: ["**/differential.test.ts", "**/load-policy-*.test.ts"],
    leastKilled: 100,
  },
  testing: {
    mutate: ["packages/runtime/src/{browser,testing}/*.ts"],
    tests: ["packages/runtime/test/{browser,testing}/*.test.ts"],
    without: [],
    leastKilled: 100,
  },
  adapters: {
    mutate: ["packages/adapters/src/*.ts"],
    tests: ["packages/adapters/test/*.test.ts"],
    without: ["**/known-*.test.ts", "**/*-cases.test.ts", "**/replace*.test.ts"],
    leastKilled: 90,
  },
  origin: {
    mutate: [
      "packages/dsl/src/origin/{claim-pattern,cover-index,host-relations,host,label-relations,limits,loopback,parse}.ts",
      "packages/dsl/src/origin/{pattern,port-relations,public-suffix,star-host-index,suggest}.ts",
    ],
    tests: LANGUAGE_TESTS,
    without: SLOW_LANGUAGE_TESTS,
    leastKilled: 90,
  },
  algebra: {
    mutate: ["packages/dsl/src/origin/algebra/*.ts"],
    tests: ["packages/dsl/test/origin/*.test.ts", "packages/dsl/test/origin/algebra/*.test.ts"],
    without: [...SLOW_LANGUAGE_TESTS, "**/algebra/{laws,little-room,origin-set-random}.test.ts"],
    leastKilled: 90,
  },
  check: {
    mutate: ["packages/dsl/src/check/*.ts"],
    tests: LANGUAGE_TESTS,
    without: SLOW_LANGUAGE_TESTS,
    leastKilled: 90,
  },
  resolve: {
    mutate: ["packages/dsl/src/resolve/*.ts"],
    tests: LANGUAGE_TESTS,
    without: SLOW_LANGUAGE_TESTS,
    leastKilled: 90,
  },
};
