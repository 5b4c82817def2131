import { countOf } from "../diagnostics/findings.js";
import { toPrintable } from "../diagnostics/pretty.js";
import type { Change } from "../watch/changes.js";

/** What has become of the outputs of a policy file. */
export type Outcome =
  | { readonly kind: "written" | "left"; readonly paths: readonly string[] }
  | { readonly kind: "current" | "nothing" | "unreadable"; readonly path: string }
  /** The path is that of the output. */
  | { readonly kind: "unwritten"; readonly path: string; readonly input: string }
  /** It has errors; what is stale is there from before. */
  | { readonly kind: "failed"; readonly path: string; readonly stale: readonly string[] }
  /** The options do not fit the files any more. */
  | { readonly kind: "refused"; readonly problem: string };

/** More names than this are counted: another branch can change hundreds of files at once. */
const MOST_NAMES = 8;

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function describeChanges(changes: readonly Change[]): string {
  const kinds = ["changed", "added", "removed"] as const;
  return kinds
    .flatMap((kind) => {
      const paths = changes.filter((change) => change.kind === kind).map(({ path }) => path);
      return paths.length > 0 ? [`${listNames(paths)} ${kind}`] : [];
    })
    .join(", ");
}

function pathsOf(outcomes: readonly Outcome[], kind: Outcome["kind"]): string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind !== kind) return [];
    return "paths" in outcome ? outcome.paths : "path" in outcome ? [outcome.path] : [];
  });
}

function describeFailures(errors: number, outcomes: readonly Outcome[]): string[] {
  const failed = outcomes.flatMap((outcome) => (outcome.kind === "failed" ? [outcome] : []));
  if (failed.length === 0) return [];
  const stale = failed.filter((outcome) => outcome.stale.length > 0).map(({ path }) => path);
  // Where everything has failed there is no doubt whose outputs are meant.
  const isAll = failed.length === outcomes.length;
  const kept =
    stale.length > 0
      ? `outputs${isAll ? "" : ` of ${listNames(stale)}`} left as before`
      : `nothing written${isAll ? "" : ` for ${listNames(failed.map(({ path }) => path))}`}`;
  return [`${countOf(errors, "error")}, ${kept}`];
}

/**
 * A line that says what has changed and what has come of it.
 *
 * @param errors - How many errors there are in what has been compiled.
 *
 * @example
 * ```ts
 * describeRound([{ path: "shared.cors", kind: "changed" }], 0, [{ kind: "current", path: "api.cors" }]);
 * // shared.cors changed: api.cors is up to date
 * ```
 */
export function describeRound(changes: readonly Change[], errors: number, outcomes: readonly Outcome[]): string {
  const list = (kind: Outcome["kind"], describe: (names: string, count: number) => string): string[] => {
    const names = pathsOf(outcomes, kind);
    return names.length > 0 ? [describe(listNames(names), names.length)] : [];
  };
  const parts = [
    ...list("written", (names) => `wrote ${names}`),
    ...list("current", (names, count) => `${names} ${count === 1 ? "is" : "are"} up to date`),
    ...describeFailures(errors, outcomes),
    ...list("unreadable", (names) => `${names} could not be read`),
    ...list("unwritten", (names) => `${names} could not be written`),
    ...outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [`${outcome.problem}; nothing written`] : [])),
    ...list("left", (names) => `outputs ${names} left as before`),
  ];
  return toPrintable(`${describeChanges(changes)}: ${parts.length > 0 ? parts.join("; ") : "nothing to write"}`);
}
