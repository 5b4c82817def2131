import type { Code } from "../diagnostics/messages.js";
import type { UnsafeOrigin } from "./definition.js";
import { quote } from "./quote.js";

/** A mechanical correction of a definition. */
export interface DefinitionFix {
  /** What it does, as in «write `https://example.com`». */
  readonly title: string;
  /** Whether what it writes is what was meant, and lets nobody in who was not; others are for a person to decide. */
  readonly safe: boolean;
  /** What to write in place of what stands at the path: nothing, the value, or several items of its list. */
  readonly values: readonly (string | UnsafeOrigin)[];
}

/** Something that is wrong with a definition. */
export interface DefinitionDiagnostic {
  /** That of the same mistake in a `.cors` file; docs/diagnostics.md explains each. */
  readonly code: Code;
  /** Warnings are not told here: `check(toCors(definition))` has them. */
  readonly severity: "error";
  /** The member, as JavaScript writes it: `origins[2]`, `maxAge`. Empty for the definition itself. */
  readonly path: string;
  /** One sentence, in lower case and without a full stop. */
  readonly message: string;
  readonly fix: DefinitionFix | null;
}

function printValue(value: string | UnsafeOrigin): string {
  return typeof value === "string" ? quote(value) : `{ unsafe: ${quote(value.unsafe)} }`;
}

/** What to write instead, where the sentence does not say it. */
function printFix({ message, fix }: DefinitionDiagnostic): string {
  if (!fix || fix.values.length === 0 || message.includes(fix.title)) return "";
  return `; suggested: ${fix.values.map(printValue).join(", ")}`;
}

function printDiagnostic(diagnostic: DefinitionDiagnostic): string {
  const { path, code, message } = diagnostic;
  return `  ${path === "" ? "" : `${path}: `}${code}: ${message}${printFix(diagnostic)}`;
}

/**
 * Says all that is wrong with a policy that was to be defined. Its message has a line for each fault, with the path, the
 * code, the sentence and what to write instead.
 *
 * @example
 * ```ts
 * try {
 *   definePolicy({ origins: ["https://App.example.com"] });
 * } catch (error) {
 *   if (error instanceof PolicyError) error.diagnostics[0].code; // "origin-uppercase"
 * }
 * ```
 */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  /** All that is wrong, in the order of a policy's members, at most a hundred. */
  readonly diagnostics: readonly DefinitionDiagnostic[];
  /** How many more there were. */
  readonly omitted: number;

  /** @internal */
  constructor(policy: string, diagnostics: readonly DefinitionDiagnostic[], omitted: number) {
    const lines = [`the policy \`${policy}\` can't be made:`, ...diagnostics.map(printDiagnostic)];
    super([...lines, ...(omitted > 0 ? [`  and ${omitted} more`] : [])].join("\n"));
    this.diagnostics = diagnostics;
    this.omitted = omitted;
  }
}
