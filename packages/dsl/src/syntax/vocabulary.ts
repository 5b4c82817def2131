/*
 * Every word of the language, once. Parser, checks, completions and documentation take them from here.
 */

/** What a setting's value is. */
export type SettingKind = "origins" | "names" | "boolean" | "duration";

interface SettingVocabulary {
  readonly kind: SettingKind;
  /** One sentence for people. */
  readonly documentation: string;
  /** What other tools call it. */
  readonly aliases: readonly string[];
}

/** The six settings. */
export const SETTINGS = {
  origins: {
    kind: "origins",
    documentation: "Who may call: origins and patterns of origins, `*` for everybody, `none` for nobody.",
    aliases: [
      "origin",
      "allow-origin",
      "allow-origins",
      "allowed-origin",
      "allowed-origins",
      "access-control-allow-origin",
    ],
  },
  methods: {
    kind: "names",
    documentation: "With which methods beside GET, HEAD and POST, which always pass.",
    aliases: ["method", "allow-methods", "allowed-methods", "access-control-allow-methods"],
  },
  headers: {
    kind: "names",
    documentation: "Which request headers scripts may set.",
    aliases: ["header", "allow-headers", "allowed-headers", "request-headers", "access-control-allow-headers"],
  },
  expose: {
    kind: "names",
    documentation: "Which response headers scripts may read.",
    aliases: ["exposes", "exposed", "expose-headers", "exposed-headers", "access-control-expose-headers"],
  },
  credentials: {
    kind: "boolean",
    documentation: "Whether requests may carry cookies, HTTP authentication and client certificates.",
    aliases: [
      "credential",
      "allow-credentials",
      "allowed-credentials",
      "supports-credentials",
      "with-credentials",
      "access-control-allow-credentials",
    ],
  },
  "max-age": {
    kind: "duration",
    documentation: "How long browsers may remember a preflight.",
    aliases: ["age", "max-age-seconds", "access-control-max-age"],
  },
} as const satisfies Record<string, SettingVocabulary>;

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

// The cast holds: Object.keys of a literal gives its keys.
/** The names of all settings, in the order in which people write them. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Whether a word is the name of a setting. */
export function isSettingName(word: string): word is SettingName {
  return Object.hasOwn(SETTINGS, word);
}

/** Whether a setting's value is a list, and not one word. */
export function isListSetting(name: SettingName): boolean {
  const { kind } = SETTINGS[name];
  return kind === "origins" || kind === "names";
}

/** Words that begin a declaration of the top level, and so can't be inside a block. */
export const DECLARATIONS: readonly string[] = ["policy", "set", "import", "expect"];

/** Begins a block for some profiles, at the top level or inside of a policy. */
export const WHEN = "when";

/** Words that can neither begin a setting nor be a name. */
export const RESERVED_WORDS: readonly string[] = [
  "import",
  "from",
  "as",
  "set",
  "policy",
  "extends",
  "when",
  "expect",
  "allow",
  "deny",
  "never",
  "unsafe",
  "none",
  "true",
  "false",
  "with",
  "route",
  "param",
];

/** Words that mean something as an item. */
export const UNSAFE = "unsafe";
/** Stands for an empty list, or for a header that is not sent. */
export const NONE = "none";
/** Stands for everything. */
export const STAR = "*";
