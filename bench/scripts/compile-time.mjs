/*
 * In a process of its own, as the command compiles once: the milliseconds of one compile after a small one, and the peak
 * of memory that it adds, in sizes of the source. Arguments: how many origins, and the tree that has our packages.
 */
import { sourceOf } from "../sources.mjs";

const [, , count, root] = process.argv;
const { compile } = await import(`${root}/packages/dsl/dist/index.js`);
const text = sourceOf(Number(count));
compile("origins *\n");
const before = process.resourceUsage().maxRSS * 1024;
const start = performance.now();
const { policies } = compile(text);
const milliseconds = performance.now() - start;
if (policies[0]?.compiled.origins.length !== Number(count)) throw new Error("the policy did not compile");
console.log(JSON.stringify({ milliseconds, memory: (process.resourceUsage().maxRSS * 1024 - before) / text.length }));
