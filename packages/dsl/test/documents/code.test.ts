import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { type Block, DOCUMENTS, readBlocks, readTag } from "./markdown.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/*
 * The JavaScript and TypeScript in the documents is compiled as an application would be: against the adapters' sources,
 * the frameworks' types, and the declarations of a module for each `….cors.mjs` that is imported. What shows another
 * package is tagged `before`; what can't be compiled by itself, `unchecked`. Files of examples/recipes have a check of
 * their own, test/recipes/documents.test.ts.
 */

const blocks = DOCUMENTS.flatMap(readBlocks).filter((block) => {
  const { language, tags } = block;
  if (language !== "js" && language !== "ts") return false;
  return !tags.has("before") && !tags.has("unchecked") && !readTag(block, "file")?.startsWith("examples/recipes/");
});

/** A file with a mistake, so that a compiler that does not run is not taken for one that finds nothing. */
const CONTROL = "control.mts";

const folder = mkdtempSync(join(tmpdir(), "corslang-documents-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileNameOf({ document, line }: Block): string {
  return `${document.replaceAll(/[^A-Za-z]/g, "-")}-${line}.mts`;
}

/** The names that blocks import from generated modules, by module. */
function readPolicyImports(): Map<string, Set<string>> {
  const modules = new Map<string, Set<string>>();
  for (const { text } of blocks) {
    for (const [, names = "", path = ""] of text.matchAll(/^import (.+) from "\.\/(\w+\.cors)\.mjs";/gm)) {
      const known = modules.get(path) ?? new Set();
      const named = /\{(.+)\}/.exec(names)?.[1] ?? "";
      for (const [, name = ""] of named.matchAll(/(\w+)(?: as \w+)?/g)) if (name !== "forProfile") known.add(name);
      const [, chosen = ""] = /^const \{(.+)\} = forProfile\(/m.exec(text) ?? [];
      for (const [name] of chosen.matchAll(/\w+/g)) known.add(name);
      modules.set(path, known);
    }
  }
  return modules;
}

function link(name: string, target: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(target), path);
}

function writeProject(): void {
  for (const name of ["connect", "express", "fastify", "hono", "koa"]) {
    link(name, join(root, "packages/adapters/node_modules", name));
  }
  for (const name of ["@hono/node-server", "@types/connect", "@types/express", "@types/koa"]) {
    link(name, join(root, "packages/adapters/node_modules", name));
  }
  link("@types/node", join(root, "node_modules/@types/node"));

  for (const [path, names] of readPolicyImports()) {
    const exported = ["default", ...names].map((name) => `policy as ${name}`).join(", ");
    const members = ["default", ...names].map((name) => `"${name}"`);
    const declaration = `import type { Matcher } from "@corslang/runtime";
declare const policy: Matcher;
export { ${exported} };
export declare function forProfile(name: string): Record<${members.join(" | ")}, Matcher>;
`;
    writeFileSync(join(folder, `${path}.d.mts`), declaration);
  }
  writeFileSync(join(folder, CONTROL), 'import { nothing } from "@corslang/adapters/express";\nnothing();\n');
  for (const block of blocks) writeFileSync(join(folder, fileNameOf(block)), block.text);
  const tsconfig = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      types: ["node"],
      lib: ["es2023", "dom"],
      noUnusedLocals: false,
      noUnusedParameters: false,
      paths: {
        "@corslang/runtime": [join(root, "packages/runtime/src/index.ts")],
        "@corslang/runtime/testing": [join(root, "packages/runtime/src/testing.ts")],
        "@corslang/dsl": [join(root, "packages/dsl/src/index.ts")],
        "@corslang/dsl/watch": [join(root, "packages/dsl/src/watch/index.ts")],
        "@corslang/adapters/*": [join(root, "packages/adapters/src/*.ts")],
      },
    },
    include: ["*.mts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
}

test("the code in the documents compiles", () => {
  writeProject();
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { cwd: folder, encoding: "utf8" });
  // The sources have a check of their own, with their own settings.
  const messages = stdout.split("\n").filter((line) => /^[\w-]+\.mts/.test(line));
  expect(messages.shift()).toMatch(/^control\.mts.+ has no exported member 'nothing'/);
  const places = new Map(blocks.map((block) => [fileNameOf(block), `${block.document}:${block.line}`]));
  expect(messages.map((line) => line.replace(/^[\w-]+\.mts/, (name) => places.get(name) ?? name))).toEqual([]);
});

test("there is code for every adapter", () => {
  const imported = blocks.flatMap(({ text }) => [...text.matchAll(/"(@corslang\/[\w/]+)"/g)].map(([, name]) => name));
  for (const name of ["express", "fastify", "koa", "hono", "node", "fetch", "diagnostics"]) {
    expect(imported).toContain(`@corslang/adapters/${name}`);
  }
});
