import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import { compile } from "../../src/compile.js";
import { format } from "../../src/format/format.js";
import { expectLaws } from "./laws.js";
import { damage, RandomSource, randomSoup } from "./random-sources.js";

const SEED = seedOfThisRun();

function read(pattern: string): { name: string; text: string }[] {
  const root = fileURLToPath(new URL("../../../../", import.meta.url));
  return globSync(pattern, { cwd: root, exclude: ["**/node_modules/**"] })
    .sort()
    .map((name) => ({ name, text: readFileSync(`${root}${name}`, "utf8") }));
}

/** The source of a fixture: what stands before its line of dashes. */
const fixtures = read("packages/dsl/test/fixtures/**/*.{txt,cors}").map(({ name, text }) => ({
  name,
  source: text.split(/^-----$/m)[0] ?? "",
}));

describe("policies for people to read are in format", () => {
  const policies = [...read("examples/**/*.cors"), ...read("packages/dsl/test/fixtures/tours/*.cors")];

  test("there are the examples and the two tours", () => {
    expect(policies.length).toBeGreaterThan(7);
  });

  test.each(policies)("$name", ({ text }) => {
    expect(format(text).text).toBe(text);
  });
});

describe("the laws hold for every fixture", () => {
  test.each(fixtures)("$name", ({ source }) => {
    expectLaws(source);
  });

  test("and most of them are formatted", () => {
    const formatted = fixtures.filter(({ source }) => format(source).diagnostics.length === 0);
    expect(formatted.length).toBeGreaterThan(100);
  });
});

describe(`the laws hold for random texts, CORSLANG_SEED=${SEED}`, () => {
  /** Expects the laws of many texts; the one that breaks them is shown. */
  function expectLawsOf(count: number, make: (random: Random) => string): number {
    const random = new Random(SEED);
    let formatted = 0;
    for (let index = 0; index < count; index++) {
      const source = make(random);
      try {
        if (expectLaws(source)) formatted++;
      } catch (error) {
        throw new Error(`CORSLANG_SEED=${SEED}: the laws do not hold for ${JSON.stringify(source)}`, { cause: error });
      }
    }
    console.info(`CORSLANG_SEED=${SEED}: ${formatted} of ${count} formatted`);
    return formatted;
  }

  test("files of which every one can be formatted", () => {
    expect(expectLawsOf(1500, (random) => new RandomSource(random).file())).toBe(1500);
  });

  test("files that compile", () => {
    let compiled = 0;
    const make = (random: Random) => {
      const source = new RandomSource(random).soundFile();
      if (compile(source).diagnostics.every(({ severity }) => severity === "warning")) compiled++;
      return source;
    };
    expect(expectLawsOf(800, make)).toBe(800);
    expect(compiled).toBeGreaterThan(700);
  });

  test("such files with damage", () => {
    const damaged = (random: Random) => damage(new RandomSource(random).file(), random);
    expect(expectLawsOf(2000, damaged)).toBeGreaterThan(400);
  });

  test("tokens in any order", () => {
    expect(expectLawsOf(10_000, randomSoup)).toBeGreaterThan(400);
  });
});
