import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { command, type Run, useWorkplace } from "../cors-compile.js";
import { makeVersions } from "./policy-versions.js";

/*
 * File systems that take no more: full ones of a few kilobytes, in memory, in a mount namespace of their own; read-only
 * ones in the same way; and the limit of a shell, which needs no rights.
 */

const PAGE = 4096;
/** More than the outputs need. */
const SIZE = 1_000_000;
const PATIENCE = 120_000;

const workplace = useWorkplace();

/** Without root's rights, a user namespace gives them for mounting alone, where the system lets it. */
const UNSHARE = process.getuid?.() === 0 ? ["--mount"] : ["--mount", "--map-root-user"];
const canMount = spawnSync("unshare", [...UNSHARE, "mount", "-t", "tmpfs", "none", "/tmp"]).status === 0;
if (!canMount) {
  console.warn(
    "full-disk.test.ts: nothing can be mounted here (unshare --mount); full and read-only disks are not tried",
  );
}

function shell(command: string, args: readonly string[], script: string): Run {
  const [file = "", ...before] = command.split(" ");
  const { status, stdout, stderr } = spawnSync(file, [...before, "sh", "-ec", script, ...args], {
    cwd: workplace.folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/**
 * Copies the folder onto a file system of its own, runs the command there, and copies the folder back.
 *
 * @param prepare - What a shell does with the file system before, in the folder.
 */
function runOnDisk(prepare: string, ...args: readonly string[]): Run {
  const disk = `${workplace.folder}-disk`;
  cpSync(workplace.folder, disk, { recursive: true });
  try {
    const script = `
      mount -t tmpfs -o size=${SIZE} none "$1"
      cp -a "$0/." "$1"
      cd "$1"
      ${prepare}
      shift
      status=0
      "$@" || status=$?
      cd "$0"
      find . -mindepth 1 -delete
      cp -a "$OLDPWD/." .
      rm -f full
      exit $status`;
    const command_ = [process.execPath, command, ...args];
    return shell(`unshare ${UNSHARE.join(" ")}`, [workplace.folder, disk, ...command_], script);
  } finally {
    rmSync(disk, { recursive: true });
  }
}

/** Leaves so many bytes free. */
function fillUpTo(free: number): string {
  return `head -c ${SIZE * 2} /dev/zero > full 2> /dev/null || true
      truncate -s -${free} full`;
}

describe.runIf(canMount)("on a disk with few pages left", () => {
  test("a build writes all of a policy's outputs or none, and says why", { timeout: PATIENCE }, () => {
    const { write, restoreOutputs, outputs, expectWhole } = makeVersions(workplace, 1, ["module"]);
    write("new");
    const statuses = new Set<number | null>();
    for (let pages = 0; !statuses.has(0); pages++) {
      restoreOutputs();
      const { status, stdout, stderr } = runOnDisk(fillUpTo(pages * PAGE));
      statuses.add(status);
      const isWritten = status === 0;
      expect({ pages, status, stdout }).toEqual({
        pages,
        status: isWritten ? 0 : 2,
        stdout: isWritten ? "wrote p0.cors.mjs, p0.cors.d.mts\n" : "",
      });
      if (!isWritten)
        expect(stderr).toMatch(/^cors-compile: p0\.cors\.(mjs|d\.mts): no space is left on the device\n$/);
      const version = isWritten ? outputs.new : outputs.old;
      expect(expectWhole()).toEqual(version);
      expect(workplace.files()).toEqual(["p0.cors", ...version.keys()]);
    }
    expect(statuses).toEqual(new Set([2, 0]));
  });

  test("a formatter leaves the policy as it was", () => {
    // More than a page, so that the first of it can be written.
    const source = `origins   [\n${"  https://app.example.com # the same\n".repeat(200)}]\n`;
    for (const pages of [0, 1]) {
      workplace.write("api.cors", source);
      const { status, stdout, stderr } = runOnDisk(fillUpTo(pages * PAGE), "fmt");
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^cors-compile: \S*api\.cors: no space is left on the device\n$/);
      expect(workplace.files()).toEqual(["api.cors"]);
      expect(workplace.read("api.cors")).toBe(source);
    }
  });

  test("no part of a policy to start from is left", () => {
    workplace.write("other", "");
    const { status, stdout, stderr } = runOnDisk(fillUpTo(0), "init");
    expect([status, stdout, stderr]).toEqual([2, "", "cors-compile: api.cors: no space is left on the device\n"]);
    expect(workplace.files()).toEqual(["other"]);
  });
});

describe.runIf(canMount)("on a read-only disk", () => {
  const readOnly = `mount -o remount,ro .`;

  test("a build changes nothing and says why", () => {
    const { write, outputs, expectWhole } = makeVersions(workplace, 1, ["module"]);
    write("new");
    const { status, stdout, stderr } = runOnDisk(readOnly);
    expect([status, stdout, stderr]).toEqual([2, "", "cors-compile: p0.cors.mjs: the file system is read-only\n"]);
    expect(expectWhole()).toEqual(outputs.old);
  });

  test("what is up to date is no failure", () => {
    makeVersions(workplace, 1, ["module"]);
    expect(runOnDisk(readOnly)).toEqual({ status: 0, stdout: "p0.cors is up to date\n", stderr: "" });
    expect(runOnDisk(readOnly, "check", "--outputs").status).toBe(0);
  });
});

test.skipIf(process.platform === "win32")("files may not be as large as the outputs: they stay as they were", () => {
  const { write, outputs, expectWhole } = makeVersions(workplace, 1, ["module"]);
  write("new");
  // In blocks of 512 bytes.
  const { status, stdout, stderr } = shell(`env --`, [process.execPath, command], `ulimit -f 8; "$0" "$@"`);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toBe("cors-compile: p0.cors.mjs: is larger than the system lets files be\n");
  expect(expectWhole()).toEqual(outputs.old);
  expect(workplace.files()).toEqual(["p0.cors", ...outputs.old.keys()]);
});
