import type { CheckedPolicy } from "../check/checked-policy.js";
import { type Change, widens } from "./change.js";
import { compareGrants } from "./compare-grants.js";
import { compareOrigins } from "./compare-origins.js";
import { createMatchers, toExample } from "./example.js";
import { grantOf } from "./grant.js";
import { exampleName } from "./name-set.js";
import { WELL_KNOWN_NAMES } from "./well-known-names.js";

/**
 * Tells exactly what two policies let pages do that the other does not, both for one profile or for none.
 *
 * @param before - `null` for a policy that was not there, and let nobody in.
 * @param after - `null` for a policy that is there no more.
 * @returns What is newly allowed, then what is no longer, then what else has changed; nothing for policies that mean
 * the same.
 *
 * @example
 * ```ts
 * comparePolicies(checked("origins https://a.example.com"), checked("origins https://a.example.com\nmethods PUT"));
 * // [{ kind: "methods", effect: "newly-allowed", names: { kind: "these", names: ["PUT"] }, … }]
 * ```
 */
export function comparePolicies(before: CheckedPolicy | null, after: CheckedPolicy | null): readonly Change[] {
  const matchers = createMatchers(before, after);
  const { gained, lost, findCommon } = compareOrigins(before, after);
  const changes: Change[] = [];
  for (const [effect, { example, parts }, policy] of [
    ["newly-allowed", gained, after],
    ["no-longer-allowed", lost, before],
  ] as const) {
    if (example === null || policy === null) continue;
    const grant = grantOf(policy);
    // The most that a page of such an origin can do: with credentials, and by a method that needs listing.
    const method = exampleName(grant.methods, WELL_KNOWN_NAMES.methods) ?? "GET";
    const shown = toExample({ origin: example, method, credentials: grant.credentials }, matchers);
    changes.push({ kind: "origins", effect, origins: parts, grant, example: shown });
  }
  if (before && after) changes.push(...compareGrants(before, after, findCommon, matchers));
  return [
    ...changes.filter(widens),
    ...changes.filter((change) => !widens(change) && change.kind !== "preflightSeconds"),
    ...changes.filter(({ kind }) => kind === "preflightSeconds"),
  ];
}
