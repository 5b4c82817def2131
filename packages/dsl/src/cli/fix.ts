import { compileFiles } from "../compile.js";
import { createDiskHost, STDIN } from "../disk/disk-host.js";
import type { FileProblem } from "../disk/problem.js";
import { applyEdits } from "../text/edit.js";
import type { BuildOptions } from "./arguments.js";
import type { Input } from "./inputs.js";
import { writeSources } from "./sources.js";

/** A fix can uncover another problem, whose fix is applied in turn; so often at most. */
const MOST_ROUNDS = 10;

/** What has been fixed. */
export interface Fixed {
  /** The files that have changed. */
  readonly changed: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** Applies the safe fixes of one round; gives back what has changed. */
function fixOnce(inputs: readonly Input[], options: BuildOptions): Fixed {
  const paths = inputs.map(({ path }) => path).filter((path) => path !== STDIN);
  const { files, diagnostics } = compileFiles(paths, createDiskHost(options), { deny: options.deny });
  const changed: string[] = [];
  const problems: FileProblem[] = [];
  for (const { path, source } of files) {
    const fixes = diagnostics.flatMap(({ fix }) => (fix?.safe ? [fix] : []));
    const edits = fixes.flatMap((fix) => fix.edits).filter(({ span }) => span.file === source);
    const text = applyEdits(source.text, edits);
    if (text === source.text) continue;
    const problem = writeSources([{ path, text }]);
    if (problem) problems.push(problem);
    else changed.push(path);
  }
  return { changed, problems };
}

/** Applies the safe fixes to policy files, until there are none left. */
export function fixFiles(inputs: readonly Input[], options: BuildOptions): Fixed {
  const changed = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixed = fixOnce(inputs, options);
    for (const path of fixed.changed) changed.add(path);
    if (fixed.problems.length > 0) return { changed: [...changed], problems: fixed.problems };
    if (fixed.changed.length === 0) break;
  }
  return { changed: [...changed], problems: [] };
}
