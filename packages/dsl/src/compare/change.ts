import type { DescribedPart } from "../origin/algebra/origin-set.js";
import type { Span } from "../text/span.js";
import type { Example } from "./example.js";
import type { Grant, NamedPart } from "./grant.js";
import type { NameSet } from "./name-set.js";

/** Whether pages can do something now that they could not, or can't any more what they could. */
export type Effect = "newly-allowed" | "no-longer-allowed";

/** A pattern without its exceptions, and the item that says it. */
export interface PlacedPart extends DescribedPart {
  readonly place: Span | null;
}

/**
 * A difference between two policies for one profile. Together the changes say all that there is: a request is newly
 * allowed when its origin is, or when its origin was and is allowed, and its method, one of its headers, or credentials
 * are newly allowed; what a page may read of an answer follows in the same way.
 */
export type Change =
  | {
      readonly kind: "origins";
      readonly effect: Effect;
      readonly origins: readonly PlacedPart[];
      /** What pages of these origins can do, or could. */
      readonly grant: Grant;
      readonly example: Example;
    }
  | ({
      readonly kind: NamedPart;
      readonly effect: Effect;
      readonly names: NameSet;
    } & ForCommonOrigins)
  | ({ readonly kind: "credentials"; readonly effect: Effect } & ForCommonOrigins)
  | ({
      readonly kind: "preflightSeconds";
      readonly before: number;
      readonly after: number;
    } & ForCommonOrigins);

/** What is said of the origins that were allowed and are. */
export interface ForCommonOrigins {
  readonly origins: readonly DescribedPart[];
  /** Where what makes the difference is written: in the new text, or in the old where it is there no more. */
  readonly places: readonly Span[];
  readonly example: Example;
}

/**
 * Whether a change lets pages do what they could not. A preflight that is remembered for longer does not: what browsers
 * let through is what the policy allows. Only a narrower policy that comes later takes longer to arrive.
 *
 * @example
 * ```ts
 * compareFor(before, after).some(widens); // whether a reviewer has to ask why
 * ```
 */
export function widens(change: Change): boolean {
  return change.kind !== "preflightSeconds" && change.effect === "newly-allowed";
}
