import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type FmtCommand, runFmt } from "../../src/cli/fmt-command.js";
import { PLAIN } from "../../src/diagnostics/pretty.js";
import { command } from "../cors-compile.js";

const standardInput = vi.hoisted(() => ({ text: "" }));

vi.mock("node:fs", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs")>();
  const read = (path: string | number, encoding?: BufferEncoding) =>
    path === 0 ? Buffer.from(standardInput.text) : original.readFileSync(path, { encoding: encoding ?? null });
  return { ...original, readFileSync: read };
});

const WILD = "origins   https://app.example.com\n";
const TAME = "origins https://app.example.com\n";
const BROKEN = "origins [ https://app.example.com\n";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cors-compile-fmt-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function at(path: string): string {
  return join(folder, path);
}

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(at(path), text);
}

function read(path: string): string {
  return readFileSync(at(path), "utf8");
}

interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command; paths in what it writes are shown from the folder on. */
function fmt(paths: readonly string[], options: Partial<FmtCommand> = {}): Run {
  const out: string[] = [];
  const error: string[] = [];
  const exitCode = runFmt(
    { check: false, diff: false, ...options, paths: paths.map((path) => (path === "-" ? path : at(path))) },
    { out: (text) => void out.push(text), error: (text) => void error.push(text), style: PLAIN },
  );
  const show = (texts: readonly string[]) => texts.join("").replaceAll(`${folder}/`, "");
  return { exitCode, out: show(out), error: show(error) };
}

describe("formats in place", () => {
  test("files that are not in format, and says which", () => {
    write({ "a.cors": WILD, "b.cors": TAME, "c.cors": WILD });
    expect(fmt(["a.cors", "b.cors", "c.cors"])).toEqual({
      exitCode: 0,
      out: "formatted a.cors\nformatted c.cors\n",
      error: "",
    });
    expect([read("a.cors"), read("b.cors"), read("c.cors")]).toEqual([TAME, TAME, TAME]);
  });

  test("nothing that is in format", () => {
    write({ "a.cors": TAME });
    const { mtimeMs, ino } = statSync(at("a.cors"));
    expect(fmt(["a.cors"])).toEqual({ exitCode: 0, out: "", error: "nothing to format in 1 file\n" });
    expect(statSync(at("a.cors"))).toMatchObject({ mtimeMs, ino });
  });

  test("all files below a folder", () => {
    mkdirSync(at("inner"));
    write({ "a.cors": WILD, "inner/b.cors": WILD, "notes.txt": "a   b" });
    expect(fmt(["."]).exitCode).toBe(0);
    expect([read("a.cors"), read("inner/b.cors"), read("notes.txt")]).toEqual([TAME, TAME, "a   b"]);
    expect(readdirSync(folder).sort()).toEqual(["a.cors", "inner", "notes.txt"]);
  });

  test("a file that differs by its byte-order mark or line ends alone", () => {
    write({ "mark.cors": `\uFEFF${TAME}`, "windows.cors": TAME.replace("\n", "\r\n"), "end.cors": TAME.trimEnd() });
    expect(fmt(["."]).out).toBe("formatted end.cors\nformatted mark.cors\nformatted windows.cors\n");
    expect([read("mark.cors"), read("windows.cors"), read("end.cors")]).toEqual([TAME, TAME, TAME]);
  });

  test("and leaves a link a link, and permissions as they are", () => {
    write({ "real.cors": WILD });
    chmodSync(at("real.cors"), 0o640);
    symlinkSync("real.cors", at("link.cors"));
    expect(fmt(["link.cors", "real.cors"])).toMatchObject({ exitCode: 0, error: "" });
    expect(lstatSync(at("link.cors")).isSymbolicLink()).toBe(true);
    expect(read("real.cors")).toBe(TAME);
    expect(statSync(at("real.cors")).mode & 0o777).toBe(0o640);
  });
});

describe("leaves as it is", () => {
  test("a file with syntax errors, which are shown; the others are formatted", () => {
    write({ "a.cors": BROKEN, "b.cors": WILD });
    const { exitCode, out, error } = fmt(["a.cors", "b.cors"]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "formatted b.cors\n" });
    expect(error).toMatch(/^error\[unclosed-list\]: .*\n +--> a\.cors:1:/);
    expect(error).toContain("\na.cors left as it is: only what can be read can be formatted\n");
    expect([read("a.cors"), read("b.cors")]).toEqual([BROKEN, TAME]);
  });

  test("a file that is not UTF-8", () => {
    const bytes = Uint8Array.from([0x23, 0xe9, 0x20, 0x0a]);
    write({ "a.cors": bytes });
    const { exitCode, error } = fmt(["a.cors"]);
    expect(exitCode).toBe(1);
    expect(error).toContain("error[invalid-utf8]");
    expect(readFileSync(at("a.cors"))).toEqual(Buffer.from(bytes));
  });

  test("a file with a forbidden character", () => {
    write({ "a.cors": "origins  * # \u202E\n" });
    expect(fmt(["a.cors"])).toMatchObject({ exitCode: 1, out: "" });
    expect(read("a.cors")).toBe("origins  * # \u202E\n");
  });
});

test("formats a file with other mistakes", () => {
  write({ "a.cors": "allowed   *\norigins  https://App.example.com/\n" });
  expect(fmt(["a.cors"])).toEqual({ exitCode: 0, out: "formatted a.cors\n", error: "" });
});

describe("--check", () => {
  test("names the files that are not in format, and writes nothing", () => {
    write({ "a.cors": WILD, "b.cors": TAME, "c.cors": WILD });
    expect(fmt(["."], { check: true })).toEqual({
      exitCode: 1,
      out: "a.cors\nc.cors\n",
      error: "2 of 3 files not in format; run cors-compile fmt\n",
    });
    expect(read("a.cors")).toBe(WILD);
  });

  test("ends well where there is none", () => {
    write({ "a.cors": TAME, "b.cors": TAME });
    expect(fmt(["."], { check: true })).toEqual({ exitCode: 0, out: "", error: "nothing to format in 2 files\n" });
  });

  test("ends badly where a file has syntax errors", () => {
    write({ "a.cors": BROKEN });
    expect(fmt(["a.cors"], { check: true })).toMatchObject({ exitCode: 1, out: "" });
  });
});

describe("--diff", () => {
  test("shows what would change, and writes nothing", () => {
    write({ "a.cors": `# one\n${WILD}methods   GET`, "b.cors": TAME });
    expect(fmt(["a.cors", "b.cors"], { diff: true })).toEqual({
      exitCode: 1,
      out: [
        "--- a.cors",
        "+++ a.cors",
        "@@ -1,3 +1,3 @@",
        " # one",
        "-origins   https://app.example.com",
        "-methods   GET",
        "\\ No newline at end of file",
        "+origins https://app.example.com",
        "+methods GET",
        "",
      ].join("\n"),
      error: "",
    });
    expect(read("b.cors")).toBe(TAME);
  });

  test("says nothing where nothing would", () => {
    write({ "a.cors": TAME });
    expect(fmt(["a.cors"], { diff: true })).toEqual({ exitCode: 0, out: "", error: "" });
  });

  test("does not compare what differs all over for long", () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `# ${index}`);
    write({ "a.cors": lines.join("\r\n") });
    const { exitCode, out } = fmt(["a.cors"], { diff: true });
    expect(exitCode).toBe(1);
    expect(out.slice(0, 58)).toBe("--- a.cors\n+++ a.cors\n@@ -1,50000 +1,50000 @@\n-# 0\r\n-# 1\r\n");
    expect(out).toContain("-# 49999\n\\ No newline at end of file\n+# 0\n");
    expect(out.endsWith("+# 49999\n")).toBe(true);
  });

  test("goes together with --check", () => {
    write({ "a.cors": WILD });
    const { exitCode, out, error } = fmt(["a.cors"], { check: true, diff: true });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^--- a\.cors\n/);
    expect(error).toBe("1 of 1 file not in format; run cors-compile fmt\n");
  });
});

describe("standard input", () => {
  test("is formatted to standard output", () => {
    standardInput.text = WILD;
    expect(fmt(["-"])).toEqual({ exitCode: 0, out: TAME, error: "" });
    standardInput.text = TAME;
    expect(fmt(["-"])).toEqual({ exitCode: 0, out: TAME, error: "" });
  });

  test("becomes nothing where its syntax is wrong", () => {
    standardInput.text = BROKEN;
    const { exitCode, out, error } = fmt(["-"]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(error).toContain("--> <stdin>:1:");
  });

  test("can be checked", () => {
    standardInput.text = WILD;
    expect(fmt(["-"], { check: true })).toMatchObject({ exitCode: 1, out: "<stdin>\n" });
    expect(fmt(["-"], { diff: true }).out).toMatch(/^--- <stdin>\n/);
  });

  test("is not mixed with files", () => {
    write({ "a.cors": WILD });
    expect(fmt(["-", "a.cors"])).toMatchObject({ exitCode: 2, out: "" });
    expect(read("a.cors")).toBe(WILD);
  });
});

/** Root may write anywhere, and so has to be somebody else. */
function fmtAsSomebodyElse(...paths: readonly string[]) {
  const somebodyElse = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  return spawnSync(process.execPath, [command, "fmt", ...paths], {
    cwd: dirname(at("a.cors")),
    encoding: "utf8",
    ...somebodyElse,
  });
}

describe("what can't be read or written", () => {
  test("a file that is not there; the others are formatted", () => {
    write({ "a.cors": WILD });
    expect(fmt(["none.cors", "a.cors"])).toEqual({
      exitCode: 2,
      out: "formatted a.cors\n",
      error: "cors-compile: none.cors: does not exist\n",
    });
  });

  test("a file in a folder that is read-only: then none is written", () => {
    mkdirSync(at("sub"));
    write({ "a.cors": WILD, "sub/b.cors": WILD });
    chmodSync(dirname(at("a.cors")), 0o777);
    for (const path of ["a.cors", "sub/b.cors"]) chmodSync(at(path), 0o666);
    chmodSync(dirname(at("sub/b.cors")), 0o555);
    const { status, stdout, stderr } = fmtAsSomebodyElse("a.cors", "sub/b.cors");
    expect([status, stdout]).toEqual([2, ""]);
    // Links are followed, so the path may be written otherwise.
    expect(stderr).toMatch(/^cors-compile: .*sub\/b\.cors: permission denied\n$/);
    expect([read("a.cors"), read("sub/b.cors")]).toEqual([WILD, WILD]);
  });

  test("a file that is read-only", () => {
    write({ "a.cors": WILD });
    chmodSync(dirname(at("a.cors")), 0o777);
    chmodSync(at("a.cors"), 0o444);
    const { status, stdout, stderr } = fmtAsSomebodyElse("a.cors");
    expect([status, stdout, stderr]).toEqual([2, "", "cors-compile: a.cors: permission denied\n"]);
    expect(read("a.cors")).toBe(WILD);
  });
});
