import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compareAnswers } from "../bench/answers.mjs";
import { alternate } from "../bench/measure/alternate.mjs";
import { summarize } from "../bench/measure/statistics.mjs";
import { writePage } from "../bench/report/document.mjs";
import { toCells } from "../bench/report/format.mjs";
import { readReference } from "../bench/report/results.mjs";
import { createRow } from "../bench/report/table.mjs";
import { measureGroups } from "../bench/run.mjs";

/* Holds that the suite works: it compares the answers by itself and fails where they differ. No time is asserted. */

const GROUPS = ["decision", "middleware", "http", "hostile", "footprint", "compiler"];

interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

interface Row {
  readonly name: string;
  readonly base: Summary;
  readonly ratios: Readonly<Record<string, Summary>>;
  readonly targets: readonly { readonly met: boolean; readonly value: number }[];
}

interface Table {
  readonly title: string;
  readonly unit: string;
  readonly base: string;
  readonly rows: readonly Row[];
}

interface Results {
  readonly environment: { readonly node: string; readonly packages: Readonly<Record<string, string>> };
  readonly groups: Readonly<Record<string, { readonly tables: readonly Table[] }>>;
}

function isOrdered({ median, low, high, rounds }: Summary): boolean {
  return Number.isFinite(median) && low <= median && median <= high && rounds >= 1;
}

/** What of a results file is not as its readers expect. */
function findFaults({ groups }: Results): string[] {
  return Object.entries(groups).flatMap(([group, { tables }]) =>
    tables.flatMap(({ title, unit, base, rows }) =>
      rows
        .filter(
          (row) =>
            unit === "" ||
            base === "" ||
            ![row.base, ...Object.values(row.ratios)].every(isOrdered) ||
            !row.targets.every(({ met, value }) => typeof met === "boolean" && Number.isFinite(value)),
        )
        .map(({ name }) => `${group}: ${title}: ${name}`),
    ),
  );
}

test("an interval is the numbers that the binomial distribution says", () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  // Tables for the median's confidence interval of 95 % have these ranks.
  expect(summarize(upTo(6))).toMatchObject({ median: 3.5, low: 1, high: 6 });
  expect(summarize(upTo(10))).toMatchObject({ median: 5.5, low: 2, high: 9 });
  expect(summarize(upTo(20))).toMatchObject({ median: 10.5, low: 6, high: 15 });
  // Too few for an interval: all that was seen.
  expect(summarize([3, 1, 2])).toMatchObject({ median: 2, low: 1, high: 3 });
});

test("who answers otherwise is not timed, unless it is known that and why", () => {
  const ours = { status: "403", vary: "origin" };
  const passed = { status: "204", vary: "origin" };
  expect(compareAnswers("failed preflight", new Map([["cors", passed]]), ours)).toMatchObject([{ subject: "cors" }]);
  expect(() => compareAnswers("allowed", new Map([["cors", passed]]), ours)).toThrow(
    /^cors .*"allowed".*\nstatus: 204, expected 403$/,
  );
  expect(() => compareAnswers("failed preflight", new Map([["nobody", passed]]), ours)).toThrow("nobody");
});

test("a start gives one number, the median of its rounds, and a single start gives its rounds", async () => {
  const numbers = [1, 90, 2, 30, 4, 5];
  const measureStarts = (starts: number) => {
    const left = [...numbers];
    const subject = { subject: "Set.has", shape: "exact", count: 1 };
    return alternate({
      module: new URL("../bench/subjects/decision.mjs", import.meta.url),
      subjects: { one: subject },
      kinds: ["allowed"],
      starts,
      rounds: 3,
      amount: 1,
      measure: async () => left.shift() ?? Number.NaN,
    });
  };
  expect(await measureStarts(2)).toEqual({ allowed: { one: [2, 5] } });
  expect(await measureStarts(1)).toEqual({ allowed: { one: [1, 90, 2] } });
});

test("a target that is missed shows what the code by hand has in its place, and the page counts those that it misses", () => {
  const samples = {
    "no CORS": [10],
    "by hand": [12],
    "by hand, with checks": [12.6],
    corslang: [13],
    cors: [12.5],
    nearly: [10.04],
  };
  const targets = [
    { of: "corslang", over: "no CORS", most: 1.05 },
    { of: "corslang", over: "no CORS", most: 1.25 },
    { of: "cors", over: "corslang", least: 1 },
    { of: "cors", over: "corslang", beyond: "no CORS", least: 2 },
    { of: "corslang", over: "by hand", most: 1 },
    { of: "corslang", over: "by hand", most: 1, standIn: "by hand, with checks" },
    { of: "cors", over: "corslang", least: 1, standIn: "by hand, with checks" },
    { of: "corslang", over: "no CORS", more: 1 },
    { of: "corslang", over: "no CORS", more: 3 },
    { of: "nearly", over: "no CORS", most: 1 },
  ];
  const row = createRow("a server", samples, "no CORS", targets);
  const table = { title: "Servers", unit: "µs", base: "no CORS", rows: [row] };
  expect(toCells(table)[1]?.at(-1)?.split("; ")).toEqual([
    "corslang ≤ 1.05 × no CORS: 1.30 NOT MET, by hand 1.20",
    "corslang ≤ 1.25 × no CORS: 1.30 NOT MET, by hand 1.20",
    "cors ≥ 1 × corslang: 0.96 NOT MET, by hand 1.04",
    "cors ≥ 2 × corslang, both beyond no CORS: 0.83 NOT MET, by hand 1.25",
    "corslang ≤ 1 × by hand: 1.08 NOT MET",
    "corslang ≤ 1 × by hand: 1.08 NOT MET, by hand, with checks 1.05",
    "cors ≥ 1 × corslang: 0.96 NOT MET, by hand, with checks 0.99",
    "corslang ≤ no CORS + 1 µs: + 3 NOT MET, by hand 2",
    "corslang ≤ no CORS + 3 µs: + 3 met",
    "nearly ≤ 1 × no CORS: 1.004 NOT MET",
  ]);
  const { environment } = readReference();
  const group = { effort: "full", measured: "2000-01-01", tables: [table], differences: [] };
  const page = writePage({ environment, groups: { http: group } });
  expect(page).toContain("1 of 10 targets are met.");
  expect(page).toContain("5 of them are missed by the code by hand as well");
});

test("the smallest slice of every group is measured, with all who are compared", async () => {
  // The cast holds: it is what the function is documented to give, and what is checked here.
  const results = (await measureGroups({ only: GROUPS, effort: "smallest", say: () => {} })) as Results;
  expect(Object.keys(results.groups)).toEqual(GROUPS);
  expect(findFaults(results)).toEqual([]);
  expect(results.environment.packages).toMatchObject({ cors: expect.any(String), "@fastify/cors": expect.any(String) });
  const { middleware, http, hostile } = results.groups;
  for (const group of [middleware, http]) {
    expect(group?.tables[0]?.rows[0]?.ratios).toMatchObject({ corslang: {}, cors: {} });
  }
  // On a plain preflight stands what it costs, on each long one a target as well.
  const [plain, ...long] = hostile?.tables[1]?.rows ?? [];
  expect(plain).toMatchObject({ ratios: { corslang: {} }, targets: [] });
  // The worst that a person and a search find, and six long ones.
  expect(long.map(({ targets }) => targets.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  // It can be made a page.
  expect(writePage(results)).toContain("## The compiler");
});

test("the results that are checked in are whole, and docs/performance.md is what is made of them", () => {
  // The cast holds where the next lines do.
  const reference = readReference() as Results;
  expect(Object.keys(reference.groups)).toEqual(GROUPS);
  expect(findFaults(reference)).toEqual([]);
  expect(readFileSync(new URL("../docs/performance.md", import.meta.url), "utf8")).toBe(writePage(reference));
});

test("bench:compare without a revision says how it is called", () => {
  const { status, stderr } = spawnSync(process.execPath, ["bench/compare.mjs"], { encoding: "utf8" });
  expect(stderr).toContain("Error: usage: npm run bench:compare -- [--quick] REV [REV]");
  expect(status).toBe(1);
});
