import { expect, describe as group, test } from "vitest";
import { Random, seedOfThisRun } from "../../../../runtime/test/random.js";
import { describe, exampleOf, isEmpty } from "../../../src/origin/algebra/origin-set.js";
import { ORIGINS, randomAnyHostPattern, randomSmallPattern } from "../small-universe.js";
import { type Expression, evaluate, includes, oracleOf, printExpression, randomExpression } from "./expressions.js";

/*
 * The algebra against the runtime: of each origin of a small universe it has to say the same about any expression of lists
 * of patterns as a matcher for each pattern.
 */

const SEED = seedOfThisRun();
const EXPRESSIONS = 1500;
const POOL = 60;
/** Values that are no origin; `*` alone stands for those that are malformed. */
const NO_ORIGINS = ["null", "", "https://example.com/", "https://a.b, https://a.b", "HTTPS://a.b", "https://a..b"];

function randomPool(random: Random): readonly string[] {
  const patterns = Array.from({ length: POOL }, () => randomSmallPattern(random));
  return [...patterns, "null", randomAnyHostPattern(random), randomAnyHostPattern(random)];
}

/** Some origins that each pattern stands for. */
function randomMembers(random: Random, pool: readonly string[]): readonly string[] {
  return pool.flatMap((pattern) => random.shuffle(ORIGINS.filter(oracleOf(pattern))).slice(0, 5));
}

function isDescribed(parts: ReturnType<typeof describe>, value: string): boolean {
  return parts.some(
    ({ pattern, except }) => oracleOf(pattern)(value) && !except.some((exception) => oracleOf(exception)(value)),
  );
}

/** What the algebra gets wrong about an expression, as a sentence. */
function findFault(expression: Expression, values: readonly string[]): string | null {
  const set = evaluate(expression);
  const parts = describe(set);
  const example = exampleOf(set);
  const what = printExpression(expression);
  if (isEmpty(set) !== (example === null)) return `${what}: emptiness and the example ${example} differ`;
  if (example !== null && !includes(expression, example)) return `${what}: ${example} is not in it`;
  for (const part of parts) {
    const isOfPart = isDescribed([part], part.example) && includes(expression, part.example);
    if (!isOfPart) return `${what}: ${part.example} is not of the part ${part.pattern} except ${part.except}`;
  }
  for (const value of values) {
    const isIncluded = includes(expression, value);
    if (isIncluded !== isDescribed(parts, value)) return `${what}: wrong about ${value}: ${JSON.stringify(parts)}`;
  }
  return null;
}

group(`random expressions, CORSLANG_SEED=${SEED}`, () => {
  const random = new Random(SEED);

  test("stand for what the runtime says of their patterns", () => {
    const counts = { empty: 0, withExceptions: 0, withoutExceptions: 0 };
    const faults: string[] = [];
    for (let round = 0; round < EXPRESSIONS / 50; round++) {
      const pool = randomPool(random);
      const values = [
        ...random.several(150, 150, () => random.pick(ORIGINS)),
        ...randomMembers(random, pool),
        ...NO_ORIGINS,
      ];
      for (let times = 0; times < 50; times++) {
        const expression = randomExpression(random, pool, 3);
        const fault = findFault(expression, values);
        if (fault !== null) faults.push(fault);
        const parts = describe(evaluate(expression));
        if (parts.length === 0) counts.empty++;
        else if (parts.some(({ except }) => except.length > 0)) counts.withExceptions++;
        else counts.withoutExceptions++;
      }
    }
    console.info(`CORSLANG_SEED=${SEED}: ${EXPRESSIONS} expressions: ${JSON.stringify(counts)}`);
    expect(faults.slice(0, 5)).toEqual([]);
    expect(Math.min(counts.empty, counts.withExceptions, counts.withoutExceptions)).toBeGreaterThan(50);
  });
});
