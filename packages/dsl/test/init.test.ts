import { spawn } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SETTING_NAMES } from "../src/syntax/vocabulary.js";
import { command, useWorkplace } from "./cors-compile.js";

const workplace = useWorkplace();
const { write, read, files, corsCompile } = workplace;

const starter = readFileSync(new URL("../src/cli/starter.cors", import.meta.url), "utf8");

describe("the starter", () => {
  test("is api.cors, and the next steps are printed", () => {
    expect(corsCompile(["init"])).toEqual({
      status: 0,
      stdout: `wrote api.cors
next: write your own origins into it, in its expect block too, and compile it
  npx cors-compile api.cors
then mount what that writes, in Express for one
  import { cors } from "@corslang/adapters/express";
  import policy from "./api.cors.mjs";
  app.use(cors(policy));
other frameworks: https://github.com/corslang/corslang/blob/main/docs/adapters.md
`,
      stderr: "",
    });
    expect(files()).toEqual(["api.cors"]);
    expect(read("api.cors")).toBe(starter);
  });

  test("compiles without a warning, for each profile, and is in format", () => {
    corsCompile(["init"]);
    const nothing = { status: 0, stdout: "", stderr: "nothing is wrong with 1 file\n" };
    expect(corsCompile(["check", "--deny", "warnings"])).toEqual(nothing);
    expect(corsCompile(["check", "--deny", "warnings", "--profile", "development"])).toEqual(nothing);
    expect(corsCompile(["fmt", "--check"]).status).toBe(0);
    expect(corsCompile(["api.cors"]).stdout).toBe("wrote api.cors.mjs, api.cors.d.mts\n");
  });

  test("has every setting, a profile and expectations, each with a comment, and is read in a minute", () => {
    const lines = starter.split("\n");
    for (const head of [...SETTING_NAMES, "when", "expect"]) {
      const line = lines.findIndex((text) => text.startsWith(`${head} `));
      expect(lines[line - 1], head).toMatch(/^# /);
    }
    expect(lines.length).toBeLessThan(40);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  test("holds what its expectations say: an origin more, and it does not compile", () => {
    write("api.cors", starter.replace("  https://shop.example.com\n", "$&  http://localhost:8080\n"));
    expect(corsCompile(["check"]).stderr).toContain("error[expectation-failed]");
  });
});

describe("goes", () => {
  test.each([
    ["other.cors", "other.cors"],
    ["policies/new/api.cors", "policies/new/api.cors"],
    ["policies/", "policies/api.cors"],
    ["./my api.cors", "my api.cors"],
  ])("for %s to %s", (argument, path) => {
    const { status, stdout, stderr } = corsCompile(["init", argument]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(files()).toEqual([path]);
    // What is printed works as it is, in a shell.
    const [, shown = ""] = /^ {2}npx cors-compile (.+)$/m.exec(stdout) ?? [];
    expect(corsCompile([shown.replaceAll('"', "")]).status).toBe(0);
    expect(files()).toContain(`${path}.mjs`);
    expect(/ {2}import policy from "\.\/(.+)";/.exec(stdout)?.[1]).toBe(`${path.split("/").at(-1)}.mjs`);
  });

  test("into a folder that is there", () => {
    mkdirSync(join(workplace.folder, "policies"));
    expect(corsCompile(["init", "policies"]).stdout).toMatch(/^wrote policies\/api\.cors\n/);
    expect(files()).toEqual(["policies/api.cors"]);
  });
});

describe("refuses", () => {
  function expectProblem(args: readonly string[], line: string): void {
    expect(corsCompile(["init", ...args])).toEqual({ status: 2, stdout: "", stderr: `cors-compile: ${line}\n` });
  }

  test("to overwrite a file", () => {
    write("api.cors", "origins none\n");
    const before = statSync(join(workplace.folder, "api.cors"));
    expectProblem([], "api.cors: is there already, and was left as it is");
    expectProblem(["."], "api.cors: is there already, and was left as it is");
    expect(read("api.cors")).toBe("origins none\n");
    const { ino, mtimeMs } = statSync(join(workplace.folder, "api.cors"));
    expect([ino, mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(files()).toEqual(["api.cors"]);
  });

  test("to write where a link leads", () => {
    symlinkSync("elsewhere.cors", join(workplace.folder, "api.cors"));
    expectProblem([], "api.cors: is there already, and was left as it is");
    expect(lstatSync(join(workplace.folder, "api.cors")).isSymbolicLink()).toBe(true);
    expect(files()).toEqual(["api.cors"]);
  });

  test.each(["api", "api.txt"])("the name %s", (name) => {
    expectProblem([name], `${name}: the name of a policy ends in .cors; write ${name}.cors, or ${name}/ for a folder`);
    expect(files()).toEqual([]);
  });

  test("a name with characters that a terminal would obey", () => {
    const { stderr } = corsCompile(["init", "\u001B[31mred"]);
    expect(stderr).toMatch(/^cors-compile: \uFFFD\[31mred: /);
    expect(stderr).not.toContain("\u001B");
  });

  test("a folder with the name of a policy", () => {
    mkdirSync(join(workplace.folder, "api.cors"));
    expectProblem([], "api.cors: is a folder");
  });

  test("a file in the place of a folder", () => {
    write("policies", "a file");
    expectProblem(["policies/api.cors"], "policies/api.cors: a part of this path is not a folder");
    expect(read("policies")).toBe("a file");
  });

  test("a link that leads to itself", () => {
    symlinkSync("loop", join(workplace.folder, "loop"));
    expectProblem(["loop"], "loop: is a symbolic link that leads to itself");
  });

  test.each([
    [["a.cors", "b.cors"], "init writes one file, and these are 2"],
    [["--stdout"], "cors-compile init has no option --stdout"],
    [["--forse"], "there is no option --forse"],
  ])("%j", (args, problem) => {
    expectProblem(args, `${problem}\ntry cors-compile --help`);
    expect(files()).toEqual([]);
  });
});

test("of several at once, one writes", async () => {
  const options = { cwd: workplace.folder, stdio: "ignore" } as const;
  const runs = Array.from({ length: 4 }, () => {
    return new Promise((resolve) => spawn(process.execPath, [command, "init"], options).on("close", resolve));
  });
  expect((await Promise.all(runs)).sort()).toEqual([0, 2, 2, 2]);
  expect(read("api.cors")).toBe(starter);
});
