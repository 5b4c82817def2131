import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { type FileProblem, toFileProblem } from "../disk/problem.js";
import { type Output, writeOutputs } from "./outputs.js";

/** Where a source really is. One that its owner has made read-only is meant to stay as it is. */
function placeOf({ path, text }: Output): Output | FileProblem {
  try {
    const real = realpathSync(path);
    accessSync(real, constants.W_OK);
    return { path: real, text, mode: statSync(real).mode };
  } catch (error) {
    return toFileProblem(path, error);
  }
}

/**
 * Writes changed sources, all or none, each whole. Unlike outputs they belong to the user: a link stays a link, and a
 * file keeps its permissions.
 *
 * @returns What went wrong, or `null`.
 *
 * @example
 * ```ts
 * const problem = writeSources([{ path: "api.cors", text: "origins *\n" }]);
 * ```
 */
export function writeSources(sources: readonly Output[]): FileProblem | null {
  // Two paths may lead to one file.
  const places = new Map<string, Output>();
  for (const source of sources) {
    const place = placeOf(source);
    if ("problem" in place) return place;
    places.set(place.path, place);
  }
  const written = writeOutputs([...places.values()]);
  return "problem" in written ? written : null;
}
