/*
 * Loads every adapter, on each of its frameworks, with a million requests of all kinds, and checks every answer; fails
 * when one is wrong, or when a server's memory grows. Another number is the first argument. See
 * packages/adapters/test/load.
 */
import { arch, cpus, platform, release } from "node:os";
import "../packages/adapters/test/load/run-typescript.mjs";

const given = process.argv[2] ?? "1000000";
const requests = Number(given);
if (!Number.isSafeInteger(requests) || requests < 10_000 || requests > 10_000_000) {
  console.error(`load: ${given} is no number of requests; write one from 10000 to 10000000`);
  process.exit(2);
}

await import("./build.mjs");
// Not imported above, as the hook has to be there before.
const { seedOfThisRun } = await import("../packages/runtime/test/random.ts");
const { makeLoadMix } = await import("../packages/adapters/test/load/requests.ts");
const { growthOf, heldBytes, MOST_GROWTH, runLoad } = await import("../packages/adapters/test/load/run-load.ts");
const { FRAMEWORKS } = await import("../packages/adapters/test/applications/frameworks.ts");

const count = new Intl.NumberFormat("en");

function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function printRow(...cells) {
  const [name, ...numbers] = cells;
  console.log(name.padEnd(28) + numbers.map((cell) => cell.padStart(13)).join(""));
}

const seed = seedOfThisRun();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${platform()} ${release()} ${arch()}, ` +
    `${new Date().toISOString().slice(0, 10)}; CORSLANG_SEED=${seed}\n`,
);
const mix = makeLoadMix(seed);
printRow("", "requests", "refused", "wrong", "memory after", "memory at", "most", "process at", "requests");
printRow("", "", "by the parser", "answers", "a fifth", "the end", "growth", "the end", "per second");
let failed = false;
for (const [framework] of FRAMEWORKS) {
  const report = await runLoad(framework, requests, mix);
  const { measurements, wrong, faults, refused, seconds } = report;
  const first = measurements[0];
  const last = measurements.at(-1);
  const growth = growthOf(report);
  printRow(
    framework,
    count.format(report.requests),
    count.format(refused),
    count.format(wrong),
    megabytes(heldBytes(first)),
    megabytes(heldBytes(last)),
    megabytes(growth),
    megabytes(last.resident),
    count.format(Math.round(report.requests / seconds)),
  );
  for (const fault of faults) console.error(`  ${fault}`);
  if (growth >= MOST_GROWTH) console.error(`  its memory has grown by more than ${megabytes(MOST_GROWTH)}`);
  failed ||= wrong > 0 || growth >= MOST_GROWTH;
}
process.exitCode = failed ? 1 : 0;
