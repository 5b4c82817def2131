import { existsSync } from "node:fs";
import { countOf, summarize } from "../diagnostics/findings.js";
import { createDiskHost } from "../disk/disk-host.js";
import type { Host } from "../program/host.js";
import type { Change } from "../watch/changes.js";
import { type Entries, follow, type Round } from "../watch/follow.js";
import { createReading } from "../watch/reading.js";
import { type Build, build, findOptionProblem, targetsOf } from "./build.js";
import { type CompileCommand, findStaleOutputs, writeBuild } from "./compile-command.js";
import { type Console, printFileProblem, printUsageProblem } from "./console.js";
import type { ExitCode } from "./exit-code.js";
import { type FoundInputs, findInputs, type Input } from "./inputs.js";
import { writeOutputs } from "./outputs.js";
import { printFindings } from "./report.js";
import { describeRound, type Outcome } from "./watch-line.js";

/** What follows from what has been found: a file that was given is waited for when it is gone. */
function toEntries({ inputs, folders, problems }: FoundInputs): Entries {
  const awaited = problems.map(({ path }) => path).filter((path) => path.endsWith(".cors") && !folders.includes(path));
  return { files: [...inputs.map(({ path }) => path), ...awaited], folders };
}

/** What has become of the outputs of each file of a round. */
function writeOutcomes({ files, result }: Build, console: Console): Outcome[] {
  const unreadable = result.unreadable.map(({ path }): Outcome => ({ kind: "unreadable", path }));
  const outcomes = files.map((file): Outcome => {
    const { path } = file.input;
    if (!file.outputs) return { kind: "failed", path, stale: findStaleOutputs(file) };
    if (file.outputs.length === 0) return { kind: "nothing", path };
    const written = writeOutputs(file.outputs);
    if (!("problem" in written)) {
      return written.length > 0 ? { kind: "written", paths: written } : { kind: "current", path };
    }
    printFileProblem(written, console);
    return { kind: "unwritten", path: written.path, input: path };
  });
  return [...unreadable, ...outcomes];
}

/** The outputs that removed policies leave behind. */
function findLeftOutputs(changes: readonly Change[], before: readonly Input[], command: CompileCommand): Outcome[] {
  const removed = new Set(changes.flatMap(({ kind, path }) => (kind === "removed" ? [path] : [])));
  const paths = before
    .filter(({ path }) => removed.has(path))
    .flatMap((input) => targetsOf(input, command))
    .filter((path) => existsSync(path));
  return paths.length > 0 ? [{ kind: "left", paths }] : [];
}

/** The profiles that each file names; those of files that are gone don't count. */
type ProfilesByPath = ReadonlyMap<string, readonly string[]>;

function noteProfiles(known: ProfilesByPath, { files }: Build["result"], inputs: readonly Input[]): ProfilesByPath {
  const all = new Map([...known, ...files.map(({ path, profiles }) => [path, profiles] as const)]);
  return new Map(inputs.map(({ path }) => [path, all.get(path) ?? []]));
}

/**
 * `cors-compile --watch`: compiles as without it, and then compiles again what changes, until a signal ends it. What is
 * given has to be there at the beginning, so that a mistyped path does not wait for ever; a folder may be empty.
 */
export function runWatch(command: CompileCommand, console: Console): ExitCode {
  const disk = createDiskHost(command);
  let found = findInputs(command.paths);
  const { folders, problems } = found;
  const missing = problems.filter(({ path }) => !folders.includes(path));
  for (const problem of missing) printFileProblem(problem, console);
  if (missing.length > 0) return 2;

  const reading = createReading(disk);
  const first = build(found.inputs, command, reading.host);
  if (first.usageProblem !== null) return printUsageProblem(first.usageProblem, console);
  writeBuild(first, problems, command, console);
  let inputs = found.inputs;
  let profiles = noteProfiles(new Map(), first.result, inputs);
  /** Files whose outputs could not be written in the last round; what was in the way is not in what they import. */
  let owed: readonly string[] = [];

  function compile(host: Host, changes: readonly Change[], affected: readonly string[]): Round {
    const now = found.inputs;
    const isAffected = new Set([...affected, ...owed]);
    const built = build(
      now.filter(({ path }) => isAffected.has(path)),
      command,
      host,
    );
    const { result } = built;
    const nextProfiles = noteProfiles(profiles, result, now);
    const { errors } = summarize(result);
    const isFaulty = errors > 0 || result.unreadable.length > 0;
    // A profile may only seem to be gone where a file can't be understood.
    const problem = isFaulty ? null : findOptionProblem(now, [...new Set([...nextProfiles.values()].flat())], command);
    return {
      isFine: !isFaulty && problem === null,
      tell() {
        printFindings(result, command, console);
        const left = findLeftOutputs(changes, inputs, command);
        inputs = now;
        profiles = nextProfiles;
        const outcomes: Outcome[] = problem === null ? writeOutcomes(built, console) : [{ kind: "refused", problem }];
        const unwritten = outcomes.flatMap((outcome) => (outcome.kind === "unwritten" ? [outcome.input] : []));
        owed = problem === null ? unwritten : [...isAffected];
        console.out(`${describeRound(changes, errors, [...outcomes, ...left])}\n`);
      },
    };
  }

  function findEntries(): Entries {
    found = findInputs(command.paths);
    return toEntries(found);
  }

  const follower = follow({ findEntries, compile }, reading, disk, { persistent: true });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, follower.close);
  if (!command.quiet) {
    console.error(`following ${countOf(found.inputs.length, "file")} and what they import; Ctrl-C ends it\n`);
  }
  return 0;
}
