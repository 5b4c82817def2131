import type { Code } from "../diagnostics/messages.js";
import type { DefinitionFix } from "./policy-error.js";
import { quote } from "./quote.js";

const IDENTIFIER = /^[A-Za-z_$][\w$]{0,99}$/;

/** Where in a definition: the member, and the place in its list. Empty for the definition itself. */
export type Path = readonly [] | readonly [member: string] | readonly [member: string, index: number];

/** Something that is wrong with a definition. */
export interface Problem {
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
  readonly fix: DefinitionFix | null;
}

/**
 * Writes a path as JavaScript does.
 *
 * @example
 * ```ts
 * printPath(["origins", 2]); // "origins[2]"
 * ```
 */
export function printPath([member, index]: Path): string {
  if (member === undefined) return "";
  const printed = IDENTIFIER.test(member) ? member : `[${quote(member)}]`;
  return index === undefined ? printed : `${printed}[${index}]`;
}
