/*
 * Compares two revisions of ours: `npm run bench:compare REV` this working tree with REV, `npm run bench:compare REV REV`
 * two others. Each is built in a folder of its own; then the two take turns, as all that is compared here does. Exit code
 * 1: something has become slower beyond noise.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FRAMEWORKS } from "./frameworks/index.mjs";
import { OURS } from "./frameworks/subject-names.mjs";
import { chooseShapes, MODULE as DECISION, describeShape } from "./groups/decision.mjs";
import { MODULE as MIDDLEWARE } from "./groups/middleware.mjs";
import { alternate } from "./measure/alternate.mjs";
import { alternateRuns, runScript } from "./measure/alternate-runs.mjs";
import { summarizeRatio } from "./measure/statistics.mjs";
import { hasAdapter, ROOT } from "./ours.mjs";
import { formatSummary } from "./report/format.mjs";
import { KIND_NAMES } from "./requests.mjs";

const COMPILE = new URL("scripts/compile-time.mjs", import.meta.url);

/** There are a hundred rows or so: with the usual 95 %, five of them would be beyond their interval by chance. */
const CONFIDENCE = 0.99;

/** Slower by less than this is no reason to stop anybody: moving a function within a file can do as much. */
const MARGIN = 0.03;

/** As in scripts/install.mjs. */
const PNPM = "pnpm@12.21.0";

const EFFORT = {
  full: { starts: 12, rounds: 3, amount: 30 },
  quick: { starts: 6, rounds: 2, amount: 8 },
};

function run(command, args, options) {
  const { status, error, stdout } = spawnSync(command, args, { maxBuffer: 2 ** 30, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} has failed`);
  return stdout;
}

/**
 * Puts a revision into a folder and builds it. From an archive, and not as a work tree of git's, of which something would
 * stay in the repository when this is stopped halfway.
 */
function buildRevision(revision, folder) {
  mkdirSync(folder);
  const archive = run("git", ["archive", "--format=tar", revision], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  run("tar", ["-x"], { cwd: folder, input: archive, stdio: ["pipe", "inherit", "inherit"] });
  const stdio = ["ignore", "ignore", "inherit"];
  // Not by the letter of its lock file, which among the commits of a branch need not always be whole.
  const install = ["-y", PNPM, "install", "--no-frozen-lockfile", "--prefer-offline"];
  run("npx", install, { cwd: folder, stdio, env: { ...process.env, CI: "true" }, shell: process.platform === "win32" });
  // Its own script, as it was.
  run(process.execPath, ["scripts/build.mjs"], { cwd: folder, stdio });
}

/** How many origins the compared compilers get. */
const COMPILED = 10_000;

/**
 * What is compared, in several kinds: `measure` takes the kinds and the plan, and gives the numbers of the two trees by
 * kind, one for each start.
 */
function listCases(effort, before, after) {
  const ofModule = (name, module, options, share) => ({
    name,
    kinds: KIND_NAMES,
    measure: (kinds, { amount, ...plan }) =>
      alternate({
        module,
        subjects: { before: { ...options, root: before }, after: { ...options, root: after } },
        kinds,
        ...plan,
        amount: Math.max(1, Math.round(amount * share)),
        // With all kinds, also where few are measured: V8 compiles code for what it has seen.
        warmUp: (workers) => Promise.all([...workers.values()].map((worker) => worker.call("warmUp", KIND_NAMES))),
      }),
  });
  const shapes = chooseShapes(effort).map((shape) =>
    ofModule(`decision, ${describeShape(shape)}`, DECISION, { subject: OURS, ...shape }, 1),
  );
  const frameworks = FRAMEWORKS.filter((framework) => hasAdapter(before, framework) && hasAdapter(after, framework));
  const mounts = frameworks.map((framework) =>
    // A request within a framework takes many times as long as a decision.
    ofModule(`middleware, ${framework}`, MIDDLEWARE, { framework, subject: OURS, count: 10 }, 0.3),
  );
  const compile = (root) => () => runScript(COMPILE, [String(COMPILED), root]).milliseconds;
  const compiler = {
    name: `compiler, ${new Intl.NumberFormat("en").format(COMPILED)} origins`,
    kinds: ["time"],
    measure: async (_kinds, { starts }) => ({
      time: await alternateRuns({ before: compile(before), after: compile(after) }, starts),
    }),
  };
  return [...shapes, ...mounts, compiler];
}

/** How many times as long the later tree takes, by kind. */
async function measureRatios({ measure }, kinds, plan) {
  const samples = await measure(kinds, plan);
  return kinds.map((kind) => ({ kind, ratio: summarizeRatio(samples[kind].after, samples[kind].before, CONFIDENCE) }));
}

function isSlower({ ratio }) {
  return ratio.low > 1 + MARGIN;
}

/** Measures everything; what seems slower once more with new processes, and only what is slower again counts. */
async function compare(effort, before, after) {
  const plan = EFFORT[effort];
  const slower = [];
  for (const one of listCases(effort, before, after)) {
    console.log(`\n${one.name}`);
    const rows = await measureRatios(one, one.kinds, plan);
    for (const { kind, ratio } of rows) console.log(`  ${kind.padEnd(18)} × ${formatSummary(ratio)}`);
    const suspects = rows.filter(isSlower).map(({ kind }) => kind);
    if (suspects.length === 0) continue;
    const again = await measureRatios(one, suspects, { ...plan, starts: 2 * plan.starts });
    for (const { kind, ratio } of again) console.log(`  ${kind.padEnd(18)} × ${formatSummary(ratio)}, again`);
    slower.push(...again.filter(isSlower).map(({ kind }) => `${one.name}: ${kind}`));
  }
  return slower;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (positionals.length < 1 || positionals.length > 2) {
    throw new Error("usage: npm run bench:compare -- [--quick] REV [REV]; without a second one: the working tree");
  }
  return { effort: values.quick ? "quick" : "full", revisions: positionals };
}

const { effort, revisions } = readArguments();
const folder = mkdtempSync(join(tmpdir(), "corslang-compare-"));
try {
  const [before, after = ROOT] = revisions.map((revision, index) => {
    const tree = join(folder, String(index));
    console.log(`building ${revision}`);
    buildRevision(revision, tree);
    return tree;
  });
  if (after === ROOT) await import("../scripts/build.mjs");
  const slower = await compare(effort, before, after);
  console.log(slower.length === 0 ? "\nnothing is slower" : `\nslower:\n${slower.map((row) => `  ${row}`).join("\n")}`);
  process.exitCode = slower.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
