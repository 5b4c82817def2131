/*
 * The memory that a policy keeps, in bytes for each of its origins, all strings included: what is there after a forced
 * collection and was not there before. Arguments: the subject, how many origins, the tree that has our packages.
 */
import rivalCors from "cors";
import { median } from "../measure/statistics.mjs";
import { loadRuntime } from "../ours.mjs";
import { compiledPolicy, listOrigins, packageOptions } from "../policies.mjs";

const [, , subject, count, root] = process.argv;

// As text, so that nothing of it is there before; made here, as a file's text would be.
const text = JSON.stringify(listOrigins("exact", Number(count)).origins);
const { createMatcher } = await loadRuntime(root);

const MAKE = {
  corslang: (origins) => createMatcher(compiledPolicy(origins)),
  cors: (origins) => rivalCors(packageOptions(origins)),
  Set: (origins) => new Set(origins),
};

function measure() {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const made = MAKE[subject](JSON.parse(text));
  globalThis.gc();
  return { made, bytes: process.memoryUsage().heapUsed - before };
}

// The median, as other things in the process come and go.
const counts = Array.from({ length: 7 }, () => measure().bytes);
console.log(median(counts) / Number(count));
