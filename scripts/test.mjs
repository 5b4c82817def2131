/* Builds, runs every test, and says how many passed and failed in the last line. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installBrowsers } from "./browsers.mjs";
import { root } from "./run.mjs";

await import("./build.mjs");

// As vitest has it: a filter is a part of a path.
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const browserTests = ["test/browsers/chromium.test.ts", "test/browsers/firefox.test.ts"];
if (filters.length === 0 || filters.some((filter) => browserTests.some((path) => path.includes(filter)))) {
  installBrowsers();
}

const folder = mkdtempSync(join(tmpdir(), "corslang-"));
const report = join(folder, "tests.json");
const { status } = spawnSync(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit" },
);

let passed = 0;
let failed = 0;
try {
  const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  passed = numPassedTests;
  // A file that can't be loaded, or whose preparations fail, has no failed test, and is a failure all the same.
  const hasFailedTest = ({ assertionResults }) => assertionResults.some(({ status: outcome }) => outcome === "failed");
  failed = numFailedTests + testResults.filter((file) => file.status === "failed" && !hasFailedTest(file)).length;
} catch {
  failed = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(status === 0 && failed === 0 && passed > 0 ? 0 : 1);
