import { RESERVED_WORDS } from "../syntax/vocabulary.js";

/** Words that are no names for strict modules alone: `policy public` is too natural to refuse, and an export may have the name. */
const STRICT_MODE_WORDS = [
  "implements",
  "interface",
  "let",
  "package",
  "private",
  "protected",
  "public",
  "static",
  "yield",
];

const JAVASCRIPT_WORDS = [
  "arguments",
  "await",
  "break",
  "case",
  "catch",
  "class",
  "const",
  "continue",
  "debugger",
  "delete",
  "do",
  "else",
  "enum",
  "eval",
  "export",
  "finally",
  "for",
  "function",
  "if",
  "in",
  "instanceof",
  "new",
  "null",
  "return",
  "super",
  "switch",
  "this",
  "throw",
  "try",
  "typeof",
  "var",
  "void",
  "while",
];

/** Names that the generated declarations bind: an export may have the name all the same. */
const DECLARED_NAMES = ["Matcher"];

/** Names that the generated module itself binds. */
const GENERATED_NAMES = ["createMatcher"];

/** The name of a policy's export in JavaScript: `first-party` becomes `firstParty`. */
export function toIdentifier(name: string): string {
  return name.replace(/-([A-Za-z0-9])/g, (_, character: string) => character.toUpperCase());
}

/** Whether a module can bind the identifier under its own name, and not only export it. */
export function isBindable(identifier: string): boolean {
  return !STRICT_MODE_WORDS.includes(identifier) && !DECLARED_NAMES.includes(identifier);
}

/** Why a name can't be one; `null` when it can. Only policies have names in JavaScript. */
export function findReservation(name: string, isPolicy: boolean): string | null {
  if (name === "default") return "the settings at the top level are the policy `default`";
  if (RESERVED_WORDS.includes(name)) return "it is a word of the language";
  if (!isPolicy) return null;
  const identifier = toIdentifier(name);
  if (JAVASCRIPT_WORDS.includes(identifier)) return `JavaScript has no export that could be bound as \`${identifier}\``;
  if (GENERATED_NAMES.includes(identifier)) return `the generated module has a \`${identifier}\` of its own`;
  return null;
}
