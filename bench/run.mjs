/*
 * The benchmark suite: `npm run bench`, with `--quick` in less than two minutes, with `--only decision,http` in part.
 * What is measured, and why in this way, is said in each group's file. `--write` makes the results the ones that are
 * checked in, and docs/performance.md of them; `--no-build` measures what was built before.
 */
import { parseArgs } from "node:util";
import { summarizeDifferences } from "./groups/compare-subjects.mjs";
import { measureCompiler } from "./groups/compiler.mjs";
import { measureDecision } from "./groups/decision.mjs";
import { measureFootprint } from "./groups/footprint.mjs";
import { measureHostile } from "./groups/hostile.mjs";
import { measureHttp } from "./groups/http.mjs";
import { measureMiddleware } from "./groups/middleware.mjs";
import { ROOT } from "./ours.mjs";
import { writeDocument } from "./report/document.mjs";
import { describeEnvironment } from "./report/environment.mjs";
import { readReference, writeResults } from "./report/results.mjs";
import { printDifferences, printTable, printVerdict } from "./report/terminal.mjs";

/** The groups, in the order of the report. */
const GROUPS = {
  decision: measureDecision,
  middleware: measureMiddleware,
  http: measureHttp,
  hostile: measureHostile,
  footprint: measureFootprint,
  compiler: measureCompiler,
};

const NAMES = Object.keys(GROUPS);

/**
 * Measures groups.
 *
 * @param {object} run
 * @param {readonly string[]} run.only - The groups.
 * @param {"full" | "quick" | "smallest"} run.effort
 * @param {(what: string) => void} run.say - Is told what is being measured.
 * @param {(group: object, results: object) => void} [run.show] - Gets each group when it is done, and all so far.
 */
export async function measureGroups({ only, effort, say, show = () => {} }) {
  // At first: what fails should fail before an hour of measuring.
  const environment = describeEnvironment();
  const groups = {};
  for (const name of only) {
    const differences = [];
    const start = performance.now();
    const tables = await GROUPS[name]({
      effort,
      root: ROOT,
      differences,
      say: (what) => say(`${name}: ${what}`),
    });
    groups[name] = {
      effort,
      measured: new Date().toISOString().slice(0, 10),
      seconds: Math.round((performance.now() - start) / 1000),
      tables,
      differences: summarizeDifferences(differences),
    };
    show(groups[name], { environment, groups });
  }
  return { environment, groups };
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", default: NAMES.join(",") },
      write: { type: "boolean", default: false },
      build: { type: "boolean", default: true },
    },
    allowNegative: true,
  });
  const only = values.only.split(",");
  const unknown = only.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Error(`there is no group ${unknown.join(", ")}: there are ${NAMES.join(", ")}`);
  return { ...values, only, effort: values.quick ? "quick" : "full" };
}

async function main() {
  const { only, effort, write, build } = readArguments();
  if (build) await import("../scripts/build.mjs");
  const results = await measureGroups({
    only,
    effort,
    say: (what) => console.error(what),
    show({ tables, differences }, soFar) {
      for (const table of tables) printTable(table);
      printDifferences(differences);
      // Should the next one fail, this one need not be measured again.
      writeResults(soFar, false, NAMES);
    },
  });
  printVerdict(Object.values(results.groups).flatMap(({ tables }) => tables));
  if (!write) return;
  writeResults(results, true, NAMES);
  writeDocument(readReference());
}

if (process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    // An answer that is not what it should be, or an argument: where in here it was found helps nobody.
    console.error(error.message);
    process.exitCode = 1;
  }
}
