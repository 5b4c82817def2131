import type { CheckedPolicy } from "../check/checked-policy.js";
import type { Change } from "./change.js";
import { comparePolicies } from "./compare-policies.js";
import type { Aspect, Comparison, DeclaredPolicy, PolicyComparison, ProfiledChange } from "./comparison.js";
import { grantOf } from "./grant.js";
import { groupByText } from "./groups.js";
import { type PolicyPair, pairPolicies } from "./pair-policies.js";
import { findSameAspects, meanTheSame } from "./same-meaning.js";

/** Those that either version knows, and none: each may make a difference. */
function profilesOf({ before, after }: PolicyPair): (string | null)[] {
  return [null, ...[...new Set([...(before?.profiles ?? []), ...(after?.profiles ?? [])])].sort()];
}

function compareFor({ before, after }: PolicyPair, profile: string | null): readonly Change[] {
  return comparePolicies(before?.checkedFor(profile) ?? null, after?.checkedFor(profile) ?? null);
}

function areTheSame(before: DeclaredPolicy, after: DeclaredPolicy): boolean {
  return profilesOf({ before, after }).every((profile) =>
    meanTheSame(before.checkedFor(profile), after.checkedFor(profile)),
  );
}

/** A text that two changes share when there is nothing to tell them apart by. */
function keyOf(change: Change): string {
  // Of a place, not the whole text of its file.
  return JSON.stringify(change, (key, value) => (key === "file" ? value.name : value));
}

/** Says once what several profiles have in common. */
function joinProfiles(changes: readonly { readonly change: Change; readonly profile: string | null }[]) {
  const byKey = groupByText(changes, ({ change }) => keyOf(change));
  return [...byKey.values()].flatMap((same): ProfiledChange[] => {
    const [first] = same;
    return first ? [{ change: first.change, profiles: same.map(({ profile }) => profile) }] : [];
  });
}

function findUnchanged(before: CheckedPolicy, after: CheckedPolicy, changes: readonly Change[]): Set<Aspect> {
  const isOrigins = changes.some(({ kind }) => kind === "origins");
  return new Set([...(isOrigins ? [] : ["origins" as const]), ...findSameAspects(grantOf(before), grantOf(after))]);
}

function comparePair(pair: PolicyPair): PolicyComparison {
  const { before, after } = pair;
  const profiles = profilesOf(pair);
  const changes: { change: Change; profile: string | null }[] = [];
  const unchanged: Set<Aspect>[] = [];
  for (const profile of profiles) {
    const found = compareFor(pair, profile);
    changes.push(...found.map((change) => ({ change, profile })));
    if (before && after) unchanged.push(findUnchanged(before.checkedFor(profile), after.checkedFor(profile), found));
  }
  const [first = new Set<Aspect>()] = unchanged;
  return {
    status: before ? (after ? (changes.length > 0 ? "changed" : "unchanged") : "removed") : "added",
    before: before && { file: before.file, name: before.name },
    after: after && { file: after.file, name: after.name },
    profiles,
    changes: joinProfiles(changes),
    unchanged: [...first].filter((aspect) => unchanged.every((aspects) => aspects.has(aspect))),
  };
}

/**
 * Compares all policies of one version with those of another, without a profile and for each.
 *
 * @example
 * ```ts
 * isWidened(compareSides(policiesOf("main"), policiesOf("feature"))); // whether the feature lets anybody do more
 * ```
 */
export function compareSides(before: readonly DeclaredPolicy[], after: readonly DeclaredPolicy[]): Comparison {
  const compared = pairPolicies(before, after, areTheSame).map(comparePair);
  const placeOf = (policy: PolicyComparison) => {
    const { file, name } = policy.after ?? policy.before ?? { file: "", name: "" };
    return `${file}\n${name}`;
  };
  return { policies: compared.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)) };
}
