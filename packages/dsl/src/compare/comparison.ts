import type { CheckedPolicy } from "../check/checked-policy.js";
import { type Change, widens } from "./change.js";
import type { Grant } from "./grant.js";

/** What a policy is told apart by. */
export interface PolicyName {
  /** The file, from the root of what is compared, with `/`. */
  readonly file: string;
  readonly name: string;
}

/** A policy of one of the two sides, for every profile. */
export interface DeclaredPolicy extends PolicyName {
  /** The profiles that may make a difference to it. */
  readonly profiles: readonly string[];
  /** As it is for a profile; a profile that is not among these changes nothing. */
  readonly checkedFor: (profile: string | null) => CheckedPolicy;
}

/** A change, and for which profiles it is one. */
export interface ProfiledChange {
  readonly change: Change;
  /** `null` is no profile. */
  readonly profiles: readonly (string | null)[];
}

/** A part of a policy that two versions can have in common. */
export type Aspect = "origins" | keyof Grant;

/** What has become of a policy. One that has only been renamed or moved is unchanged. */
export interface PolicyComparison {
  readonly status: "added" | "removed" | "changed" | "unchanged";
  readonly before: PolicyName | null;
  readonly after: PolicyName | null;
  /** What has been compared: without a profile, which is `null`, and for each that one of the two knows. */
  readonly profiles: readonly (string | null)[];
  /** What is newly allowed, then what is no longer, then what else has changed. */
  readonly changes: readonly ProfiledChange[];
  /** What is the same for every profile. */
  readonly unchanged: readonly Aspect[];
}

/** What has become of all policies, by file and name. */
export interface Comparison {
  readonly policies: readonly PolicyComparison[];
}

/**
 * Whether anything is newly allowed.
 *
 * @example
 * ```ts
 * isWidened(compareSides(old, now)); // whether `--fail-on widened` fails
 * ```
 */
export function isWidened({ policies }: Comparison): boolean {
  return policies.some(({ changes }) => changes.some(({ change }) => widens(change)));
}

/** Whether anything is allowed, or remembered, otherwise than before. */
export function isChanged({ policies }: Comparison): boolean {
  return policies.some(({ changes }) => changes.length > 0);
}
