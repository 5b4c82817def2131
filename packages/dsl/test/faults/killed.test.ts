import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { command, useWorkplace } from "../cors-compile.js";
import { makeVersions } from "./policy-versions.js";

/*
 * The real command, killed: at each moment at which it changes a file, and at random ones. SIGKILL leaves a process no
 * chance to tidy up, as a container that is stopped or the system that is out of memory does.
 */

const SEED = seedOfThisRun();
const KILLS = 30;
const PATIENCE = 120_000;
const killAtModule = fileURLToPath(new URL("kill-at.cjs", import.meta.url));

const workplace = useWorkplace();
const { write, read, files } = workplace;

function temporaryFiles(): string[] {
  return files().filter((path) => path.endsWith(".tmp"));
}

/** Makes what killed builds have left behind look as if that was long ago. */
function ageTemporaryFiles(): void {
  const yesterday = Date.now() / 1000 - 86_400;
  for (const path of temporaryFiles()) utimesSync(join(workplace.folder, path), yesterday, yesterday);
}

/** Runs the command and kills it at one of the moments at which it writes; says whether it came so far. */
function runAndKill(moment: number, ...args: readonly string[]): boolean {
  const { status, signal, stderr } = spawnSync(process.execPath, ["--require", killAtModule, command, ...args], {
    cwd: workplace.folder,
    encoding: "utf8",
    env: { ...process.env, KILL_AT: String(moment) },
  });
  expect([status, signal, stderr]).toEqual(signal === null ? [0, null, ""] : [null, "SIGKILL", ""]);
  return signal !== null;
}

test("killed at each moment at which it writes, a build leaves every output old or new", { timeout: PATIENCE }, () => {
  const { write: writeVersion, restoreOutputs, outputs, expectWhole } = makeVersions(workplace, 1, ["module", "json"]);
  const seen = new Set<string>();
  writeVersion("new");
  for (const kind of ["module", "json"]) {
    let moment = 1;
    for (; ; moment++) {
      restoreOutputs();
      if (!runAndKill(moment, "--emit", kind)) break;
      const found = expectWhole();
      // None is lost.
      expect([...found.keys()]).toEqual([...outputs.old.keys()]);
      seen.add([...found].map(([path, text]) => (text === outputs.old.get(path) ? "old" : "new")).join());
      // The next build is not disturbed by what was left behind, though its process has the same id.
      expect(runAndKill(0, "--emit", kind)).toBe(false);
      for (const [path, text] of expectWhole()) {
        if (path.endsWith(".json") === (kind === "json")) expect(text === outputs.new.get(path)).toBe(true);
      }
    }
    // Of each file that is written there are five moments: its folder, its text, half of that, renaming, tidying up.
    expect(moment - 1).toBe(kind === "json" ? 5 : 10);
  }
  // Of the types, the data and the module: none is new, the module is, the types are as well, and the data alone.
  expect([...seen].sort()).toEqual(["new,old,new", "old,new,old", "old,old,new", "old,old,old"]);
});

test("what killed builds leave behind is removed later, and what may be another build's is not", () => {
  makeVersions(workplace, 1, ["module"]).write("new");
  for (let moment = 1; temporaryFiles().length === 0; moment++) expect(runAndKill(moment)).toBe(true);
  const left = temporaryFiles();
  expect(workplace.corsCompile([]).status).toBe(0);
  expect(temporaryFiles()).toEqual(left);
  ageTemporaryFiles();
  const foreign = [".other.tmp", ".p0.cors.mjs.tmp", ".q.cors.mjs.0123456789ab.tmp"];
  for (const path of foreign) write(path, "");
  const yesterday = Date.now() / 1000 - 86_400;
  for (const path of foreign) utimesSync(join(workplace.folder, path), yesterday, yesterday);
  expect(workplace.corsCompile([])).toEqual({ status: 0, stdout: "p0.cors is up to date\n", stderr: "" });
  expect(temporaryFiles()).toEqual(foreign);
});

test("killed at each moment, a formatter leaves the policy as it was or formatted, with its permissions", () => {
  const before = "origins   https://app.example.com\n";
  const after = "origins https://app.example.com\n";
  const path = join(workplace.folder, "api.cors");
  const seen = new Set<string>();
  for (let moment = 1; ; moment++) {
    write("api.cors", before);
    chmodSync(path, 0o600);
    const wasKilled = runAndKill(moment, "fmt");
    seen.add(read("api.cors"));
    expect([before, after]).toContain(read("api.cors"));
    // Whoever keeps a file to himself does not want it to be readable for a moment.
    for (const one of files()) expect([one, statSync(join(workplace.folder, one)).mode & 0o077]).toEqual([one, 0]);
    if (!wasKilled) break;
  }
  expect(seen.size).toBe(2);
});

test(`killed at ${KILLS} random moments, CORSLANG_SEED=${SEED}`, { timeout: PATIENCE }, async () => {
  const random = new Random(SEED);
  const { write: writeVersion, outputs, expectWhole } = makeVersions(workplace, 12, ["module"]);
  const start = performance.now();
  expect(workplace.corsCompile([]).status).toBe(0);
  const duration = performance.now() - start;
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    writeVersion(kill % 2 === 0 ? "new" : "old");
    const child = spawn(process.execPath, [command], { cwd: workplace.folder, stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    // Half of them anywhere, and half when the first files are written.
    if (random.chance(0.5)) await Promise.race([once(child.stdout, "data"), ended]);
    const timer = setTimeout(() => child.kill("SIGKILL"), random.between(0, random.pick([20, duration])));
    const [status, signal] = await ended;
    clearTimeout(timer);
    expect([null, 0]).toContain(status);
    if (signal === "SIGKILL") killed++;
    expect(expectWhole().size).toBe(outputs.old.size);
  }
  expect(killed).toBeGreaterThan(0);
  writeVersion("new");
  expect(workplace.corsCompile([]).status).toBe(0);
  for (const [path, text] of expectWhole()) expect(text === outputs.new.get(path)).toBe(true);
  ageTemporaryFiles();
  expect(workplace.corsCompile([]).status).toBe(0);
  expect(temporaryFiles()).toEqual([]);
});
