import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import dsl from "../packages/dsl/package.json" with { type: "json" };

/*
 * What users get: the packages are packed, installed with npm into empty projects, and used there under the oldest Node
 * that they say they support and under the one that the workspace has.
 */

const OLDEST_NODE = dsl.engines.node.replace(">=", "");
const PNPM = "pnpm@12.21.0";
const PACKAGES = ["runtime", "adapters", "dsl"] as const;

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "corslang-packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command and gives back what it printed. */
function execute(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env: environment });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function tarballs(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tgz"))
    .map((name) => join(folder, name));
}

function tarballOf(name: string): string {
  const found = tarballs().find((path) => path.includes(`corslang-${name}-`));
  if (found === undefined) throw new Error(`there is no tarball of ${name}`);
  return found;
}

const nodes = { oldest: "", own: process.execPath };

beforeAll(() => {
  for (const name of PACKAGES) {
    execute("npx", ["-y", PNPM, "pack", "--pack-destination", folder], join(root, "packages", name));
  }
  const nodeProject = join(folder, "node");
  mkdirSync(nodeProject);
  writeFileSync(join(nodeProject, "package.json"), '{ "private": true }');
  execute("npm", ["install", "--no-audit", "--no-fund", `node@${OLDEST_NODE}.0`], nodeProject);
  nodes.oldest = join(nodeProject, "node_modules", "node", "bin", "node");
}, 180_000);

describe("the packages", () => {
  const filesOf = (name: string) =>
    execute("tar", ["tzf", tarballOf(name)], folder)
      .trim()
      .split("\n")
      .map((path) => path.replace("package/", ""));

  test.each(PACKAGES)("%s: holds what is built, its licence and its readme, and nothing else", (name) => {
    const others = filesOf(name).filter((path) => !/^dist\/[\w./-]+\.(js|js\.map|d\.ts)$/.test(path));
    const expected = ["LICENSE", "README.md", "package.json"];
    if (name === "dsl") expected.push("THIRD_PARTY_LICENSES.md", "bin/cors-compile.mjs");
    expect(others.sort()).toEqual(expected.sort());
  });

  test.each(PACKAGES)("%s: needs no install script, and nothing but the runtime", (name) => {
    const manifest = JSON.parse(execute("tar", ["xzOf", tarballOf(name), "package/package.json"], folder));
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|prepare/.test(script))).toEqual([]);
    expect(manifest.dependencies ?? {}).toEqual(name === "runtime" ? {} : { "@corslang/runtime": manifest.version });
  });

  test.each(PACKAGES)("%s: publint finds nothing", async (name) => {
    const printed = execute("publint", ["run", "--strict", tarballOf(name)], folder);
    expect(printed).toContain("All good!");
  });

  test.each(PACKAGES)("%s: its types are found by every way of resolving a module", (name) => {
    // It ends with an error when something is wrong, but not when there are no types at all.
    const printed = execute("attw", ["--profile", "esm-only", "--no-emoji", "--no-color", tarballOf(name)], folder);
    expect(printed).toContain("node16 (from ESM)");
    expect(printed).not.toContain("does not contain types");
  });
});

const POLICY = `origins     https://app.example.com, https://*.example.com
methods     PUT
credentials true

# Everybody.
policy widget {
  origins *
}
`;

const SCRIPT = `
const decide = (matcher, origin) =>
  matcher.decide({ method: "GET", origin, requestMethod: null, requestHeaders: null }).outcome;
const server = require("node:http").createServer((request, response) => {
  cors(api)(request, response, () => response.end("hello"));
});
server.listen(0, "127.0.0.1", () => {
  const options = { port: server.address().port, headers: { Origin: "https://a.example.com" }, agent: false };
  require("node:http").get(options, (response) => {
    response.resume();
    server.close();
    console.log(JSON.stringify([
      decide(api, "https://app.example.com"),
      decide(api, "https://example.com.evil.test"),
      decide(widget, "https://anybody.test"),
      response.headers["access-control-allow-origin"],
      compile("origins *").diagnostics.length,
    ]));
  });
});
`;

const IMPORTS = `
import { createRequire } from "node:module";
import { cors } from "@corslang/adapters/express";
import { compile } from "@corslang/dsl";
import api, { widget } from "./api.cors.mjs";
const require = createRequire(import.meta.url);
`;

const REQUIRES = `
const { cors } = require("@corslang/adapters/express");
const { compile } = require("@corslang/dsl");
const { default: api, widget } = require("./api.cors.mjs");
`;

const ANSWER = '["actual-allowed","actual-denied","actual-allowed","https://a.example.com",0]\n';

/** TypeScript of a user's, with the real types of the frameworks. */
const TYPED = `
import { cors as express } from "@corslang/adapters/express";
import { cors as fastify } from "@corslang/adapters/fastify";
import { cors as fetchCors } from "@corslang/adapters/fetch";
import { compile, type Diagnostic } from "@corslang/dsl";
import { createMatcher, type CompiledPolicy, type Matcher } from "@corslang/runtime";
import createExpress from "express";
import createFastify from "fastify";
import api, { widget } from "./api.cors.mjs";

const matcher: Matcher = api;
createExpress().use(express(matcher, { debug: true, onDecision: (decision) => console.log(decision.outcome) }));
const app = createFastify();
app.register(fastify, { policy: widget });
app.get("/", { config: { cors: api } }, () => "hello");
app.get("/private", { config: { cors: false } }, () => "hello");
export const handler = fetchCors(widget, (request: Request, env: { readonly key: string }) => new Response(env.key + request.url));
export const diagnostics: readonly Diagnostic[] = compile("origins *").diagnostics;
export const open: CompiledPolicy = { version: 1, name: "x", origins: "*", methods: [], headers: [], expose: [], credentials: false, maxAge: null };
createMatcher(open);
// @ts-expect-error any origin with credentials is no policy
export const hole: CompiledPolicy = { version: 1, name: "x", origins: "*", methods: [], headers: [], expose: [], credentials: true, maxAge: null };
// @ts-expect-error options are no policy
express({ origin: "*" });
`;

/** By itself, for Koa's own types have an error, which hides nothing of ours only here. */
const TYPED_KOA = `
import { cors as koa } from "@corslang/adapters/koa";
import Koa from "koa";
import api from "./api.cors.mjs";

new Koa().use(koa(api, { onDecision: (_decision, context) => console.log(context.req.url) }));
`;

describe.each([
  ["module", { type: "module" }],
  ["commonjs", { type: "commonjs" }],
  ["without a type", {}],
])("a project of type %s", (name, type) => {
  const project = join(folder, name.replaceAll(" ", "-"));

  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, ...type }));
    const frameworks = ["express@5.3.0", "fastify@5.12.8", "koa@3.3.0"];
    const types = ["@types/express@5.0.6", "@types/koa@3.0.3", "@types/node@20.19.25"];
    execute("npm", ["install", "--no-audit", "--no-fund", ...tarballs(), ...frameworks, ...types], project);
    writeFileSync(join(project, "api.cors"), POLICY);
    writeFileSync(join(project, "imports.mjs"), IMPORTS + SCRIPT);
    writeFileSync(join(project, "requires.cjs"), REQUIRES + SCRIPT);
    // What a project writes into its main file, which is a module or not by its type.
    writeFileSync(join(project, "main.js"), (name === "module" ? IMPORTS : REQUIRES) + SCRIPT);
    writeFileSync(join(project, "typed.mts"), TYPED);
    writeFileSync(join(project, "typed.ts"), TYPED);
    writeFileSync(join(project, "koa.mts"), TYPED_KOA);
    writeFileSync(join(project, "koa.ts"), TYPED_KOA);
  }, 180_000);

  test.each(["oldest", "own"] as const)("compiles and answers under the %s Node", (which) => {
    const node = nodes[which];
    const environment = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
    rmSync(join(project, "api.cors.mjs"), { force: true });
    const printed = execute("npx", ["--no-install", "cors-compile"], project, environment);
    expect(printed).toMatch(/^wrote api\.cors\.mjs/);
    for (const script of ["imports.mjs", "requires.cjs", "main.js"]) {
      expect(execute(node, ["--no-warnings", script], project)).toBe(ANSWER);
    }
  });

  test.each([
    ["nodenext", "mts", "nodenext"],
    ["bundler", "ts", "preserve"],
  ])("has types under moduleResolution %s", (moduleResolution, extension, module) => {
    const strict = ["--strict", "--noEmit", "--exactOptionalPropertyTypes", "--target", "es2022", "--types", "node"];
    const options = [...strict, "--module", module, "--moduleResolution", moduleResolution];
    expect(execute("tsc", [...options, `typed.${extension}`], project)).toBe("");
    expect(execute("tsc", [...options, "--skipLibCheck", `koa.${extension}`], project)).toBe("");
  });
});
