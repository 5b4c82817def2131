/*
 * The long run of the tests with random inputs: round after round, each of them with another seed, until one fails or the
 * time is over. A round is what `npm test` does once.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "./run.mjs";

const HELP = `usage: npm run fuzz -- [options]

  --minutes N   begin rounds for so long; default: 10
  --runs N      do so many rounds instead; default with --seed: 1
  --seed N      the seed of the first round; each round after it has the next one
`;

/** Ends with what is wrong with the arguments. */
function refuse(problem) {
  console.error(`fuzz: ${problem}\n\n${HELP}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: { minutes: { type: "string" }, runs: { type: "string" }, seed: { type: "string" } },
    }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

function readNumber(name, text, least, most) {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) refuse(`--${name} is a number from ${least} to ${most}, not ${text}`);
  return number;
}

const HIGHEST_SEED = 2 ** 31 - 1;
const { minutes, runs, seed } = readOptions();
if (minutes !== undefined && runs !== undefined) refuse("--minutes and --runs are two ways to say when to end");
const hasCount = runs !== undefined || (seed !== undefined && minutes === undefined);
const mostRounds = hasCount ? readNumber("runs", runs ?? "1", 1, 1_000_000) : Number.POSITIVE_INFINITY;
const end = Date.now() + readNumber("minutes", minutes ?? "10", 1, 100_000) * 60_000;
const firstSeed =
  seed === undefined ? Math.floor(Math.random() * HIGHEST_SEED) : readNumber("seed", seed, 0, HIGHEST_SEED);

await import("./build.mjs");

// Whatever takes its random inputs from the seed of the run, but for what loads and kills processes: it needs a machine
// of its own, and another input tells nothing new.
const tests = globSync(["packages/*/test/**/*.test.ts", "test/properties/*.test.ts"], {
  cwd: root,
  exclude: ["packages/*/test/load/**", "packages/*/test/faults/**"],
})
  .filter((path) => path.startsWith("test/") || readFileSync(`${root}${path}`, "utf8").includes("seedOfThisRun"))
  .sort();

// Ends a test that hangs, and no sooner: how busy a machine is says nothing of a seed. Half a minute, as in `npm test`,
// was too short for one that had much else to do.
const PATIENCE = 10 * 60_000;

let rounds = 0;
while (rounds < mostRounds && (hasCount || Date.now() < end)) {
  const roundSeed = (firstSeed + rounds) % (HIGHEST_SEED + 1);
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, "run", `--testTimeout=${PATIENCE}`, ...tests],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1_000_000_000,
      env: { ...process.env, CORSLANG_SEED: String(roundSeed) },
    },
  );
  if (status !== 0) {
    console.error(`${stdout}${stderr}\nseed ${roundSeed} fails; repeat it with: npm run fuzz -- --seed ${roundSeed}`);
    process.exit(1);
  }
  rounds++;
  console.log(`seed ${roundSeed}: passed in ${Math.round((Date.now() - started) / 1000)} s`);
}
console.log(`${rounds} rounds passed, of ${tests.length} files of tests each`);
