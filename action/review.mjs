/*
 * What the action does (action.yml): checks the policies of a checkout, and says what they newly allow beside its base.
 *
 * Names of branches, files and the like are chosen by whoever opens a pull request. They arrive in environment variables
 * and go on as arguments behind a `--`; no shell ever reads them. What is printed of them can't begin a line of the log:
 * a runner would take `::` there for a command of ours.
 */
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";

const { CORS_BASE = "", CORS_DENY = "", CORS_FAIL_ON = "", CORS_PATHS = "" } = process.env;
const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, GITHUB_WORKSPACE } = process.env;

/** The lines of an input that takes several values. */
function readLines(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const paths = readLines(CORS_PATHS);

/** Runs a command in the checkout, without a shell. */
function run(command, args, stdio = "pipe") {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: GITHUB_WORKSPACE,
    encoding: "utf8",
    maxBuffer: 100_000_000,
    stdio,
  });
  if (error) throw error;
  return { status: status ?? 2, stdout, stderr };
}

/** Says what is wrong where GitHub shows it beside the pull request. */
function annotate(message) {
  const escaped = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  console.log(`::error::${escaped}`);
}

/** Prints what must not be taken for a command to the runner. */
function printAsText(text) {
  const token = randomUUID();
  console.log(`::stop-commands::${token}\n${text}\n::${token}::`);
}

/** Puts the text into the job's summary, and into the output `comment`. */
function publish(comment) {
  // Nobody can guess the delimiter, and so end the output before its time and begin another one.
  const delimiter = randomUUID();
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, comment);
  if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, `comment<<${delimiter}\n${comment}${delimiter}\n`);
}

function check() {
  const denied = readLines(CORS_DENY).flatMap((code) => ["--deny", code]);
  return run("cors-compile", ["check", "--format", "github", ...denied, "--", ...paths], "inherit").status;
}

function checkFormat() {
  const { status, stdout, stderr } = run("cors-compile", ["fmt", "--check", "--", ...paths]);
  printAsText(stdout + stderr);
  if (status === 1) annotate("there are policies that are not in the one style; run cors-compile fmt");
  return status;
}

/** Where the branch left: what has happened on the other one since is not the pull request's. */
function findBase() {
  // Git would take it for an option.
  const { status, stdout } = CORS_BASE.startsWith("-") ? { status: 1 } : run("git", ["merge-base", CORS_BASE, "HEAD"]);
  return status === 0 ? run("git", ["rev-parse", "--short", stdout.trim()]).stdout.trim() : null;
}

function compare() {
  const base = findBase();
  if (base === null) {
    annotate(`git does not know where HEAD left ${CORS_BASE}; check out with fetch-depth: 0`);
    return 2;
  }
  const failOn = CORS_FAIL_ON === "none" ? [] : ["--fail-on", CORS_FAIL_ON];
  const args = ["diff", "--git", base, "--format", "markdown", ...failOn, "--", ...paths];
  const { status, stdout, stderr } = run("cors-compile", args);
  printAsText(stdout + stderr);
  if (stdout !== "") {
    publish(stdout);
    if (status === 1) annotate(`the policies have ${CORS_FAIL_ON}; the summary of this job says how`);
  } else if (status === 1) {
    publish(
      "### CORS policies: not compared\n\nOne of the two versions has errors, which the log of this job shows.\n",
    );
    annotate("the policies were not compared, as one of the two versions has errors");
  }
  return status;
}

const codes = [check(), checkFormat()];
// Without a base, as on a push, there is nothing to compare with.
if (CORS_BASE !== "") codes.push(compare());
process.exitCode = Math.max(...codes);
