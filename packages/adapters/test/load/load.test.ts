import { beforeAll, describe, expect, test } from "vitest";
import { seedOfThisRun } from "../../../runtime/test/random.js";
import { type LoadMix, makeLoadMix } from "./requests.js";
import { growthOf, LOADED_FRAMEWORKS, MOST_GROWTH, REQUESTS_IN_TESTS as REQUESTS, runLoad } from "./run-load.js";

/* The load of `npm run load`, shorter. The servers run the packages as they are built. */

/** Some twenty of their answers are mixed up, too many to be right by chance. */
const REQUESTS_TO_MIX_UP = 10_000;
const SEED = seedOfThisRun();
/** Ten times what it takes on two cores: it ends a run that hangs. */
const PATIENCE = 120_000;

let mix: LoadMix;
beforeAll(() => {
  mix = makeLoadMix(SEED);
});

describe(`${REQUESTS} requests of all kinds, CORSLANG_SEED=${SEED}`, () => {
  test.each(LOADED_FRAMEWORKS)(
    "%s answers every one rightly, and keeps nothing",
    { timeout: PATIENCE },
    async (framework) => {
      const report = await runLoad(framework, REQUESTS, mix);
      expect(report.faults).toEqual([]);
      expect(report.wrong).toBe(0);
      expect(report.requests).toBeGreaterThanOrEqual(REQUESTS);
      expect(report.refused).toBeGreaterThanOrEqual(REQUESTS / 200);
      expect(growthOf(report)).toBeLessThan(MOST_GROWTH);
    },
  );

  // The planted server can also reset a connection, which ends the load before it has found anything.
  test("a server that rarely gives another's answer is found out", { timeout: PATIENCE, retry: 4 }, async () => {
    const report = await runLoad("node:http", REQUESTS_TO_MIX_UP, mix, "mixes answers up");
    expect(report.wrong).toBeGreaterThan(0);
    expect(report.faults.length).toBeGreaterThan(0);
    expect(growthOf(report)).toBeLessThan(MOST_GROWTH);
  });

  test("a server that keeps origins is found out by its memory alone", { timeout: PATIENCE }, async () => {
    const report = await runLoad("node:http", REQUESTS, mix, "keeps origins");
    expect(report.faults).toEqual([]);
    expect(growthOf(report)).toBeGreaterThan(MOST_GROWTH);
  });
});
