import type { Job, JobStep, StepResult, Visit } from "./page/pages.js";
import { type Browser, PATIENCE } from "./programs/browser.js";
import type { Network } from "./servers/network.js";

/** A page that a step runs in. */
export type Place = Pick<Visit, "origin" | "frame">;

/** Steps that wait for each other, each on a page. */
export interface PlannedJob {
  readonly id: string;
  readonly steps: readonly { readonly place: Place; readonly step: JobStep }[];
}

interface PlannedVisit extends Place {
  /** How many pages the jobs have been on before. */
  readonly round: number;
  readonly jobs: Map<string, JobStep[]>;
}

/** One visit of each page for all jobs that start there, then one of each page for all that go on there, and so on. */
function planVisits(jobs: readonly PlannedJob[]): readonly PlannedVisit[] {
  const visits = new Map<string, PlannedVisit>();
  for (const { id, steps } of jobs) {
    let round = 0;
    let previous: Place | undefined;
    for (const { place, step } of steps) {
      if (previous && (previous.origin !== place.origin || previous.frame !== place.frame)) round++;
      previous = place;
      const key = `${round} ${place.origin} ${place.frame}`;
      const visit = visits.get(key) ?? { ...place, round, jobs: new Map() };
      visits.set(key, visit);
      visit.jobs.set(id, [...(visit.jobs.get(id) ?? []), step]);
    }
  }
  return [...visits.values()].sort((one, other) => one.round - other.round);
}

function orTimeOut<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what}: nothing after ${PATIENCE} ms`)), PATIENCE);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Does jobs in a browser: opens each page, many jobs at once in it, and waits for its report.
 *
 * @returns For each job the results of its steps.
 * @throws Error when a page does not report in time, or is not of the origin that it was opened at.
 */
export async function runJobs(
  browser: Browser,
  { pages }: Pick<Network, "pages">,
  jobs: readonly PlannedJob[],
): Promise<ReadonlyMap<string, readonly StepResult[]>> {
  const results = new Map<string, StepResult[]>();
  for (const { origin, frame, jobs: stepsOfJobs } of planVisits(jobs)) {
    const listed = [...stepsOfJobs].map(([id, steps]): Job => ({ id, steps }));
    const { url, report } = pages.prepare({ origin, frame, jobs: listed });
    await browser.open(url);
    const reported = await orTimeOut(report, `${browser.name} at ${url}`);
    // A browser may go to another scheme or host than it was told.
    const expected = frame === null ? origin : "null";
    if (reported.origin !== expected) throw new Error(`a page of ${expected} says that it is of ${reported.origin}`);
    for (const [id, ofSteps] of Object.entries(reported.results)) {
      results.set(id, [...(results.get(id) ?? []), ...ofSteps]);
    }
  }
  // What consoles have said arrives before this page is there.
  await browser.open("about:blank");
  return results;
}
