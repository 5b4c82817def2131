import type { Related } from "../diagnostics/diagnostic.js";
import type { SettingName } from "../syntax/vocabulary.js";
import type { Span } from "../text/span.js";

/** An item of a policy, taken out of the sets that it came by. */
export interface ResolvedItem {
  readonly text: string;
  /** Where it is written, be it in a set of another file. */
  readonly span: Span;
  /** The word `unsafe` before it, if there is one. */
  readonly unsafe: Span | null;
  /** The way from the policy to where it is written: through `extends` and sets. */
  readonly trail: readonly Related[];
}

/** A setting with all that it has come to. */
export interface ResolvedSetting {
  readonly key: Span;
  readonly span: Span;
  readonly items: readonly ResolvedItem[];
  readonly trail: readonly Related[];
}

/** The settings of a policy. */
export type ResolvedSettings = Readonly<Partial<Record<SettingName, ResolvedSetting>>>;

/** A policy for one profile or for none, with one value for each setting. What the values say is not checked yet. */
export interface ResolvedPolicy {
  readonly name: string;
  readonly profile: string | null;
  /** What to point at when something is missing: the name, or the first setting of the top level. */
  readonly span: Span;
  /** The comment lines above it. */
  readonly documentation: readonly string[];
  readonly settings: ResolvedSettings;
  /** Whether a setting may have been lost to an error, so that missing ones are no news. */
  readonly damaged: boolean;
}
