import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { exchanges, findFaults } from "../examples/exchanges.mjs";

const examples = fileURLToPath(new URL("../examples/", import.meta.url));

function runNode(args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: examples, encoding: "utf8" });
}

describe("the examples", () => {
  beforeAll(() => {
    const { status, stderr } = runNode(["node_modules/@corslang/dsl/bin/cors-compile.mjs"]);
    expect([status, stderr]).toEqual([0, ""]);
  });

  test("answer as their policy says, in all six servers", () => {
    const { status, stdout, stderr } = runNode(["run.mjs"]);
    expect(stderr).toBe("");
    expect(stdout).toContain(`all ${exchanges.length * 6} answers are what examples/api.cors says`);
    expect(stdout).not.toContain("WRONG");
    expect(status).toBe(0);
  });
});

describe("a wrong answer is told", () => {
  const exchange = {
    what: "",
    method: "GET",
    path: "/",
    headers: {},
    status: 200,
    cors: { "access-control-allow-origin": "https://shop.example.com" },
  };
  const right = { status: 200, headers: { "access-control-allow-origin": "https://shop.example.com", vary: "Origin" } };

  test.each([
    ["none", right, []],
    ["the status", { ...right, status: 403 }, ["status 403 and not 200"]],
    ["a missing header", { ...right, headers: { vary: "Origin" } }, ["no access-control-allow-origin"]],
    [
      "another value",
      { ...right, headers: { ...right.headers, "access-control-allow-origin": "*" } },
      ["access-control-allow-origin: *"],
    ],
    [
      "one too many",
      { ...right, headers: { ...right.headers, "access-control-max-age": "5" } },
      ["access-control-max-age: 5"],
    ],
    ["no Vary", { ...right, headers: { ...right.headers, vary: "Accept-Origin" } }, ["Vary without Origin"]],
  ])("%s", (_what, answer, faults) => {
    expect(findFaults(exchange, answer)).toEqual(faults);
  });
});
