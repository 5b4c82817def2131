import { widens } from "./change.js";
import type { Comparison, PolicyComparison } from "./comparison.js";
import { printCount } from "./phrase.js";

function narrows({ changes }: PolicyComparison): boolean {
  return changes.some(({ change }) => "effect" in change && change.effect === "no-longer-allowed");
}

function widensAny({ changes }: PolicyComparison): boolean {
  return changes.some(({ change }) => widens(change));
}

/**
 * What has changed, in a line: for ten seconds.
 *
 * @example
 * ```ts
 * describeSummary(compareSides(before, after)); // "1 policy allows more, 1 allows less, 12 mean the same"
 * ```
 */
export function describeSummary({ policies }: Comparison): string {
  const isOther = (policy: PolicyComparison) => policy.changes.length > 0 && !widensAny(policy) && !narrows(policy);
  const isSame = ({ changes }: PolicyComparison) => changes.length === 0;
  const counted = [
    [widensAny, "allows more", "allow more"],
    [narrows, "allows less", "allow less"],
    [isOther, "lets preflights be remembered for another time", "let preflights be remembered for another time"],
    [isSame, "means the same", "mean the same"],
  ] as const;
  const parts = counted.flatMap(([isMeant, one, several]) => {
    const count = policies.filter(isMeant).length;
    return count > 0 ? [{ count, verb: count === 1 ? one : several }] : [];
  });
  return parts
    .map(({ count, verb }, index) => {
      const noun = index > 0 ? "" : count === 1 ? " policy" : " policies";
      return `${printCount(count)}${noun} ${verb}`;
    })
    .join(", ");
}
