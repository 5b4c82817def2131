/*
 * The stop watch within one process. What a request consists of is made before the watch runs, a batch at a time: a
 * fresh string costs more than the decision about it. A batch is small enough to stay in the processor's caches, as a
 * request that was just parsed does.
 */
import { median } from "./statistics.mjs";

/** Requests in a batch. */
export const BATCH = 256;

/**
 * The nanoseconds that each of a batch takes: the median of several batches, so that one during which the machine did
 * something else does not count. The first is not counted: another process ran before, and the caches are its.
 *
 * @param {() => unknown} prepare - Makes what a batch works on.
 * @param {(prepared: any) => unknown} work - What is timed; may return a promise.
 * @param {number} batches
 */
export async function timeBatches(prepare, work, batches) {
  const times = [];
  for (let batch = 0; batch <= batches; batch++) {
    const prepared = prepare();
    const start = process.hrtime.bigint();
    const pending = work(prepared);
    if (pending) await pending;
    const end = process.hrtime.bigint();
    if (batch > 0) times.push(Number(end - start) / BATCH);
  }
  return median(times);
}

/**
 * The bytes that each of a batch allocates. Needs `--expose-gc`. V8 hands out memory in a row and the counter is exact
 * as long as nothing is collected in between, hence the collection before. What the counter itself allocates is what it
 * counts for no work at all.
 */
export function countBytes(prepare, work, batches) {
  const count = (doWork) => {
    const counts = [];
    for (let batch = 0; batch < batches; batch++) {
      const prepared = prepare();
      globalThis.gc({ type: "minor" });
      const before = process.memoryUsage().heapUsed;
      doWork(prepared);
      counts.push(process.memoryUsage().heapUsed - before);
    }
    return median(counts);
  };
  const ownBytes = count(() => {});
  return Math.max(0, count(work) - ownBytes) / BATCH;
}
