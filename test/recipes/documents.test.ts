import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { readBlocks, readFile, readTag } from "../../packages/dsl/test/documents/markdown.js";
import { compilePolicy, RECIPES } from "./application.js";

const DOCUMENT = "docs/adapters.md";
const FOLDER = "examples/recipes/";

const blocks = readBlocks(DOCUMENT).flatMap((block) => {
  const file = readTag(block, "file");
  return file?.startsWith(FOLDER) ? [{ file, text: block.text }] : [];
});

const applications = (await readdir(RECIPES, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name);

describe("what docs/adapters.md shows is a file of an application", () => {
  test.each(blocks)("$file", ({ file, text }) => {
    expect(text).toBe(readFile(file));
  });

  test("of each application there is something", () => {
    const shown = new Set(blocks.map(({ file }) => file.slice(FOLDER.length).split("/")[0]));
    expect([...shown].sort()).toEqual(applications.sort());
  });

  test("the applications have the policies that the page begins with", () => {
    const source = readBlocks(DOCUMENT).find((block) => readTag(block, "file") === "api.cors");
    expect(source?.text).toBe(readFile(`${FOLDER}api.cors`));
  });
});

/* NestJS's has settings of its own, and is checked when it is built. */
describe("the applications' types", async () => {
  const folder = await mkdtemp(join(tmpdir(), "corslang-recipes-"));
  afterAll(() => rm(folder, { recursive: true }));

  /** What the compiler says of the recipes, and of a file with a mistake that it sees only where it has the types. */
  async function check(): Promise<string[]> {
    await Promise.all(applications.map(compilePolicy));
    await writeFile(join(folder, "control.ts"), 'import { nothing } from "@corslang/adapters/fetch";\nnothing();\n');
    const tsconfig = {
      extends: join(RECIPES, "tsconfig.json"),
      compilerOptions: {
        // The tests beside this one put copies of the packages into the applications' folders meanwhile.
        paths: {
          "@corslang/runtime": [join(RECIPES, "../../packages/runtime/dist/index.d.ts")],
          "@corslang/adapters/*": [join(RECIPES, "../../packages/adapters/dist/*.d.ts")],
        },
        typeRoots: [join(RECIPES, "../../node_modules/@types")],
      },
      include: ["control.ts", ...blocks.map(({ file }) => join(RECIPES, "../..", file))],
      exclude: [join(RECIPES, "nest")],
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    const compiler = join(RECIPES, "node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", folder], { cwd: folder }).catch(
      (error) => error,
    );
    return stdout.trim().split("\n");
  }

  test("are right", async () => {
    expect(await check()).toEqual([expect.stringMatching(/^control\.ts.+ has no exported member 'nothing'/)]);
  });
});
