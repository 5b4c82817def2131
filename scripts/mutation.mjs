/*
 * Mutation tests: makes one small change after another in the sources, and fails where the tests do not notice.
 * `npm run mutation` for all parts, `npm run mutation -- runtime` for one; `--write` puts the result into
 * docs/assurance.md, `--last` judges the report of the last run anew.
 */
import { existsSync, readFileSync } from "node:fs";
import { writeResult } from "./mutation/document.mjs";
import { judge } from "./mutation/judge.mjs";
import { PARTS } from "./mutation/parts.mjs";
import { reportOf, runPart } from "./mutation/run-part.mjs";
import { root } from "./run.mjs";

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith("--"));
const unknown = args.filter((arg) => !["--write", "--last"].includes(arg) && !Object.hasOwn(PARTS, arg));
if (unknown.length > 0) {
  console.error(`no part or option: ${unknown.join(", ")}; the parts are ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}

const equivalents = JSON.parse(readFileSync(new URL("./mutation/equivalents.json", import.meta.url), "utf8"));
const list = (title, lines) => lines.length > 0 && console.log(`\n${title}\n${lines.join("\n")}`);

for (const part of names.length > 0 ? names : Object.keys(PARTS)) {
  if (!args.includes("--last")) await runPart(part);
  if (!existsSync(reportOf(part))) {
    console.error(`${part}: there is no report; run it without --last`);
    process.exit(2);
  }
  const report = JSON.parse(readFileSync(reportOf(part), "utf8"));
  const changed = Object.keys(report.files).filter(
    (file) => readFileSync(root + file, "utf8") !== report.files[file].source,
  );
  if (changed.length > 0) {
    console.error(`${part}: changed since the mutants were made: ${changed.join(", ")}`);
    process.exit(2);
  }
  const verdict = judge(report, equivalents[part] ?? [], PARTS[part].leastKilled);
  const { mutants, killed, survivors, equivalent, stale, percent, isGood } = verdict;
  list(`${part}: not noticed by any test`, survivors);
  list(`${part}: on the list of equivalents, and there is no such survivor`, stale);
  console.log(
    `\n${part}: ${mutants} mutants, ${killed} killed, ${survivors.length} survived, ${equivalent} equivalent: ${percent} %, ${isGood ? "good" : "NOT GOOD"}`,
  );
  if (!isGood) process.exitCode = 1;
  if (args.includes("--write")) writeResult(part, verdict);
}
