import type { OriginPattern } from "../origin/pattern.js";
import type { ResolvedItem, ResolvedSettings } from "../resolve/resolved-policy.js";
import type { Span } from "../text/span.js";

/** An origin pattern and the item that says it. */
export interface CheckedOrigin {
  readonly pattern: OriginPattern;
  readonly item: ResolvedItem;
}

/** A policy that holds: every value is what its setting takes, and nothing is refused. */
export interface CheckedPolicy {
  readonly name: string;
  readonly documentation: readonly string[];
  /** What to point at where the whole policy is meant: its name, or the first setting of the top level. */
  readonly span: Span;
  /** What is written, with the places of all items. */
  readonly settings: ResolvedSettings;
  readonly origins: "*" | readonly CheckedOrigin[];
  readonly methods: "*" | readonly string[];
  /** As written; `*` includes `Authorization`. */
  readonly headers: "*" | readonly string[];
  readonly expose: "*" | readonly string[];
  readonly credentials: boolean;
  /** In seconds. */
  readonly maxAge: number | null;
}
