import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import type { Acceptance } from "./acceptances.js";

/** A word of the source. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** An item of a setting or a set; one that begins with `@` stands for a set. */
export interface Item extends Word {
  /** The word `unsafe` before it, if there is one. */
  readonly unsafe: Span | null;
}

/** `key item, item`, or `key [ … ]`, with `=` or, for `+=`, with `appends`. */
export interface SettingNode {
  readonly key: Word;
  /** The `+=`, if there is one. */
  readonly appends: Span | null;
  readonly items: readonly Item[];
  /** Whether the parser has reported something in it: an item may have been lost. */
  readonly damaged: boolean;
  readonly span: Span;
}

/** `when PROFILE, PROFILE { … }`. */
export interface WhenNode {
  readonly profiles: readonly Word[];
  readonly settings: readonly SettingNode[];
  readonly span: Span;
}

/** What a policy says: the settings of its block, and those for some profiles. */
export interface BodyNode {
  readonly settings: readonly SettingNode[];
  readonly whens: readonly WhenNode[];
  /** Whether the parser has reported something inside: a setting may have been lost. */
  readonly damaged: boolean;
}

/** `policy NAME extends NAME { … }`. */
export interface PolicyNode extends BodyNode {
  /** `null` where the name is missing. */
  readonly name: Word | null;
  /** The policy that it extends. */
  readonly base: Word | null;
  /** The comment lines directly above, without `#`. */
  readonly documentation: readonly string[];
  readonly span: Span;
}

/** `set NAME [ … ]`. */
export interface SetNode {
  readonly name: Word | null;
  readonly items: readonly Item[];
  readonly documentation: readonly string[];
  readonly damaged: boolean;
  readonly span: Span;
}

/** `NAME` or `NAME as ALIAS`. */
export interface ImportedName {
  readonly name: Word;
  readonly alias: Word | null;
}

/** `import NAME, NAME as ALIAS from "PATH"`. */
export interface ImportNode {
  readonly names: readonly ImportedName[];
  /** Without its quotes; the span is that of the whole string. `null` where it is missing. */
  readonly path: Word | null;
  readonly span: Span;
}

/** `allow PUT from https://example.com with Content-Type`, or the same with `deny`. */
export interface ExchangeClaim {
  readonly kind: "allow" | "deny";
  readonly method: Word | null;
  readonly origin: Word;
  readonly headers: readonly Word[];
  readonly span: Span;
}

/** `never http://*.example.com`. */
export interface NeverClaim {
  readonly kind: "never";
  readonly pattern: Word;
  readonly span: Span;
}

/** What an expectation says about a policy. */
export type Claim = ExchangeClaim | NeverClaim;

/** `expect NAME when PROFILE { … }`. */
export interface ExpectationNode {
  readonly policy: Word | null;
  readonly profile: Word | null;
  readonly claims: readonly Claim[];
  readonly damaged: boolean;
  readonly span: Span;
}

/** A file. The settings at its top level form the policy `default`. */
export interface FileNode extends BodyNode {
  readonly file: SourceFile;
  readonly imports: readonly ImportNode[];
  readonly sets: readonly SetNode[];
  readonly policies: readonly PolicyNode[];
  readonly expectations: readonly ExpectationNode[];
  readonly acceptances: readonly Acceptance[];
}
