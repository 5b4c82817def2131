import type { CompiledPolicy, CorsRequest } from "@corslang/runtime";
import fc from "fast-check";
import { randomOrigin, randomPattern } from "../../../packages/runtime/test/random-origins.js";
import { randomPolicy, randomRequest } from "../../../packages/runtime/test/random-requests.js";
import { madeBy } from "./seed.js";

/*
 * Policies as the compiler could emit them, and requests grown from them: by the generators of the runtime's own
 * comparison, which are biased to endings that are alike, to limits, addresses, ports, `null` and case.
 */

/** A policy that lists its origins. */
export type ListedPolicy = CompiledPolicy & { readonly origins: readonly string[] };

/** All of a list, or some of it in another order: so that a policy that fails becomes a small one. */
function partOf(list: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.oneof(fc.constant(list), fc.shuffledSubarray([...list]));
}

/** A policy with a part of its origins. */
export const policies: fc.Arbitrary<CompiledPolicy> = madeBy(randomPolicy).chain((policy) =>
  policy.origins === "*"
    ? fc.constant(policy)
    : // The member stays a list of origins, which each kind of policy may have.
      partOf(policy.origins).map((origins): CompiledPolicy => ({ ...policy, origins })),
);

export const listedPolicies: fc.Arbitrary<ListedPolicy> = policies.filter(
  (policy): policy is ListedPolicy => policy.origins !== "*",
);

/** An origin pattern of any kind. */
export const patterns: fc.Arbitrary<string> = madeBy(randomPattern);

/** Origins that these patterns allow, and those that differ a little. */
export function originsNear(list: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.array(
    madeBy((random) => randomOrigin(random, list)),
    { minLength: 1, maxLength: 30 },
  );
}

/** A request with an Origin. */
export type RequestWithOrigin = CorsRequest & { readonly origin: string };

/** Requests that a policy allows, and those that differ a little. */
export function requestsNear(policy: CompiledPolicy, mostRequests = 30): fc.Arbitrary<readonly RequestWithOrigin[]> {
  return fc.array(
    madeBy((random) => randomRequest(random, policy)),
    { minLength: 1, maxLength: mostRequests },
  );
}
