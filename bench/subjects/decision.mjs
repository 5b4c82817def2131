/* The decision alone, ours or a bare look-up in a Set of the same size. Runs in a process of its own. */
import { BATCH, countBytes, timeBatches } from "../measure/batches.mjs";
import { loadRuntime } from "../ours.mjs";
import { compiledPolicy, listOrigins } from "../policies.mjs";
import { createRequestSource } from "../requests.mjs";

/**
 * Works through a batch; returns how many were allowed. The answer is used: V8 leaves out a look-up whose result nobody
 * wants.
 */
function createMatcherWork({ createMatcher }, { origins }) {
  const { decide } = createMatcher(compiledPolicy(origins));
  return (requests) => {
    let allowed = 0;
    for (let index = 0; index < requests.length; index++) {
      if (decide(requests[index]).allowOrigin !== null) allowed++;
    }
    return allowed;
  };
}

function createSetWork(origins) {
  const set = new Set(origins);
  return (requests) => {
    let allowed = 0;
    for (let index = 0; index < requests.length; index++) {
      if (set.has(requests[index].origin)) allowed++;
    }
    return allowed;
  };
}

/** What each kind has to come to; the rest are denied. A hostile preflight is of an allowed origin, and fails. */
const ALLOWED = ["allowed", "passed preflight"];

/**
 * @param {object} options
 * @param {"corslang" | "Set.has"} options.subject
 * @param {string} options.shape - Of {@link listOrigins}.
 * @param {number} options.count - How many patterns.
 * @param {string} options.root - The tree that has our packages.
 */
export async function create({ subject, shape, count, root }) {
  const isOurs = subject === "corslang";
  // A Set knows no patterns: beside those stands the look-up of one origin in a Set of one.
  const list = isOurs || shape === "exact" ? listOrigins(shape, count) : listOrigins("exact", 1);
  const work = isOurs ? createMatcherWork(await loadRuntime(root), list) : createSetWork(list.origins);

  function prepareFor(kind) {
    // Beside the kinds that are more than a look-up stands the look-up of an allowed origin.
    const next = createRequestSource(isOurs || kind === "denied" ? kind : "allowed", list);
    return () => Array.from({ length: BATCH }, next);
  }

  const prepared = new Map();
  function prepare(kind) {
    if (!prepared.has(kind)) prepared.set(kind, prepareFor(kind));
    return prepared.get(kind);
  }

  return {
    /** Throws where an answer is not what it should be. */
    check(kind) {
      const expected = (isOurs ? ALLOWED.includes(kind) : kind !== "denied") ? BATCH : 0;
      const allowed = work(prepare(kind)());
      if (allowed !== expected)
        throw new Error(`${subject}, ${shape} ${count}, ${kind}: ${allowed} of ${BATCH} allowed`);
    },
    warmUp(kinds) {
      for (let batch = 0; batch < 60; batch++) for (const kind of kinds) work(prepare(kind)());
    },
    measure: (kind, batches) => timeBatches(prepare(kind), work, batches),
    bytes: (kind, batches) => countBytes(prepare(kind), work, batches),
  };
}
