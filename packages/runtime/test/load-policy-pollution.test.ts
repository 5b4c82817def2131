import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/*
 * A program whose Object.prototype somebody has written to, as by merging JSON with a `__proto__` in it. What a policy
 * does not say itself must not come from there, when it is loaded or when it decides. In processes of their own: nothing
 * of such a program can be trusted, a test runner included.
 */

const folder = mkdtempSync(join(tmpdir(), "corslang-pollution-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPT = `
import { createMatcher, createPolicyRef } from "./runtime.mjs";
const [key, text] = process.argv.slice(2);
const value = JSON.parse(text);
const base = { version: 1, name: "default", origins: [], methods: [], headers: [], expose: [], credentials: false, maxAge: null };
const many = Array.from({ length: 40 }, (_, index) => "https://a" + index + ".example");
const policies = [
  { ...base, origins: ["https://app.example.com", "https://*.example.org", "http://localhost:*"], methods: ["PUT"],
    headers: ["x-one", "x-two"], expose: ["ETag"], credentials: true, maxAge: 600 },
  { ...base, origins: many, methods: "*", headers: "*" },
  { ...base, origins: "*", expose: "*" },
  base,
];
const origins = [null, "null", "https://app.example.com", "https://a.example.org", "https://a7.example", "https://evil.test",
  "http://localhost:8080", "evil", "https://evilexample.org"];
const names = [null, "", "x-one", "X-Two,x-one", "x-evil", "value"];
const requests = ["GET", "OPTIONS"].flatMap((method) => origins.flatMap((origin) => [null, "PUT", "PATCH", key].flatMap(
  (requestMethod) => names.map((requestHeaders) => ({ method, origin, requestMethod, requestHeaders })))));
const answersOf = (policy) => {
  const matcher = createMatcher(policy);
  const ref = createPolicyRef(policies[3]);
  ref.replace(policy);
  ref.replace(createMatcher(policy));
  return requests.map((request) => [ref.decide(request), matcher.decide(request, true), matcher.explain(request)]);
};
const withOwn = (object) => JSON.stringify(object);
const before = policies.map((policy) => withOwn(answersOf(policy)));
const matchers = policies.map(createMatcher);
const decided = withOwn(matchers.map(({ decide }) => requests.map((request) => decide(request))));

Object.prototype[key] = value;
const problems = [];
policies.forEach((policy, index) => {
  try {
    if (withOwn(answersOf(policy)) !== before[index]) problems.push("policy " + index + " decides otherwise");
  } catch (error) {
    problems.push("policy " + index + ": " + error.message);
  }
});
if (withOwn(matchers.map(({ decide }) => requests.map((request) => decide(request)))) !== decided) {
  problems.push("a policy that was loaded before decides otherwise");
}
for (const member of Object.keys(base)) {
  const { [member]: _, ...rest } = policies[3];
  try {
    const { policy } = createMatcher(rest);
    problems.push("loaded without " + member + ": " + withOwn(policy[member]));
  } catch {}
}
delete Object.prototype[key];
console.log(JSON.stringify(problems));
`;

beforeAll(async () => {
  const entryPoints = [fileURLToPath(new URL("../src/index.ts", import.meta.url))];
  await build({ entryPoints, bundle: true, format: "esm", outfile: join(folder, "runtime.mjs") });
  writeFileSync(join(folder, "script.mjs"), SCRIPT);
});

/** What goes wrong in a program where every object has this member. */
function findProblems(key: string, value: unknown): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ["script.mjs", key, JSON.stringify(value)], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const EVIL = "https://evil.test";

describe("what every object has of a sudden is nothing to a policy", () => {
  test.each<readonly [string, unknown]>([
    ["decide", true],
    ["policy", { version: 1, origins: "*" }],
    ["headers", { "Access-Control-Allow-Origin": EVIL }],
    ["requestHeaders", "x-one"],
    ["origin", "https://app.example.com"],
    ["status", 200],
    ["allowOrigin", "*"],
    ["extra", "*"],
    ["toJSON", 1],
    ["then", 1],
    ["value", "*"],
    ["text", EVIL],
    ["https://evil.test", EVIL],
    ["x-evil", 1],
    ["PATCH", 1],
  ])("%s", (key, value) => {
    expect(findProblems(key, value)).toEqual([]);
  });
});

// A copy of the policy that has a prototype would find there what the policy lacks, and pass it for the policy's own.
describe("what a policy lacks is missing all the same", () => {
  test.each<readonly [string, unknown]>([
    ["version", 1],
    ["name", "default"],
    ["origins", [EVIL]],
    ["origins", "*"],
    ["methods", ["PATCH"]],
    ["headers", "*"],
    ["expose", ["x-secret"]],
    ["credentials", true],
    ["credentials", false],
    ["maxAge", 600],
  ])("%s: %j", (key, value) => {
    expect(findProblems(key, value)).toEqual([]);
  });
});

const SWEEP = `
import { createMatcher } from "./runtime.mjs";
const few = ["https://app.example.com", "https://*.example.org", "https://pr-*.a.example.dev", "http://b.example.net:*"];
const many = Array.from({ length: 20 }, (_, index) => ["https://a" + index + ".example", "https://*.b" + index + ".example"]);
const matchers = [few, [...few, ...many.flat()]].map((origins) => createMatcher({ version: 1, name: "default", origins,
  methods: ["PUT"], headers: ["x-one", "x-two"], expose: [], credentials: true, maxAge: null }));
const app = "https://app.example.com";
const actual = (origin) => ({ method: "GET", origin, requestMethod: null, requestHeaders: null });
const preflight = (requestHeaders) => ({ method: "OPTIONS", origin: app, requestMethod: "PUT", requestHeaders });
const requests = [app, "https://x.example.org", "https://pr-1.a.example.dev", "http://b.example.net:8080", "https://evil.test",
  "https://x.example.orf", "https://x.exbmple.org", "https://a.b.evil.tesx", "https://pr-1.b.example.dev", "https://pr-1.evil.dev",
  "http://c.example.net:8080", "https://a7.example", "https://x.b7.example", "https://x.c7.example"].map(actual).concat(["x-one", "x-two,x-one", "x-thr", "x-onf", "y-one", "evil"].map(preflight));
const asked = matchers.flatMap(({ decide }) => requests.map((request) => ({ decide, request })));
const ask = () => asked.map(({ decide, request }) => decide(request).outcome);
const before = ask();
const problems = [];
for (let key = 0; key < 128; key++) {
  for (const value of [...Array(80).keys(), "*", [1], { 0: 1 }]) {
    Object.prototype[key] = value;
    let after = [];
    try {
      after = ask();
    } catch {}
    delete Object.prototype[key];
    asked.forEach(({ request: { origin, requestHeaders } }, index) => {
      if (after[index] !== before[index]) problems.push([key, value, requestHeaders ?? origin, after[index]]);
    });
  }
}
console.log(JSON.stringify(problems));
`;

// A hole in an array, or an index past its end, is looked for in the prototype as well.
test("a number as a member of every object leads no search astray", () => {
  writeFileSync(join(folder, "sweep.mjs"), SWEEP);
  const { stdout } = spawnSync(process.execPath, ["sweep.mjs"], { cwd: folder, encoding: "utf8" });
  expect(JSON.parse(stdout)).toEqual([]);
});
