import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import runtime from "../packages/runtime/package.json" with { type: "json" };

/*
 * `npm run release`, always in a copy of the tree, and never further than to what would be published: no registry can be
 * reached from here.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const { version } = runtime;
const NOWHERE = "http://127.0.0.1:9/";

/** What it needs of the tree. The policies of the examples and their servers are no part of a release. */
const COPIED = ["packages", "scripts", "examples/package.json", "examples/node_modules", "LICENSE", "CHANGELOG.md"];
const OF_THE_WORKSPACE = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "tsconfig.base.json", "README.md"];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A tree that was never built; the tools are those of this one. */
function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), "corslang-release-test-"));
  folders.push(folder);
  const filter = (path: string) => !/[\\/](?:dist|test|\.vite)$/.test(path);
  for (const path of [...COPIED, ...OF_THE_WORKSPACE]) {
    // Links between the packages lead to the copies then.
    cpSync(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true, filter });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function release(tree: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release.mjs", ...args], {
    cwd: tree,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

function edit(tree: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(tree, path), "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(tree, path), changed);
}

/** Changes members of a package's manifest. */
function editManifest(tree: string, name: string, members: object): void {
  edit(tree, `packages/${name}/package.json`, (text) => JSON.stringify({ ...JSON.parse(text), ...members }));
}

describe("a dry run", () => {
  const tree = copyTree();

  test("builds, checks and packs, and says what would be published in which order", () => {
    const { status, stdout, stderr } = release(tree, ["--dry-run"]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.startsWith("npm "))).toEqual(
      ["runtime", "adapters", "dsl"].map(
        (name) => `npm publish corslang-${name}-${version}.tgz --provenance --access public`,
      ),
    );
    for (const name of ["runtime", "adapters", "dsl"]) {
      expect(stdout).toMatch(new RegExp(`^@corslang/${name} ${version}, \\d+ files, \\d+ bytes$`, "m"));
    }
    const listed = Object.values(JSON.parse(readFileSync(join(tree, "scripts/release-files.json"), "utf8"))).flat();
    const shown = lines.filter((line) => line.startsWith("  ")).map((line) => line.trim());
    expect(new Set(shown.map((path) => path.replace(/chunk-\w{8}\./, "chunk-*.")))).toEqual(new Set(listed));
    expect(stdout).toMatch(/^runtime: \d+ of at most 3000 bytes$/m);
    expect(lines.slice(-2)).toEqual(["dry run: nothing was published", ""]);
    // What was packed is nowhere any more.
    expect(readdirSync(join(tree, "packages/runtime")).filter((name) => name.endsWith(".tgz"))).toEqual([]);
  }, 60_000);

  test("refuses a file that is not listed, and one that is missing", () => {
    writeFileSync(join(tree, "packages/runtime/src/stray.ts"), "export const stray = 1;\n");
    edit(tree, "packages/dsl/package.json", (text) => text.replace('"bom.cdx.json",', ""));
    const { status, stderr } = release(tree, ["--dry-run"]);
    expect(stderr.split("\n")).toEqual(
      expect.arrayContaining([
        "@corslang/runtime: dist/stray.d.ts is packed, and scripts/release-files.json does not list it",
        "@corslang/dsl: bom.cdx.json is in scripts/release-files.json, and is not packed",
        "nothing was published",
      ]),
    );
    expect(status).toBe(1);
  }, 60_000);
});

describe("before anything is built it refuses", () => {
  const tree = copyTree();
  const SAVED = ["packages/runtime/package.json", "packages/adapters/package.json", "packages/dsl/package.json"];
  const saved = [...SAVED, "CHANGELOG.md", "LICENSE"].map((path) => [path, readFileSync(join(tree, path))] as const);
  beforeEach(() => {
    for (const [path, content] of saved) writeFileSync(join(tree, path), content);
  });

  function expectRefusal(problem: string, args: readonly string[] = ["--dry-run"]): void {
    const registry = { npm_config_registry: NOWHERE };
    expect(release(tree, args, registry)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${problem}\nnothing was published\n`,
    });
    expect(readdirSync(join(tree, "packages/runtime"))).not.toContain("dist");
  }

  test("a package of another version than the others", () => {
    editManifest(tree, "adapters", { version: "0.9.0" });
    expectRefusal(
      `the versions differ: @corslang/runtime ${version}, @corslang/adapters 0.9.0, @corslang/dsl ${version}`,
    );
  });

  test("a version that is none", () => {
    for (const name of ["runtime", "adapters", "dsl"]) editManifest(tree, name, { version: "0.1" });
    const sentence = (name: string) => `@corslang/${name}: the version 0.1 is not of three numbers`;
    expectRefusal(["runtime", "adapters", "dsl"].map(sentence).join("\n"));
  });

  test("a version that the changelog does not tell of, and nothing that is unreleased", () => {
    edit(tree, "CHANGELOG.md", (text) => text.replace(/^## \[.*$/gm, "## [0.0.1] - 2026-01-31"));
    expectRefusal(`CHANGELOG.md has no section "## [${version}] - DATE", and no "Unreleased"`);
  });

  test("a section of the changelog with nothing in it", () => {
    edit(tree, "CHANGELOG.md", (text) => text.replace(/^- .*\n(?: {2}.*\n)*/gm, ""));
    expectRefusal('CHANGELOG.md tells nothing below "## [Unreleased]"');
  });

  test("to publish what is only unreleased", () => {
    edit(tree, "CHANGELOG.md", (text) =>
      text.replaceAll(/^## \[(?!Unreleased).*$/gm, "## [0.0.1] - 2026-01-31").concat("\n"),
    );
    expectRefusal(`CHANGELOG.md has no section "## [${version}] - DATE"`, []);
  });

  test("a release without its date", () => {
    edit(tree, "CHANGELOG.md", (text) => text.replace(/^## \[.*$/m, `## [${version}] - soon`));
    expectRefusal(`CHANGELOG.md: "## [${version}] - soon" needs a date, as in 2026-01-31`, []);
  });

  test("another licence", () => {
    editManifest(tree, "runtime", { license: "ISC" });
    edit(tree, "LICENSE", (text) => text.replace("MIT License", "ISC License"));
    expectRefusal("@corslang/runtime: the licence is ISC, and LICENSE is MIT's\nLICENSE is not MIT's");
  });

  test.each([
    [
      "a dependency of the runtime",
      "runtime",
      { dependencies: { leven: "4.1.0" } },
      'depends on {"leven":"4.1.0"}, and should on {}',
    ],
    [
      "one more of the compiler",
      "dsl",
      { dependencies: { "@corslang/runtime": "workspace:*", zod: "4.6.7" } },
      'depends on {"@corslang/runtime":"workspace:*","zod":"4.6.7"}, and should on {"@corslang/runtime":"workspace:*"}',
    ],
    [
      "a range of the runtime",
      "adapters",
      { dependencies: { "@corslang/runtime": "workspace:^" } },
      'depends on {"@corslang/runtime":"workspace:^"}, and should on {"@corslang/runtime":"workspace:*"}',
    ],
    [
      "an optional dependency",
      "dsl",
      { optionalDependencies: { zod: "4.6.7" } },
      "has dependencies that are optional or bundled by the package manager",
    ],
    [
      "a bundled dependency",
      "dsl",
      { bundleDependencies: ["@corslang/runtime"] },
      "has dependencies that are optional or bundled by the package manager",
    ],
  ])("%s", (_title, name, members, problem) => {
    editManifest(tree, name, members);
    expectRefusal(`@corslang/${name}: it ${problem}`);
  });

  test.each(["preinstall", "install", "postinstall", "prepare", "prepublish"])("a script %s", (script) => {
    editManifest(tree, "dsl", { scripts: { build: "tsup", [script]: "node steal.mjs" } });
    expectRefusal(`@corslang/dsl: installing it runs ${script}`);
  });

  test("a framework that would have to be there", () => {
    editManifest(tree, "adapters", { peerDependenciesMeta: { express: { optional: true } } });
    expectRefusal("@corslang/adapters: the peers fastify, hono, koa are not optional");
  });

  test("a repository that is not where it is built", () => {
    editManifest(tree, "dsl", { repository: "https://github.com/somebody/else" });
    expectRefusal(
      "@corslang/dsl: the repository has to be packages/dsl of git+https://github.com/corslang/corslang.git",
    );
  });

  test("words that it does not know", () => {
    expectRefusal("npm run release takes --dry-run, and not --dryrun", ["--dryrun"]);
  });
});
