import type { Combination } from "./combination.js";
import { EXPRESS_COMBINATIONS } from "./express.js";
import { FASTIFY_COMBINATIONS } from "./fastify.js";
import { HONO_COMBINATIONS } from "./hono.js";
import { KOA_COMBINATIONS } from "./koa.js";

/** Every middleware in every framework that it is for. */
export const COMBINATIONS: readonly Combination[] = [
  ...EXPRESS_COMBINATIONS,
  ...KOA_COMBINATIONS,
  ...FASTIFY_COMBINATIONS,
  ...HONO_COMBINATIONS,
];
