import type { Random } from "../../../../runtime/test/random.js";
import {
  difference,
  intersection,
  type OriginSet,
  originSetOf,
  union,
} from "../../../src/origin/algebra/origin-set.js";
import { createClaimOracle, type OriginOracle, parseClaim } from "../patterns.js";

/** Lists of patterns, and what is done with them. */
export type Expression =
  | { readonly kind: "list"; readonly patterns: "*" | readonly string[] }
  | { readonly kind: "union" | "intersection" | "difference"; readonly one: Expression; readonly other: Expression };

export function printExpression(expression: Expression): string {
  if (expression.kind !== "list") {
    const { kind, one, other } = expression;
    return `(${printExpression(one)} ${kind} ${printExpression(other)})`;
  }
  return expression.patterns === "*" ? "*" : `[${expression.patterns.join(" ")}]`;
}

const OPERATIONS = { union, intersection, difference } as const;

/** What the algebra makes of an expression. */
export function evaluate(expression: Expression): OriginSet {
  if (expression.kind !== "list") {
    return OPERATIONS[expression.kind](evaluate(expression.one), evaluate(expression.other));
  }
  return originSetOf(expression.patterns === "*" ? "*" : expression.patterns.map(parseClaim));
}

const oracles = new Map<string, OriginOracle>();

/** As `createClaimOracle`, made once, and with `*`. */
export function oracleOf(pattern: string): OriginOracle {
  if (pattern === "*") return () => true;
  const oracle = oracles.get(pattern) ?? createClaimOracle(pattern);
  oracles.set(pattern, oracle);
  return oracle;
}

/** Whether a value is of an expression, by the runtime's word on each pattern. */
export function includes(expression: Expression, value: string): boolean {
  switch (expression.kind) {
    case "list":
      return expression.patterns === "*" || expression.patterns.some((pattern) => oracleOf(pattern)(value));
    case "union":
      return includes(expression.one, value) || includes(expression.other, value);
    case "intersection":
      return includes(expression.one, value) && includes(expression.other, value);
    case "difference":
      return includes(expression.one, value) && !includes(expression.other, value);
  }
}

/** An expression of lists of a pool's patterns. */
export function randomExpression(random: Random, pool: readonly string[], depth: number): Expression {
  if (depth > 0 && random.chance(0.8)) {
    const kind = random.pick(["union", "intersection", "difference", "difference"] as const);
    return { kind, one: randomExpression(random, pool, depth - 1), other: randomExpression(random, pool, depth - 1) };
  }
  if (random.chance(0.05)) return { kind: "list", patterns: "*" };
  return { kind: "list", patterns: random.several(0, 6, () => random.pick(pool)) };
}
