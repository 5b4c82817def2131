import { expect, test } from "vitest";
import { answerDefects } from "./defects/answers.js";
import { configurationDefects } from "./defects/configuration.js";
import { matchingDefects } from "./defects/matching.js";
import { mountingDefects } from "./defects/mounting.js";

/*
 * What existing CORS middlewares for Express, Fastify, Koa, Hono, h3, Elysia, itty-router, middy and AdonisJS do wrong,
 * each confirmed by running them, and the tests that show that it isn't so here.
 */
const HOW_MANY = 47;

const defects = [...configurationDefects, ...matchingDefects, ...answerDefects, ...mountingDefects].sort(
  (one, other) => one.number - other.number,
);

test(`each of the ${HOW_MANY} defects is here exactly once`, () => {
  const numbers = Array.from({ length: HOW_MANY }, (_, index) => index + 1);
  expect(defects.map(({ number }) => number)).toEqual(numbers);
});

test.each(defects)("$number: $defect", async ({ isAbsent }) => {
  await isAbsent();
});
