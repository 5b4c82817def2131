import { createMatcher, type Matcher } from "@corslang/runtime";
import type { CheckedPolicy } from "../check/checked-policy.js";
import { toCompiledPolicy } from "../compile/to-compiled-policy.js";
import { isOneOrigin, printOriginPattern } from "../origin/pattern.js";
import { haveSameOrigins } from "./compare-origins.js";
import { type Grant, grantOf } from "./grant.js";
import { areSameNames } from "./name-set.js";

/**
 * What two grants have in common.
 *
 * @example
 * ```ts
 * findSameAspects(grantOf(one), grantOf(other)).length === 5; // whether the two are the same
 * ```
 */
export function findSameAspects(one: Grant, other: Grant): (keyof Grant)[] {
  const names = ["methods", "requestHeaders", "responseHeaders"] as const;
  const values = ["credentials", "preflightSeconds"] as const;
  return [
    ...names.filter((part) => areSameNames(one[part], other[part])),
    ...values.filter((part) => one[part] === other[part]),
  ];
}

function allowsNobody({ origins }: CheckedPolicy): boolean {
  return origins !== "*" && origins.length === 0;
}

/** A policy is asked about as often as there are others that have been added or removed. */
const matchers = new WeakMap<CheckedPolicy, Matcher>();

function matcherOf(policy: CheckedPolicy): Matcher {
  const matcher = matchers.get(policy) ?? createMatcher(toCompiledPolicy(policy));
  matchers.set(policy, matcher);
  return matcher;
}

/** Whether a policy allows what another lists origin by origin; what that stands for needs no algebra. */
function allowsListed({ origins }: CheckedPolicy, other: CheckedPolicy): boolean {
  if (origins === "*") return other.origins === "*";
  const { findOrigin } = matcherOf(other);
  return origins.every(({ pattern }) => !isOneOrigin(pattern) || findOrigin(printOriginPattern(pattern)) !== null);
}

/**
 * Whether two policies let everybody do the same. The same as that nothing comes of comparing them, and much cheaper to
 * find out for the many policies that have nothing to do with each other.
 *
 * @example
 * ```ts
 * meanTheSame(checked("origins https://a.test, https://b.test"), checked("origins https://b.test, https://a.test")); // true
 * ```
 */
export function meanTheSame(one: CheckedPolicy, other: CheckedPolicy): boolean {
  // What nobody may do makes no difference.
  if (allowsNobody(one) || allowsNobody(other)) return allowsNobody(one) && allowsNobody(other);
  const [grant, otherGrant] = [grantOf(one), grantOf(other)];
  if (findSameAspects(grant, otherGrant).length < Object.keys(grant).length) return false;
  return allowsListed(one, other) && allowsListed(other, one) && haveSameOrigins(one, other);
}
