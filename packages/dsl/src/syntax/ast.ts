import type { Span } from "../text/span.js";

/** A word of the source. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** An item of a setting. */
export interface Item extends Word {
  /** The word `unsafe` before it, if there is one. */
  readonly unsafe: Span | null;
}

/** `key item, item`, or `key [ … ]`. */
export interface SettingNode {
  readonly key: Word;
  readonly items: readonly Item[];
  /** Whether the parser has reported something in it: an item may have been lost. */
  readonly damaged: boolean;
  readonly span: Span;
}

/** `policy NAME { … }`. */
export interface PolicyNode {
  /** `null` where the name is missing. */
  readonly name: Word | null;
  /** The comment lines directly above, without `#`. */
  readonly documentation: readonly string[];
  readonly settings: readonly SettingNode[];
  /** Whether the parser has reported something inside: a setting may have been lost. */
  readonly damaged: boolean;
  readonly span: Span;
}

/** A file: the settings at its top level, which form the policy `default`, and its policies. */
export interface FileNode {
  readonly settings: readonly SettingNode[];
  readonly policies: readonly PolicyNode[];
  /** Whether the parser has reported something outside of the policies. */
  readonly damaged: boolean;
}
