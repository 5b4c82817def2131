import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import runtimePackage from "../../runtime/package.json" with { type: "json" };
import { useWorkplace } from "./cors-compile.js";

/* Modules that import nothing: written by the real command, and run where there is nothing to import. */

const root = fileURLToPath(new URL("../../../", import.meta.url));
const builtRuntime = readFileSync(join(root, "packages/runtime/dist/index.js"), "utf8");

const workplace = useWorkplace();
const { write, read, files, corsCompile } = workplace;

const POLICY = `# Who may call the account API.
# Cookies are */ allowed. \`\${x}\` </script>
policy first-party {
  origins [
    https://app.example.com
    https://*.example.org
    https://pr-*.preview.example.com
    https://[2001:db8::1]:8443
  ]
  methods     PUT, DELETE
  headers     Content-Type, X-Request-Id
  expose      ETag
  credentials true
  max-age     10m

  when development {
    origins += http://localhost:*
  }
}

policy public {
  origins *
  headers *, Authorization
}

origins https://app.example.com
`;

/** Makes a package of the workspace known to what runs in the folder. */
function link(name: string): void {
  const path = join(workplace.folder, "node_modules/@corslang", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(join(root, "packages", name)), path);
}

/** Runs a script in the folder, and reads the JSON that it prints. */
function runScript(text: string, options: readonly string[] = [], argument = ""): unknown {
  write("script.mjs", text);
  const { stdout, stderr } = spawnSync(process.execPath, [...options, "script.mjs", argument], {
    cwd: workplace.folder,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

/** Every combination of some origins, methods and headers, honest and hostile. */
const REQUESTS = `
const origins = [null, "null", "https://app.example.com", "https://app.example.com:443", "https://a.b.example.org",
  "https://example.org", "https://evil-example.org", "https://a..example.org", "https://pr-12.preview.example.com",
  "https://pr-.preview.example.com", "https://pr-1.x.preview.example.com", "https://[2001:db8::1]:8443",
  "http://localhost:3000", "https://" + "a".repeat(400), ""];
const headers = [null, "", "content-type", "X-Request-Id, content-type", "x-debug", "content-type,,,x-debug",
  " ,".repeat(40), "é"];
const methods = [null, "GET", "PUT", "PATCH", "put", "a b"];
const requests = ["GET", "PUT", "OPTIONS"].flatMap((method) => origins.flatMap((origin) => methods.flatMap(
  (requestMethod) => headers.map((requestHeaders) => ({ method, origin, requestMethod, requestHeaders })))));
const answersOf = (matcher) => requests.map((request) =>
  [matcher.decide(request), matcher.decide(request, true), matcher.explain(request)]);
`;

describe("the module", () => {
  test("has the text of the runtime's file in it, and the policies as in a module that imports it", () => {
    write("api.cors", POLICY);
    const imported = corsCompile(["--stdout", "api.cors"]).stdout;
    const standalone = corsCompile(["--stdout", "--standalone", "api.cors"]).stdout;
    const end = builtRuntime.indexOf("export {");
    expect(builtRuntime.slice(end)).toMatch(/^export \{\n[\w\s,]+\};\n\/\/# sourceMappingURL=index\.js\.map\n?$/);
    const [before = "", behind] = standalone.split(builtRuntime.slice(0, end));
    expect(behind).toBe("return createMatcher;\n}\n");
    expect(standalone).not.toContain("sourceMappingURL");

    const [, second = ""] = standalone.split("\n");
    expect(second).toBe(
      `// It imports nothing: the function runtime at its end is the text of @corslang/runtime ${runtimePackage.version} (MIT licence).`,
    );
    const licence = readFileSync(join(root, "LICENSE"), "utf8");
    expect(before.replaceAll(/^ \* ?/gm, "")).toContain(licence);

    // The data is written as it is otherwise; only the names that it is bound to have a $.
    const dataOf = (text: string) => text.match(/createMatcher\(\{$.*?^\}\);$/gms);
    expect(dataOf(before)).toHaveLength(3);
    expect(dataOf(before)).toEqual(dataOf(imported));
  });

  test("runs in an empty folder, exports the same, and decides alike", () => {
    write("api.cors", POLICY);
    link("runtime");
    corsCompile(["api.cors", "--out-dir", "imported"]);
    corsCompile(["api.cors", "--standalone"]);
    const exported = (path: string) => `
import * as policies from "${path}";
${REQUESTS}
console.log(JSON.stringify(Object.entries(policies).map(([name, matcher]) => [name, matcher.policy, answersOf(matcher)])));
`;
    const imported = runScript(exported("./imported/api.cors.mjs"));
    // Where there is nothing but the module.
    write("empty/api.cors.mjs", read("api.cors.mjs"));
    const standalone = runScript(exported("./empty/api.cors.mjs"));
    expect(standalone).toEqual(imported);
    expect(standalone).toMatchObject([
      ["default", { name: "default" }, expect.anything()],
      ["firstParty", { name: "first-party", credentials: true }, expect.anything()],
      ["public", { name: "public", origins: "*" }, expect.anything()],
    ]);
    const outcomes = new Set(JSON.stringify(standalone).match(/(?<="outcome":")[\w-]+/g));
    expect([...outcomes].sort()).toEqual([
      "actual-allowed",
      "actual-denied",
      "not-cors",
      "preflight-failed",
      "preflight-passed",
    ]);
  });

  test("needs nothing but JavaScript and URL", () => {
    write("api.cors", POLICY);
    corsCompile(["api.cors", "--standalone"]);
    // A new realm has the objects of JavaScript alone: no process, no Buffer, no require, no console, no fetch.
    const script = `
import { readFileSync } from "node:fs";
import { createContext, SourceTextModule } from "node:vm";
const context = createContext({ URL });
const module = new SourceTextModule(readFileSync("api.cors.mjs", "utf8"), { context });
await module.link((specifier) => { throw new Error("imports " + specifier); });
await module.evaluate();
const request = { method: "GET", requestMethod: null, requestHeaders: null };
const decide = (origin) => module.namespace.firstParty.decide({ ...request, origin }).outcome;
const denial = module.namespace.firstParty.explain({ ...request, origin: "https://[::1" });
console.log(JSON.stringify([decide("https://[2001:db8::1]:8443"), decide("https://[2001:db8::2]:8443"), denial]));
`;
    const args = ["--experimental-vm-modules", "--no-warnings"];
    expect(runScript(script, args)).toEqual(["actual-allowed", "actual-denied", { reason: "origin-malformed" }]);
  });

  test("works beside another one, and beside one that imports the runtime, with the adapters", () => {
    write("one.cors", "origins https://one.example.com\n");
    write("two.cors", "origins https://two.example.com\n");
    write("three.cors", "origins https://three.example.com\n");
    corsCompile(["one.cors", "two.cors", "--standalone"]);
    corsCompile(["three.cors"]);
    for (const name of ["runtime", "adapters"]) link(name);
    const script = `
import { createPolicyRef } from "@corslang/runtime";
import { cors } from "@corslang/adapters/fetch";
import one from "./one.cors.mjs";
import two from "./two.cors.mjs";
import three from "./three.cors.mjs";
const reference = createPolicyRef(one);
reference.replace(two);
const init = { headers: { Origin: "https://two.example.com" } };
const ask = async (policy) => {
  const { headers } = await cors(policy, () => new Response())(new Request("https://api.example.com/", init));
  return headers.get("Access-Control-Allow-Origin");
};
console.log(JSON.stringify(await Promise.all([one, two, three, reference].map(ask))));
`;
    expect(runScript(script)).toEqual([null, "https://two.example.com", null, "https://two.example.com"]);
  });

  test("leaves nothing of a policy that is not used in a bundle, and nothing at all when none is", async () => {
    write("api.cors", POLICY);
    corsCompile(["api.cors", "--standalone"]);
    const bundle = async (contents: string) => {
      const stdin = { contents, resolveDir: workplace.folder };
      const { outputFiles } = await build({ stdin, bundle: true, format: "esm", write: false });
      return outputFiles[0]?.text ?? "";
    };
    const one = await bundle('export { firstParty } from "./api.cors.mjs";');
    expect(one).toContain('name: "first-party"');
    expect(one).not.toContain('name: "public"');
    expect(await bundle('import { firstParty } from "./api.cors.mjs"; console.log("hello");')).not.toMatch(
      /function|const|var/,
    );
  });
});

/** Names that the runtime declares, that it or the generated code uses, and those that one thinks of first. */
function hostileNames(): string[] {
  const declared = [...builtRuntime.matchAll(/\b(?:var|let|const|function) (\w+)/g)].map(([, name = ""]) => name);
  const used = [...builtRuntime.matchAll(/\b[A-Z]\w*/g)].map(([name]) => name);
  const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const others = [
    "runtime",
    "profiles",
    "forProfile",
    "undefined",
    "globalThis",
    "then",
    "public",
    "static",
    "Matcher",
  ];
  const types = ["Profile", "Policies", "PolicyBase", "CompiledPolicy", "Readonly", "Record"];
  const names = [...declared, ...used, ...letters, ...others, ...types];
  // Names of policies; createMatcher can't be one, as it is bound in the other kind of module.
  const possible = (name: string) => /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !RESERVED.includes(name);
  return [...new Set(names)].filter(possible);
}
const RESERVED = ["createMatcher", "default", "methods", "headers", "origins", "expose", "credentials"];

/** What a project does that has no package of corslang. */
const TYPED = `import api, { firstParty, public as everybody } from "./api.cors.mjs";
import { forProfile, type Profile } from "./profiles.cors.mjs";
import * as hostile from "./hostile.cors.mjs";

const { outcome, status, headers } = firstParty.decide({ method: "GET", origin: null, requestMethod: null, requestHeaders: null });
export const shown: readonly [string, 204 | 403 | null, readonly (readonly [string, string])[]] = [outcome, status, headers];
export const origins: "*" | readonly string[] = api.policy.origins;
export const profile: Profile = "development";
export const same: typeof api = forProfile(profile).firstParty;
export const names: string[] = [everybody.policy.name, hostile.URL.policy.name, hostile.Matcher.policy.name];
// @ts-expect-error a matcher is frozen
api.policy = everybody.policy;
// @ts-expect-error no origin is given
api.decide({ method: "GET" });
// @ts-expect-error the types are in the file for itself
import type { Decision } from "./api.cors.mjs";
`;

/** What the packages expect, in both directions. */
const ACCEPTED = `import { cors as express } from "@corslang/adapters/express";
import { cors as fetchCors } from "@corslang/adapters/fetch";
import { createPolicyRef, type Matcher } from "@corslang/runtime";
import api from "./api.cors.mjs";
import { forProfile } from "./profiles.cors.mjs";

export const mounted = [express(api), fetchCors(forProfile("development").firstParty, () => new Response())];
createPolicyRef(api).replace(api.policy);
export const one: Matcher = api;
export const other: typeof api = one;
`;

describe("names and types", () => {
  function writeModules(): void {
    write("api.cors", POLICY);
    write("profiles.cors", POLICY);
    const hostile = hostileNames().map((name) => `policy ${name} { origins https://a.example.com }\n`);
    write("hostile.cors", hostile.join(""));
    expect(corsCompile(["api.cors", "hostile.cors", "--standalone"]).status).toBe(0);
    expect(corsCompile(["profiles.cors", "--standalone", "--profiles", "development"]).status).toBe(0);
  }

  test("a policy may be called like anything in the runtime or in JavaScript", () => {
    expect(hostileNames()).toEqual(
      expect.arrayContaining(["HEADER", "isToken", "runtime", "Object", "URL", "Set", "a"]),
    );
    writeModules();
    const script = `
import * as policies from "./hostile.cors.mjs";
const request = { method: "GET", origin: "https://a.example.com", requestMethod: null, requestHeaders: null };
console.log(JSON.stringify(Object.entries(policies).map(([name, { policy, decide, explain }]) =>
  [name, policy.name, decide(request).outcome, explain({ ...request, origin: "https://[::1]" }).reason])));
`;
    const expected = hostileNames().map((name) => [name, name, "actual-allowed", "origin-not-allowed"]);
    expect(runScript(script)).toEqual(expected.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
  });

  function typeCheck(file: string, options: object): string {
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
      ...options,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [compiler, "-p", "."], { cwd: workplace.folder, encoding: "utf8" }).stdout;
  }

  test("a project without any package type-checks against them", () => {
    writeModules();
    write("typed.mts", TYPED.replace(/^import type .+$/m, "$&\nexport type Shown = Decision;"));
    expect(typeCheck("typed.mts", { lib: ["es2022"] })).toBe("");
    write("typed.mts", TYPED.replace("outcome, status", "outcomes, status"));
    expect(typeCheck("typed.mts", { lib: ["es2022"] })).toContain("Property 'outcomes' does not exist");
  });

  test("the packages take them, and theirs are the same", () => {
    writeModules();
    write("accepted.mts", ACCEPTED);
    const paths = {
      "@corslang/runtime": [join(root, "packages/runtime/src/index.ts")],
      "@corslang/adapters/*": [join(root, "packages/adapters/src/*.ts")],
    };
    const typeRoots = [realpathSync(join(root, "node_modules/@types"))];
    // The frameworks' own declarations are not looked into.
    const options = { paths, typeRoots, types: ["node"], lib: ["es2023", "dom"], skipLibCheck: true };
    expect(typeCheck("accepted.mts", options)).toBe("");
  });
});

describe("with profiles", () => {
  test("forProfile gives the policies of one, and refuses other names as it does otherwise", () => {
    write("api.cors", POLICY);
    write("staging.cors", "policy api {\n  origins none\n  when staging { origins += https://s.example.com }\n}\n");
    const args = ["api.cors", "staging.cors", "--profiles", "development,staging"];
    expect(corsCompile([...args, "--standalone"]).status).toBe(0);
    const script = (folder: string) => `
import * as module from "${folder}/api.cors.mjs";
${REQUESTS}
const policies = module.forProfile(process.argv[2]);
console.log(JSON.stringify([Object.keys(module), Object.keys(policies), Object.values(policies).map(answersOf)]));
`;
    const failure = (folder: string, name: string) => `
import { forProfile } from "${folder}/api.cors.mjs";
try { forProfile("${name}"); } catch (error) { console.log(JSON.stringify(error.message)); }
`;
    link("runtime");
    corsCompile([...args, "--out-dir", "imported"]);
    const profiles = ["development", "staging"];
    const answers = profiles.map((profile) => runScript(script("."), [], profile));
    expect(answers).toEqual(profiles.map((profile) => runScript(script("./imported"), [], profile)));
    expect(answers).toMatchObject(
      profiles.map(() => [["forProfile"], ["default", "firstParty", "public"], expect.anything()]),
    );
    expect(answers[0]).not.toEqual(answers[1]);
    for (const name of ["production", "constructor"]) {
      expect(runScript(failure(".", name))).toBe(
        `there is no profile "${name}"; this module was compiled for development, staging`,
      );
    }
  });
});

describe("the command", () => {
  test("writes it beside the policy, and nothing again that has not changed", () => {
    write("api.cors", POLICY);
    expect(corsCompile(["--standalone"]).stdout).toBe("wrote api.cors.mjs, api.cors.d.mts\n");
    expect(corsCompile(["--standalone"]).stdout).toBe("api.cors is up to date\n");
    expect(corsCompile([]).stdout).toBe("wrote api.cors.mjs, api.cors.d.mts\n");
    expect(files()).toEqual(["api.cors", "api.cors.d.mts", "api.cors.mjs"]);
  });

  test("checks such outputs", () => {
    write("api.cors", POLICY);
    corsCompile(["--standalone"]);
    expect(corsCompile(["check", "--outputs", "--standalone"]).status).toBe(0);
    const { status, stderr } = corsCompile(["check", "--outputs"]);
    expect(status).toBe(1);
    expect(stderr).toContain("api.cors.mjs: is not what its policy compiles to; run cors-compile\n");
    write("api.cors.mjs", read("api.cors.mjs").replace("return createMatcher;", "return () => createMatcher;"));
    expect(corsCompile(["check", "--outputs", "--standalone"]).status).toBe(1);
  });

  test.each([
    [["--standalone", "--emit", "json"], "--standalone and --emit json exclude each other"],
    [["check", "--standalone", "--emit=json"], "--standalone and --emit json exclude each other"],
    [["fmt", "--standalone"], "cors-compile fmt has no option --standalone"],
    [["--standalone=yes"], "--standalone takes no value"],
  ])("refuses %j", (args, problem) => {
    write("api.cors", POLICY);
    expect(corsCompile(args)).toEqual({
      status: 2,
      stdout: "",
      stderr: `cors-compile: ${problem}\ntry cors-compile --help\n`,
    });
    expect(files()).toEqual(["api.cors"]);
  });
});
