import { beforeAll, describe, expect, test } from "vitest";
import { seedOfThisRun } from "../../../runtime/test/random.js";
import { FRAMEWORKS } from "../applications/frameworks.js";
import { type LoadMix, makeLoadMix } from "./requests.js";
import { growthOf, MOST_GROWTH, REQUESTS_IN_TESTS as REQUESTS, runLoad } from "./run-load.js";

/* The load of `npm run load`, shorter. The servers run the packages as they are built. */

/** Some twenty of their answers are mixed up, too many to be right by chance. */
const REQUESTS_TO_PLANTED = 10_000;
const SEED = seedOfThisRun();
/** Ten times what it takes on two cores: it ends a run that hangs. */
const PATIENCE = 120_000;

let mix: LoadMix;
beforeAll(() => {
  mix = makeLoadMix(SEED);
});

describe(`${REQUESTS} requests of all kinds, CORSLANG_SEED=${SEED}`, () => {
  test.each(FRAMEWORKS.map(([framework]) => framework))(
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

  test("a server that rarely gives another's answer is found out", { timeout: PATIENCE }, async () => {
    const report = await runLoad("node:http", REQUESTS_TO_PLANTED, mix, "mixes answers up");
    expect(report.wrong).toBeGreaterThan(0);
    expect(report.faults.length).toBeGreaterThan(0);
    expect(growthOf(report)).toBeLessThan(MOST_GROWTH);
  });

  test("a server that ends is said to have ended, and not to have reset a connection", {
    timeout: PATIENCE,
  }, async () => {
    await expect(runLoad("node:http", REQUESTS_TO_PLANTED, mix, "ends")).rejects.toThrow("the server has ended with 7");
  });

  test("a server that keeps origins is found out by its memory alone", { timeout: PATIENCE }, async () => {
    const report = await runLoad("node:http", REQUESTS, mix, "keeps origins");
    expect(report.faults).toEqual([]);
    expect(growthOf(report)).toBeGreaterThan(MOST_GROWTH);
  });
});
