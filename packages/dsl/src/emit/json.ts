import type { Policy } from "../compile.js";

/** Writes the compiled policies as JSON: an object from the policies' names to their data. */
export function emitJson(policies: readonly Policy[]): string {
  return `${JSON.stringify(Object.fromEntries(policies.map(({ compiled }) => [compiled.name, compiled])), null, 2)}\n`;
}
