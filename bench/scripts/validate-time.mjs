/*
 * The milliseconds of reading a compiled policy from JSON, checked by the compiler's own zod schema of it: what a program
 * does at least that takes policies as data. Arguments: how many origins, and the module that has the schema.
 */
import { compiledPolicy, listOrigins } from "../policies.mjs";

const [, , count, module] = process.argv;
const { compiledPolicySchema } = await import(module);
const read = (text) => compiledPolicySchema.parse(JSON.parse(text));
const text = JSON.stringify(compiledPolicy(listOrigins("exact", Number(count)).origins));
read(JSON.stringify(compiledPolicy([])));
const start = performance.now();
const { origins } = read(text);
const milliseconds = performance.now() - start;
if (origins.length !== Number(count)) throw new Error("the policy is not whole");
console.log(milliseconds);
