import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { command, useWorkplace } from "../cors-compile.js";

/*
 * Builds of one folder at once, as of two packages' scripts or of an editor beside a watcher: each writes something
 * else to the same places. Whoever reads them meanwhile gets what one of the builds has written, whole.
 */

const ROUNDS = 6;
const PROFILES = ["one", "two", "three"];
const ORIGINS = 300;

const workplace = useWorkplace();
const { write, read, files, corsCompile } = workplace;

const OUTPUTS = ["api.cors.mjs", "api.cors.d.mts", "api.cors.json"];

function originsOf(profile: string): string {
  return Array.from({ length: ORIGINS }, (_, index) => `    https://${profile}-${index}.example.com`).join("\n");
}

const SOURCE = `policy api {
  origins https://app.example.com
${PROFILES.map((profile) => `  when ${profile} {\n    origins += [\n${originsOf(profile)}\n    ]\n  }\n`).join("")}}
`;

/** The arguments of the builds: each profile as a module and as JSON. */
const BUILDS = PROFILES.flatMap((profile) => ["module", "json"].map((kind) => ["--profile", profile, "--emit", kind]));

/** What each output can be: what one of the builds writes in peace. */
function compileInPeace(): ReadonlyMap<string, readonly string[]> {
  const possible = new Map<string, string[]>(OUTPUTS.map((path) => [path, []]));
  for (const args of BUILDS) {
    expect(corsCompile(args).status).toBe(0);
    for (const path of OUTPUTS) if (files().includes(path)) possible.get(path)?.push(read(path));
  }
  return possible;
}

test(`${BUILDS.length} builds at once, ${ROUNDS} times`, { timeout: 120_000 }, async () => {
  write("api.cors", SOURCE);
  const possible = compileInPeace();
  for (const path of ["api.cors.mjs", "api.cors.json"]) expect(new Set(possible.get(path)).size).toBe(PROFILES.length);
  let reads = 0;
  const expectWhole = () => {
    for (const [path, texts] of possible) {
      // An output that was there once is there always.
      expect(existsSync(join(workplace.folder, path))).toBe(true);
      expect(texts.includes(readFileSync(join(workplace.folder, path), "utf8"))).toBe(true);
      reads++;
    }
  };

  for (let round = 0; round < ROUNDS; round++) {
    const builds = BUILDS.map(async (args) => {
      const child = spawn(process.execPath, [command, ...args], {
        cwd: workplace.folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stderr = "";
      child.stdout.resume();
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      const [status] = await once(child, "close");
      return { status, stderr };
    });
    let running = true;
    const ended = Promise.all(builds).finally(() => {
      running = false;
    });
    while (running) {
      expectWhole();
      // A little apart: the builds need the processor as well.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await ended).toEqual(BUILDS.map(() => ({ status: 0, stderr: "" })));
    expectWhole();
    expect(files()).toEqual(["api.cors", ...[...OUTPUTS].sort()]);
  }
  expect(reads).toBeGreaterThan(ROUNDS * OUTPUTS.length);
});
