import { difference, exampleOf, intersection, isEmpty, originSetOf } from "../../../src/origin/algebra/origin-set.js";
import type { ClaimPattern } from "../../../src/origin/claim-pattern.js";

/* What the algebra says of two patterns. */

/** Whether one stands for every origin that the other stands for. */
export function covers(wider: ClaimPattern, narrower: ClaimPattern): boolean {
  return isEmpty(difference(originSetOf([narrower]), originSetOf([wider])));
}

/** An origin that both stand for; `null` without one. */
export function findCommonOrigin(one: ClaimPattern, other: ClaimPattern): string | null {
  return exampleOf(intersection(originSetOf([one]), originSetOf([other])));
}

/** Whether there is an origin that both stand for. */
export function intersects(one: ClaimPattern, other: ClaimPattern): boolean {
  return !isEmpty(intersection(originSetOf([one]), originSetOf([other])));
}
