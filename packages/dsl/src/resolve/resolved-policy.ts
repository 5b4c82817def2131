import type { SettingNode } from "../syntax/ast.js";
import type { SettingName } from "../syntax/vocabulary.js";
import type { Span } from "../text/span.js";

/** A policy with one value for each setting, and where each was written. What the values say is not checked yet. */
export interface ResolvedPolicy {
  readonly name: string;
  /** What to point at when something is missing: the name, or the first setting of the top level. */
  readonly span: Span;
  /** The comment lines above it. */
  readonly documentation: readonly string[];
  readonly settings: Readonly<Partial<Record<SettingName, SettingNode>>>;
  /** Whether a setting may have been lost to an error, so that missing ones are no news. */
  readonly damaged: boolean;
}
