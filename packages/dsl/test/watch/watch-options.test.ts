import { mkdirSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { useWatchWorkplace } from "./watch-workplace.js";

const { at, corsCompile, files, followQuietly, read, write, writeProject } = useWatchWorkplace();

describe("with the other options", () => {
  const PROFILED = "origins https://app.example.com\nwhen development {\n  origins += http://localhost:*\n}\n";

  test("--out-dir", async () => {
    writeProject();
    const following = await followQuietly(2, "policies", "--out-dir", "dist");
    write("policies/deep/new.cors", "origins none\n");
    expect(await following.next()).toBe(
      "policies/deep/new.cors added: wrote dist/deep/new.cors.mjs, dist/deep/new.cors.d.mts",
    );
    rmSync(at("policies/open.cors"));
    expect(await following.next()).toBe(
      "policies/open.cors removed: outputs dist/open.cors.mjs, dist/open.cors.d.mts left as before",
    );
  });

  test("--out-dir, where a new file would take another one's place", async () => {
    write("a/api.cors", "origins *\n");
    write("b/other.cors", "origins *\n");
    const following = await followQuietly(2, "a", "b", "--out-dir", "dist");
    write("b/api.cors", "origins none\n");
    expect(await following.next()).toBe(
      "b/api.cors added: a/api.cors and b/api.cors would both be written to dist/api.cors.mjs; nothing written",
    );
    write("a/api.cors", "origins https://a.example\n");
    expect(await following.next()).toMatch(/^a\/api\.cors changed: .+; nothing written$/);
    expect(read("dist/api.cors.mjs")).toContain('origins: "*"');
    rmSync(at("b/api.cors"));
    expect(await following.next()).toBe(
      "b/api.cors removed: wrote dist/api.cors.mjs; outputs dist/api.cors.mjs, dist/api.cors.d.mts left as before",
    );
    expect(read("dist/api.cors.mjs")).toContain("https://a.example");
  });

  test("--emit json", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, "api.cors", "--emit", "json");
    write("api.cors", "origins none\n");
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.json");
  });

  test("--profile, which other files need not name", async () => {
    write("api.cors", PROFILED);
    write("open.cors", "origins *\n");
    const following = await followQuietly(2, "--profile", "development");
    write("open.cors", "origins none\n");
    expect(await following.next()).toBe("open.cors changed: wrote open.cors.mjs");
    write("api.cors", PROFILED.replace("localhost:*", "localhost:3000"));
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    expect(read("api.cors.mjs")).toContain('"http://localhost:3000"');
    const before = read("api.cors.mjs");
    write("api.cors", PROFILED.replace("when development", "when dev"));
    expect(await following.next()).toBe(
      "api.cors changed: there is no profile development; these files name dev; nothing written",
    );
    expect(read("api.cors.mjs")).toBe(before);
    write("api.cors", PROFILED);
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
  });

  test("--profiles", async () => {
    write("api.cors", PROFILED.replace("when development", "when staging, development"));
    const following = await followQuietly(1, "--profiles", "staging,development");
    write("api.cors", PROFILED.replace("when development", "when development, staging").replace("app.", "www."));
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    expect(read("api.cors.mjs")).toContain("forProfile");
  });

  test("--deny", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, "--deny", "any-port");
    write("api.cors", "origins https://a.example.com:*\n");
    expect(await following.next()).toBe("api.cors changed: 1 error, outputs left as before");
    expect(following.stderr()).toContain("error[any-port]");
  });

  test("--quiet keeps errors and what becomes of the outputs", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1, "--quiet");
    write("api.cors", "origins https://a.example.com:*\n");
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    expect(following.stderr()).toBe("");
    write("api.cors", "orgins *\n");
    expect(await following.next()).toBe("api.cors changed: 1 error, outputs left as before");
    expect(following.stderr()).toMatch(/^error\[unknown-setting\]/);
  });

  test("a warning is printed, and the outputs are written", async () => {
    write("api.cors", "origins *\n");
    const following = await followQuietly(1);
    write("api.cors", "origins https://a.example.com:*\n");
    expect(await following.next()).toBe("api.cors changed: wrote api.cors.mjs");
    expect(following.stderr()).toContain("warning[any-port]");
  });

  test.each([
    [["--stdout"], "--watch and --stdout exclude each other"],
    [["-"], "--watch and standard input exclude each other"],
    [["check"], "cors-compile check has no option --watch"],
  ])("%j", (args, problem) => {
    write("api.cors", "origins *\n");
    expect(corsCompile(["--watch", ...args])).toEqual({
      status: 2,
      stdout: "",
      stderr: `cors-compile: ${problem}\ntry cors-compile --help\n`,
    });
  });

  test.each([
    [["nothing.cors"], "nothing.cors: does not exist"],
    [["package.json"], "package.json: is not a .cors file"],
    [["api.cors", "--profile", "prod"], "there is no profile prod; these files name none"],
  ])("%j is wrong from the beginning", (args, problem) => {
    write("package.json", "{}");
    write("api.cors", "origins *\n");
    const { status, stderr } = corsCompile(["--watch", ...args]);
    expect([status, stderr]).toEqual([2, `cors-compile: ${problem}\n`]);
    expect(files()).toEqual(["api.cors", "package.json"]);
  });
});

test("an output that can't be written is said, and following goes on", async () => {
  write("api.cors", "origins *\n");
  const following = await followQuietly(1);
  rmSync(at("api.cors.mjs"));
  mkdirSync(at("api.cors.mjs"));
  write("api.cors", "origins none\n");
  expect(await following.next()).toBe("api.cors changed: api.cors.mjs could not be written");
  expect(following.stderr()).toContain("cors-compile: api.cors.mjs: is a folder\n");
  rmSync(at("api.cors.mjs"), { recursive: true });
  write("other.cors", "origins *\n");
  expect(await following.next()).toBe("other.cors added: wrote api.cors.mjs, other.cors.mjs, other.cors.d.mts");
});

test("it ends when nobody reads what it prints", async () => {
  write("api.cors", "origins *\n");
  const following = await followQuietly(1, "--quiet");
  following.closeOutput();
  write("api.cors", "origins none\n");
  expect((await following.ended()).exitCode).toBe(2);
  expect(following.stderr()).toBe("");
});
