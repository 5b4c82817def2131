import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seedOfThisRun } from "../../runtime/test/random.js";
import { compile } from "../src/compile.js";
import { useWorkplace } from "./cors-compile.js";
import { FILE_NAMES, FRAGMENTS, fill, hostileLine, MARK, PLACES } from "./hostile-texts.js";

/*
 * Hostile texts in sources, and hostile names of files and folders, through the real command: what it writes is
 * imported by a process that may do nothing but read, and type-checked as a project would.
 */

const root = fileURLToPath(new URL("../../../", import.meta.url));
const SEED = seedOfThisRun();
const RANDOM_FILES = 150;

const workplace = useWorkplace();
const { write, files, corsCompile } = workplace;

/** Sources by path: every place with many texts, and one plain policy under each of the names. */
function makeSources(): Map<string, string> {
  const sources = new Map<string, string>();
  const texts = fc.sample(fc.tuple(fc.constantFrom(...Object.keys(PLACES)), hostileLine), {
    seed: SEED,
    numRuns: RANDOM_FILES,
  });
  texts.forEach(([place, text], index) => {
    sources.set(`random/${index}.cors`, fill(place, text));
  });
  const fragments = FRAGMENTS.join(" ").replaceAll("#", "");
  Object.keys(PLACES).forEach((place, index) => {
    sources.set(`places/${index}.cors`, fill(place, fragments));
  });
  FRAGMENTS.forEach((text, index) => {
    sources.set(`documentation/${index}.cors`, fill("documentation of a policy", text));
  });
  for (const name of FILE_NAMES) {
    sources.set(`names/${name}.cors`, "# Named oddly.\npolicy api {\n  origins https://a.example\n}\n");
  }
  return sources;
}

/** What a source compiles to, by the names of the exports; `null` when it does not compile. */
function expectedExports(source: string): unknown {
  const { policies } = compile(source);
  if (policies.length === 0) return null;
  const entries = policies.map(({ compiled }) => [
    compiled.name.replace(/-([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    compiled,
  ]);
  return Object.fromEntries(entries);
}

const IMPORT_ALL = `
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const known = new Set(Reflect.ownKeys(globalThis));
const loaded = {};
for (const path of JSON.parse(readFileSync("paths.json", "utf8"))) {
  const module = await import(pathToFileURL(path).href);
  const policies = module.forProfile ? module.forProfile("staging") : module;
  loaded[path] = Object.fromEntries(Object.entries(policies).map(([name, { policy }]) => [name, policy]));
}
const more = Reflect.ownKeys(globalThis).filter((key) => !known.has(key));
console.log(JSON.stringify({ more, loaded }));
`;

/** Imports modules where no other process, no thread and no writing is allowed. */
function importAll(paths: readonly string[]) {
  write("paths.json", JSON.stringify(paths));
  write("import-all.mjs", IMPORT_ALL);
  const { stdout, stderr } = spawnSync(process.execPath, ["--permission", "--allow-fs-read=*", "import-all.mjs"], {
    cwd: workplace.folder,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

function linkRuntime(): void {
  const path = join(workplace.folder, "node_modules/@corslang/runtime");
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(join(root, "packages/runtime")), path);
}

function typeCheck(paths: readonly string[]): string {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: "es2022",
    // The runtime has its URL from there.
    lib: ["es2022", "dom"],
    module: "nodenext",
    types: [],
    skipLibCheck: false,
    paths: { "@corslang/runtime": [join(root, "packages/runtime/src/index.ts")] },
  };
  write("tsconfig.json", JSON.stringify({ compilerOptions, files: paths }));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [compiler, "-p", "."], { cwd: workplace.folder, encoding: "utf8" }).stdout;
}

test.each([
  ["importing the runtime", []],
  ["standing alone", ["--standalone"]],
])(`modules %s, seed ${SEED}`, (_title, options) => {
  linkRuntime();
  const sources = makeSources();
  for (const [path, text] of sources) write(`policies/${path}`, text);
  const { status, stderr } = corsCompile([...options, "policies", "--out-dir", "out"]);
  expect([status, stderr.includes("\u001b"), stderr.includes("\u202e")]).toEqual([1, false, false]);

  const expected = new Map([...sources].map(([path, text]) => [`out/${path}.mjs`, expectedExports(text)] as const));
  const written = files().filter((path) => path.startsWith("out/") && path.endsWith(".mjs"));
  const compiled = [...expected].filter(([, exports]) => exports !== null);
  expect(new Set(written)).toEqual(new Set(compiled.map(([path]) => path)));
  expect(compiled.length).toBeGreaterThan(RANDOM_FILES / 3 + FILE_NAMES.length);
  expect(importAll(written)).toEqual({ more: [], loaded: Object.fromEntries(compiled) });

  // TypeScript has trouble of its own with some of the names, and none with what is in the files.
  const types = written.map((path, index) => {
    const text = readFileSync(join(workplace.folder, path.replace(/\.mjs$/, ".d.mts")), "utf8");
    write(`types/${index}.d.mts`, text);
    write(`types/${index}.user.mts`, `import * as policies from "./${index}.mjs";\nexport const all = policies;\n`);
    return `types/${index}.user.mts`;
  });
  write("types/control.mts", 'export const control: number = "text";\n');
  expect(typeCheck([...types, "types/control.mts"])).toMatch(/^types\/control\.mts\(1,14\): error TS2322: .+\n$/);
});

test("modules of several profiles", () => {
  linkRuntime();
  const documentation = FRAGMENTS.map((text) => `# ${text}\n`).join("");
  const source = `${documentation}policy api {\n  origins https://a.example\n  when staging { origins += https://b.example }\n}\n`;
  for (const name of FILE_NAMES) write(`policies/${name}.cors`, source);
  for (const options of [[], ["--standalone"]]) {
    const args = ["policies", "--out-dir", "out", "--profiles", "staging", ...options];
    expect(corsCompile(args).status).toBe(0);
    const written = files().filter((path) => path.startsWith("out/") && path.endsWith(".mjs"));
    expect(written).toHaveLength(FILE_NAMES.length);
    const { more, loaded } = importAll(written);
    expect(more).toEqual([]);
    for (const path of written) {
      expect(loaded[path]).toMatchObject({ api: { origins: ["https://a.example", "https://b.example"] } });
    }
  }
});

test("a text in an option is no part of what is written", () => {
  write("a.cors", "origins https://a.example\nwhen staging { origins += https://b.example }\n");
  for (const text of ["*/", "`", `\n;globalThis.${MARK}=1`, "\u2028", "constructor", "</script>"]) {
    for (const option of ["--profile", "--profiles"]) {
      const { status, stdout } = corsCompile([option, text, "a.cors"]);
      expect([option, text, status, stdout]).toEqual([option, text, 2, ""]);
    }
  }
  expect(files()).toEqual(["a.cors"]);
});
