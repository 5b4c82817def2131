import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judge } from "../scripts/mutation/judge.mjs";
import { PARTS } from "../scripts/mutation/parts.mjs";

/* What `npm run mutation` makes of a report. The mutation tests themselves take minutes, and are not among these tests. */

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");
}

const FILE = "packages/runtime/src/port.ts";
const SOURCE = "export function isPort(port) {\n  return port > 0 && port < 65536;\n}\n";

/** A report on `port > 0` and `port < 65536`: one mutation of each. */
function reportWith(first: string, second: string) {
  const at = (start: number, end: number) => ({ start: { line: 2, column: start }, end: { line: 2, column: end } });
  const mutants = [
    { id: "0", replacement: "port >= 0", status: first, location: at(10, 18) },
    { id: "1", replacement: "port <= 65536", status: second, location: at(22, 34) },
  ];
  return { files: { [FILE]: { source: SOURCE, mutants } } };
}

const EQUIVALENT = {
  file: FILE,
  line: "return port > 0 && port < 65536;",
  code: "port > 0",
  mutations: ["port >= 0"],
  reason: "an example",
};

describe("a part of which everything has to be killed", () => {
  test("is good when tests fail, come to no end, or can't be loaded", () => {
    expect(judge(reportWith("Killed", "Timeout"), [], 100)).toMatchObject({ killed: 2, percent: 100, isGood: true });
    expect(judge(reportWith("Killed", "RuntimeError"), [], 100)).toMatchObject({ percent: 100, isGood: true });
  });

  test.each(["Survived", "NoCoverage", "Ignored", "Pending"])(
    "is not good with one that has %s, and names it",
    (status) => {
      const { survivors, percent, isGood } = judge(reportWith("Killed", status), [], 100);
      expect(survivors).toEqual([`${FILE}:2: port < 65536 → port <= 65536`]);
      expect({ percent, isGood }).toEqual({ percent: 50, isGood: false });
    },
  );

  test("is good with a survivor that is on the list", () => {
    const verdict = judge(reportWith("Survived", "Killed"), [EQUIVALENT], 100);
    expect(verdict).toMatchObject({ mutants: 2, killed: 1, equivalent: 1, survivors: [], stale: [], isGood: true });
  });

  test("is not good with another survivor beside it", () => {
    expect(judge(reportWith("Survived", "Survived"), [EQUIVALENT], 100)).toMatchObject({ percent: 0, isGood: false });
  });

  test.each([
    ["is killed", EQUIVALENT, "Killed"],
    ["is on a line that has changed", { ...EQUIVALENT, line: "return port > 0;" }, "Killed"],
    ["is of another file", { ...EQUIVALENT, file: "packages/runtime/src/host.ts" }, "Killed"],
    ["is another mutation", { ...EQUIVALENT, mutations: ["true"] }, "Killed"],
  ])("is not good when one on the list %s", (_title, listed, status) => {
    const { stale, isGood } = judge(reportWith(status, "Killed"), [listed], 100);
    expect(stale).toEqual([`${listed.file}: port > 0 → ${listed.mutations[0]}, in ${listed.line}`]);
    expect(isGood).toBe(false);
  });
});

test("a part of which a share has to be killed is good from that share on", () => {
  expect(judge(reportWith("Killed", "Survived"), [], 50).isGood).toBe(true);
  expect(judge(reportWith("Killed", "Survived"), [], 51).isGood).toBe(false);
});

test("a report without mutants is not good", () => {
  expect(judge({ files: {} }, [], 90).isGood).toBe(false);
});

describe("what is listed", () => {
  const listed: Record<string, readonly (typeof EQUIVALENT)[]> = JSON.parse(read("scripts/mutation/equivalents.json"));

  test.each(Object.values(listed).flat())(
    "has a reason, and is there: $code, in $line",
    ({ file, line, code, reason }) => {
      const lines = read(file).split("\n");
      expect(lines.map((text) => text.trim())).toContain(line);
      expect(line).toContain(code);
      expect(reason).toMatch(/^\S.+\.$/);
    },
  );

  test("is what docs/assurance.md counts beside the killed and the survivors", () => {
    const text = read("docs/assurance.md");
    const rows = [...text.matchAll(/^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| [\d.]+ % \|/gm)];
    expect(rows.map(([, part]) => part)).toEqual(Object.keys(PARTS));
    for (const [, part = "", mutants, killed, survived, equivalent] of rows) {
      expect(Number(killed) + Number(survived) + Number(equivalent)).toBe(Number(mutants));
      expect(Number(equivalent) > 0).toBe(Object.hasOwn(listed, part));
    }
  });
});
