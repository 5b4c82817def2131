import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import dsl from "../packages/dsl/package.json" with { type: "json" };
import { PNPM } from "../scripts/pnpm.mjs";
import { checkFiles, checkManifest } from "../scripts/release-checks.mjs";
import releaseFiles from "../scripts/release-files.json" with { type: "json" };

/*
 * What users get: the packages are packed, installed with npm into empty projects, and used there under the oldest Node
 * that they say they support and under the one that the workspace has.
 */

const OLDEST_NODE = dsl.engines.node.replace(">=", "");
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
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: environment,
    timeout: 120_000,
  });
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

  test.each(PACKAGES)("%s: holds the files that scripts/release-files.json lists, and nothing else", (name) => {
    const files = filesOf(name);
    expect(checkFiles(name, files, releaseFiles[name])).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "bom.cdx.json", "package.json"]));
    // What the list leaves open is how files are called that bundles share.
    const others = files.filter((path) => !/^dist\/[a-z\d/.-]+\.(js|js\.map|d\.ts)$/.test(path));
    expect(others.filter((path) => !/^dist\/chunk-[A-Z\d]{8}\.js(\.map)?$/.test(path)).sort()).toEqual(
      releaseFiles[name].filter((path) => !path.startsWith("dist/")).sort(),
    );
  });

  test.each(PACKAGES)("%s: runs nothing when it is installed, and needs nothing but the runtime", (name) => {
    const manifest = JSON.parse(execute("tar", ["xzOf", tarballOf(name), "package/package.json"], folder));
    expect(checkManifest(name, manifest, manifest.version)).toEqual([]);
    // npm runs node-gyp for these, without any script.
    expect(filesOf(name).filter((path) => path.endsWith(".gyp"))).toEqual([]);
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|prepare|publish|pack/.test(script))).toEqual(
      [],
    );
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
import { cors } from "@corslang/adapters/node";
import { compile } from "@corslang/dsl";
import api, { widget } from "./api.cors.mjs";
const require = createRequire(import.meta.url);
`;

const REQUIRES = `
const { cors } = require("@corslang/adapters/node");
const { compile } = require("@corslang/dsl");
const { default: api, widget } = require("./api.cors.mjs");
`;

const ANSWER = '["actual-allowed","actual-denied","actual-allowed","https://a.example.com",0]\n';

/** TypeScript of a user's, with the real types of the frameworks. */
const TYPED = `
import { cors as express } from "@corslang/adapters/express";
import { cors as fastify } from "@corslang/adapters/fastify";
import { publishDecision } from "@corslang/adapters/diagnostics";
import { cors as fetchCors } from "@corslang/adapters/fetch";
import { cors as hono } from "@corslang/adapters/hono";
import { cors as node } from "@corslang/adapters/node";
import { compile, type Diagnostic } from "@corslang/dsl";
import { createMatcher, type CompiledPolicy, type Matcher } from "@corslang/runtime";
import { expectCors, expectServer } from "@corslang/runtime/testing";
import createExpress from "express";
import createFastify from "fastify";
import { Hono } from "hono";
import { createServer } from "node:http";
import api, { widget } from "./api.cors.mjs";

const matcher: Matcher = api;
createExpress().use(express(matcher, { debug: true, onDecision: (decision) => console.log(decision.outcome) }));
const app = createFastify();
app.register(fastify, { policy: widget });
app.get("/", { config: { cors: api } }, () => "hello");
app.get("/private", { config: { cors: false } }, () => "hello");
new Hono<{ Variables: { user: string } }>().use(hono(api)).get("/", hono(api, { onDecision: publishDecision }), (c) => c.text(c.var.user));
createServer((request, response) => node(api, { onDecision: publishDecision })(request, response, () => response.end()));
export const handler = fetchCors(widget, (request: Request, env: { readonly key: string }) => new Response(env.key + request.url));
export const diagnostics: readonly Diagnostic[] = compile("origins *").diagnostics;
export const open: CompiledPolicy = { version: 1, name: "x", origins: "*", methods: [], headers: [], expose: [], credentials: false, maxAge: null };
createMatcher(open);
// @ts-expect-error any origin with credentials is no policy
export const hole: CompiledPolicy = { version: 1, name: "x", origins: "*", methods: [], headers: [], expose: [], credentials: true, maxAge: null };
// @ts-expect-error options are no policy
express({ origin: "*" });
expectCors(matcher).from("https://app.example.com").preflight("PUT", ["X-One"]).toFail("header-not-allowed");
for (const send of [
  expectServer((request) => app.inject(request)),
  expectServer((request) => handler(new Request(request.url, request), { key: "" })),
  expectServer((request) => fetch(request.url, request)),
]) {
  const { status, headers } = await send.from("https://app.example.com").fetch("https://api.example.com/").toBeReadable();
  console.log(status.toFixed(), headers.etag?.length);
}
// @ts-expect-error no such reason
expectCors(matcher).from("https://app.example.com").toBeDenied("method");
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
    const frameworks = ["express@5.3.0", "fastify@5.12.8", "hono@4.13.19", "koa@3.3.0"];
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

  test("what npm has installed of ours is the three packages, without a script to be run", () => {
    const { packages } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
    const ours = Object.keys(packages).filter((path) => path.includes("@corslang/"));
    expect(ours.sort()).toEqual(["adapters", "dsl", "runtime"].map((one) => `node_modules/@corslang/${one}`));
    for (const path of ours) expect(packages[path]).not.toHaveProperty("hasInstallScript");
  });

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

/** Each adapter by its entry, and two of them at work. */
const ADAPTERS_SCRIPT = `
import { once } from "node:events";
import { subscribe } from "node:diagnostics_channel";
import { createServer, get } from "node:http";
import { publishDecision } from "@corslang/adapters/diagnostics";
import { cors as express } from "@corslang/adapters/express";
import { cors as fastify } from "@corslang/adapters/fastify";
import { cors as fetch } from "@corslang/adapters/fetch";
import { cors as hono } from "@corslang/adapters/hono";
import { cors as koa } from "@corslang/adapters/koa";
import { cors as node } from "@corslang/adapters/node";
import { createMatcher } from "@corslang/runtime";

const policy = createMatcher({ version: 1, name: "account", origins: ["https://a.example"], methods: [], headers: [],
  expose: [], credentials: false, maxAge: null });
const told = [];
subscribe("corslang:decision", ({ decision }) => told.push(decision.outcome));
const headers = { Origin: "https://a.example" };

const withCors = node(policy, { onDecision: publishDecision });
const server = createServer((request, response) => withCors(request, response, () => response.end())).listen(0);
await once(server, "listening");
const [answer] = await once(get({ port: server.address().port, headers, agent: false }), "response");
server.close();
told.push(answer.headers["access-control-allow-origin"]);
if (process.argv.includes("hono")) {
  const { Hono } = await import("hono");
  const app = new Hono().use(hono(policy, { onDecision: publishDecision }));
  told.push((await app.request("/", { headers })).headers.get("Access-Control-Allow-Origin"));
}
console.log([express, fastify, fetch, koa].every((cors) => typeof cors === "function"), told.join(" "));
`;

/** What there is for every day: policies in code, replaced, and following their files; and `enforce`. */
const DAILY_SCRIPT = `
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { cors } from "@corslang/adapters/express";
import { definePolicy, toCors } from "@corslang/dsl";
import { watchPolicy } from "@corslang/dsl/watch";
import { createPolicyRef } from "@corslang/runtime";
import express from "express";

const defined = definePolicy({ origins: ["https://a.example"], credentials: true });
writeFileSync("daily.cors", toCors(defined));

const watched = await watchPolicy("./daily.cors");
const command = spawn(process.execPath, ["node_modules/@corslang/dsl/bin/cors-compile.mjs", "--watch", "daily.cors"]);
const lines = createInterface(command.stdout)[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;
const first = await nextLine();
writeFileSync("daily.cors", "origins https://b.example\\n");
const changed = await nextLine();
const request = { method: "GET", origin: "https://b.example", requestMethod: null, requestHeaders: null };
while (watched.decide(request).outcome !== "actual-allowed") await sleep(20);
command.kill("SIGINT");
const [exitCode] = await once(command, "exit");

const current = createPolicyRef(defined);
const server = express().use(cors(current, { enforce: true })).use((_request, response) => response.end()).listen(0);
await once(server, "listening");
const url = "http://127.0.0.1:" + server.address().port;
const post = async (origin) => (await fetch(url, { method: "POST", headers: { Origin: origin } })).status;
const statuses = [await post("https://a.example"), await post("https://b.example"), await post(url)];
current.replace(watched);
statuses.push(await post("https://a.example"), await post("https://b.example"));
server.close();
console.log(JSON.stringify({ first, changed, exitCode, statuses }));
`;

test.each(["oldest", "own"] as const)("what there is for every day works under the %s Node", (which) => {
  const project = join(folder, "module");
  writeFileSync(join(project, "daily.mjs"), DAILY_SCRIPT);
  expect(JSON.parse(execute(nodes[which], ["daily.mjs"], project))).toEqual({
    first: "wrote daily.cors.mjs, daily.cors.d.mts",
    // The types stay what they were.
    changed: "daily.cors changed: wrote daily.cors.mjs",
    exitCode: 0,
    statuses: [200, 403, 200, 403, 200],
  });
  for (const name of ["daily.cors", "daily.cors.mjs", "daily.cors.d.mts"]) rmSync(join(project, name));
});

describe("the adapters", () => {
  const project = join(folder, "adapters");
  const install = (...what: readonly string[]) =>
    execute("npm", ["install", "--no-audit", "--no-fund", ...what], project);

  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{ "private": true }');
    install(tarballOf("runtime"), tarballOf("adapters"));
    writeFileSync(join(project, "main.mjs"), ADAPTERS_SCRIPT);
  }, 60_000);

  test("bring no framework with them", () => {
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["@corslang"]);
  });

  test.each(["oldest", "own"] as const)("run where no framework is, under the %s Node", (which) => {
    expect(execute(nodes[which], ["main.mjs"], project)).toBe("true actual-allowed https://a.example\n");
  });

  test.each(["oldest", "own"] as const)("run in Hono under the %s Node", (which) => {
    install("hono@4.13.19");
    expect(execute(nodes[which], ["main.mjs", "hono"], project)).toBe(
      "true actual-allowed https://a.example actual-allowed https://a.example\n",
    );
  });
});

/** With the policy that `init` writes. */
const STANDALONE_SCRIPT = `
import api from "./api.cors.mjs";
const decide = (origin) => api.decide({ method: "GET", origin, requestMethod: null, requestHeaders: null }).outcome;
console.log(decide("https://shop.example.com"), decide("https://shop.example.com.evil.test"));
`;

const STANDALONE_TYPED = `
import { cors } from "@corslang/adapters/fetch";
import type { Matcher } from "@corslang/runtime";
import api from "./api.cors.mjs";

export const matcher: Matcher = api;
export const handler = cors(api, (request) => new Response(request.url));
`;

describe("a module that imports nothing", () => {
  const project = join(folder, "standalone");
  const empty = join(folder, "empty");
  const strict = ["--strict", "--noEmit", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2022"];

  beforeAll(() => {
    mkdirSync(project);
    mkdirSync(empty);
    writeFileSync(join(project, "package.json"), '{ "private": true }');
    execute("npm", ["install", "--no-audit", "--no-fund", ...tarballs()], project);
    execute("npx", ["--no-install", "cors-compile", "init"], project);
    execute("npx", ["--no-install", "cors-compile", "--standalone"], project);
    for (const name of ["api.cors.mjs", "api.cors.d.mts"]) copyFileSync(join(project, name), join(empty, name));
    writeFileSync(join(empty, "main.mjs"), STANDALONE_SCRIPT);
    writeFileSync(join(project, "typed.mts"), STANDALONE_TYPED);
  }, 180_000);

  test("has the text of the runtime that is published", () => {
    const file = readFileSync(join(project, "node_modules/@corslang/runtime/dist/index.js"), "utf8");
    const { version } = JSON.parse(readFileSync(join(project, "node_modules/@corslang/runtime/package.json"), "utf8"));
    const module = readFileSync(join(empty, "api.cors.mjs"), "utf8");
    expect(module).toContain(file.slice(0, file.lastIndexOf("export {")));
    expect(module).toContain(`@corslang/runtime ${version} (MIT licence)`);
  });

  test.each(["oldest", "own"] as const)("runs in an empty folder under the %s Node", (which) => {
    expect(execute(nodes[which], ["main.mjs"], empty)).toBe("actual-allowed actual-denied\n");
  });

  test("has types in an empty folder, and is what the adapters take", () => {
    expect(execute("tsc", [...strict, "--lib", "es2022", "api.cors.d.mts"], empty)).toBe("");
    expect(execute("tsc", [...strict, "--lib", "es2022,dom", "typed.mts"], project)).toBe("");
  });
});

/** Tests of a user's, with a policy as data and a handler that answers without one. */
const TESTS = `
import test from "node:test";
import { createMatcher } from "@corslang/runtime";
import { expectCors, expectServer } from "@corslang/runtime/testing";

const policy = createMatcher({ version: 1, name: "account", origins: ["https://a.example"], methods: ["PUT"],
  headers: ["x-one"], expose: [], credentials: true, maxAge: null });

test("policy", () => {
  expectCors(policy).from("https://a.example").preflight("PUT", ["X-One"]).toPass();
});
test("mount", async () => {
  const handler = (request) => new Response("", { headers: { "Access-Control-Allow-Origin": request.headers.get("Origin") } });
  const server = expectServer((request) => handler(new Request(request.url, request)));
  await server.from("https://a.example").fetch("https://api.example/").toBeReadable();
});
test("failure", () => {
  expectCors(policy).from("https://a.example").preflight("DELETE").toPass();
});
`;

describe("the test kit", () => {
  const project = join(folder, "kit");

  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{ "private": true }');
    execute("npm", ["install", "--no-audit", "--no-fund", tarballOf("runtime")], project);
    writeFileSync(join(project, "kit.test.mjs"), TESTS);
    writeFileSync(join(project, "typed.mts"), 'export { expectCors } from "@corslang/runtime/testing";\n');
  }, 60_000);

  test.each(["oldest", "own"] as const)("runs in node:test under the %s Node, and its failures are shown", (which) => {
    const run = ["--test", "--test-reporter=tap", "kit.test.mjs"];
    // Vitest's own environment would make node:test take itself for a child of another run.
    const { status, stdout } = spawnSync(nodes[which], run, { cwd: project, encoding: "utf8", env: {} });
    expect(stdout).toContain("# pass 2\n# fail 1\n");
    expect(stdout).toContain("Policy `account` allows the methods GET, HEAD, POST and PUT, and not DELETE.");
    expect(stdout).toContain("expected: 'passes'");
    expect(status).toBe(1);
  });

  test("its types need neither Node nor the DOM", () => {
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--lib", "es2022"];
    expect(execute("tsc", [...options, "--types", "", "typed.mts"], project)).toBe("");
  });
});
