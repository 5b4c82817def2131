import { describe, expect, test } from "vitest";
import { compile, compileFiles } from "../../src/compile.js";
import { createMemoryHost } from "../../src/program/host.js";
import { mend } from "../mend.js";

function withMaxAge(value: string): string {
  return `origins *\nmax-age ${value}\n`;
}

function codesOf(source: string): string[] {
  return compile(source).diagnostics.map(({ code }) => code);
}

describe("a duration is seconds in the end", () => {
  test.each([
    ["0", 0],
    ["0s", 0],
    ["7", 7],
    ["7s", 7],
    ["10m", 600],
    ["2h", 7200],
    ["1d", 86400],
    ["24h", 86400],
    ["1440m", 86400],
    ["86400", 86400],
    ["none", null],
  ])("%s: %s", (value, seconds) => {
    const { policies, diagnostics } = compile(withMaxAge(value));
    expect(diagnostics).toEqual([]);
    expect(policies[0]?.compiled.maxAge).toBe(seconds);
  });

  test.each(["86401", "86401s", "1441m", "25h", "2d", "99999999999999999999"])("%s is too long", (value) => {
    expect(codesOf(withMaxAge(value))).toEqual(["max-age-too-long"]);
    expect(mend(withMaxAge(value), "max-age-too-long")).toBe(withMaxAge("1d"));
  });
});

describe("a duration in other words", () => {
  test.each([
    ["600sec", "600s"],
    ["600secs", "600s"],
    ["1second", "1s"],
    ["600seconds", "600s"],
    ["10min", "10m"],
    ["10mins", "10m"],
    ["1minute", "1m"],
    ["10minutes", "10m"],
    ["2hr", "2h"],
    ["2hrs", "2h"],
    ["1hour", "1h"],
    ["2hours", "2h"],
    ["1day", "1d"],
    ["1days", "1d"],
    ["10M", "10m"],
    ["600S", "600s"],
    ["010", "10"],
    ["0010m", "10m"],
    ["00", "0"],
    ["-1", "0"],
    // As long as a text may be that is still looked at.
    ["0000000000010minutes", "10m"],
  ])("%s means %s", (value, meant) => {
    expect(codesOf(withMaxAge(value))).toEqual(["max-age-syntax"]);
    expect(mend(withMaxAge(value), "max-age-syntax")).toBe(withMaxAge(meant));
  });

  test.each([
    "100ms",
    "1w",
    "2months",
    "1.5h",
    "-5",
    "-1s",
    "+5",
    "m",
    "tenm",
    "10mm",
    "10xs",
    "10sx",
    "1e3",
    "10m5s",
    "x10m",
    "00000000000010minutes",
  ])("%s means nothing that is certain", (value) => {
    expect(mend(withMaxAge(value), "max-age-syntax")).toBeNull();
  });
});

describe("two words may be one duration", () => {
  test.each([
    ["10 minutes", "10m"],
    ["10\tm", "10m"],
    ["2  hours", "2h"],
    ["1 DAY", "1d"],
  ])("%j means %s", (value, meant) => {
    expect(mend(withMaxAge(value), "invalid-value")).toBe(withMaxAge(meant));
  });

  test.each([
    "10, minutes",
    "10 fortnights",
    "10 m s",
    "10 minutes, 20",
    "unsafe 10, m",
    "[10\nminutes]",
    "[10 unsafe m]",
    "[unsafe 10 m]",
    "unsafe 10m",
    "",
  ])("%j does not", (value) => {
    expect(codesOf(withMaxAge(value))).toContain("invalid-value");
    expect(mend(withMaxAge(value), "invalid-value")).toBeNull();
  });
});

test("an item of another file's set is no part of a duration, wherever it stands there", () => {
  const policy = 'import time from "./shared.cors"\norigins *\nmax-age @time, m\n';
  const start = "set time [ ";
  const shared = `${"#".padEnd(policy.indexOf("m\n") - start.length - 2)}\n${start}600000 ]\n`;
  const host = createMemoryHost({ "policy.cors": policy, "shared.cors": shared });
  const { diagnostics } = compileFiles(["policy.cors"], host);
  expect(diagnostics.map(({ code, fix }) => [code, fix])).toEqual([["invalid-value", null]]);
});
