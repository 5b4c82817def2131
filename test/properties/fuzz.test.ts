import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/* The long run itself builds the packages, which other tests use. What it refuses, it refuses before that. */

const fuzz = fileURLToPath(new URL("../../scripts/fuzz.mjs", import.meta.url));

test.each([
  [["--minutes", "soon"], "--minutes is a number from 1 to 100000, not soon"],
  [["--runs", "0"], "--runs is a number from 1 to 1000000, not 0"],
  [["--seed", "1e3"], "--seed is a number from 0 to 2147483647, not 1e3"],
  [["--seed", "2147483648"], "--seed is a number from 0 to 2147483647, not 2147483648"],
  [["--runs", "1", "--minutes", "1"], "--minutes and --runs are two ways to say when to end"],
  [["--rounds", "1"], "'--rounds'"],
])("%s is refused, and nothing is run", (args, problem) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fuzz, ...args], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(problem);
  expect(stderr).toContain("usage: npm run fuzz");
});
