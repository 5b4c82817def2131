import fc from "fast-check";
import { Random, seedOfThisRun } from "../../../packages/runtime/test/random.js";

/** The seed of this run; `CORSLANG_SEED` repeats one. */
export const SEED = seedOfThisRun();

/**
 * What a generator of the runtime's tests makes, for fast-check. What is made is not made smaller when a property fails:
 * each user takes parts of it, which are.
 */
export function madeBy<Made>(make: (random: Random) => Made): fc.Arbitrary<Made> {
  return fc.noShrink(fc.integer()).map((seed) => make(new Random(seed)));
}

/**
 * Fails when a property does not hold, with the seed and the smallest input that was found.
 *
 * @param runs - How many inputs are tried.
 */
export async function expectToHold(
  property: fc.IAsyncProperty<unknown[]> | fc.IProperty<unknown[]>,
  runs: number,
): Promise<void> {
  await fc.assert(property, { seed: SEED, numRuns: runs });
}

/** Fails when a property holds for that many inputs: of one that can't fail, nothing is learnt. */
export async function expectToFail(
  property: fc.IAsyncProperty<unknown[]> | fc.IProperty<unknown[]>,
  runs: number,
): Promise<void> {
  const { failed, errorInstance } = await fc.check(property, { seed: SEED, numRuns: runs, endOnFailure: true });
  if (!failed) throw new Error(`CORSLANG_SEED=${SEED}: the planted bug is not found in ${runs} runs`);
  // What the bug itself throws is not what the property says.
  if (!(errorInstance instanceof Error && errorInstance.name === "AssertionError")) throw errorInstance;
}
