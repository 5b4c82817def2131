import type { CompiledPolicy } from "@corslang/runtime";
import { compile } from "../compile.js";
import { MOST_DIAGNOSTICS } from "../diagnostics/collector.js";
import type { Code } from "../diagnostics/messages.js";
import { PolicyError } from "./policy-error.js";
import { type Problem, printPath } from "./problem.js";
import { type ReadDefinition, readDefinition } from "./read-definition.js";
import { MEMBERS } from "./schema.js";
import { suggestMember } from "./shape.js";
import { translateDiagnostic } from "./translate.js";
import { writeForCompiler } from "./write-definition.js";

/** A definition that holds, and what it compiles to. */
export interface CheckedDefinition {
  readonly definition: ReadDefinition;
  readonly compiled: CompiledPolicy;
}

/** What is said of a list that is not all there may be about what is missing from it. */
const CONSEQUENCES: readonly Code[] = ["missing-origins", "empty-list", "authorization-unclear"];

/** Without what is reported only because something else could not be read. */
function withoutConsequences(found: readonly Problem[], problems: readonly Problem[]): readonly Problem[] {
  // What is under a misspelt name is there, and was not read.
  const unread = new Set(
    problems.map(({ code, path: [member] }) =>
      code === "unknown-setting" && member !== undefined ? suggestMember(member) : member,
    ),
  );
  // Of what is no definition at all, nothing has been read.
  if (unread.has(undefined)) return [];
  return found.filter(({ code, path: [member] }) => !(CONSEQUENCES.includes(code) && unread.has(member)));
}

/** In the order of the members, then of the items. Members that there are none of come first. */
function compare({ path: [one = "", oneIndex = -1] }: Problem, { path: [other = "", index = -1] }: Problem): number {
  return MEMBERS.indexOf(one) - MEMBERS.indexOf(other) || oneIndex - index;
}

/**
 * Checks a definition by the rules of the language: it is written as text, in which each item is one word, and that text
 * is compiled. So no rule is written twice.
 *
 * @throws PolicyError with all that is wrong.
 */
export function checkDefinition(input: unknown): CheckedDefinition {
  const { definition, problems } = readDefinition(input);
  const written = writeForCompiler(definition);
  const { policies, diagnostics, omitted } = compile(written.text);
  const [policy] = policies;
  if (policy && problems.length === 0) return { definition, compiled: policy.compiled };

  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const found = errors.map((error) => translateDiagnostic(error, written));
  const all = [...problems, ...withoutConsequences(found, problems)].sort(compare);
  const told = all.slice(0, MOST_DIAGNOSTICS);
  throw new PolicyError(
    definition.name,
    told.map(({ code, path, message, fix }) => ({ code, severity: "error", path: printPath(path), message, fix })),
    // Where it compiles, these are warnings.
    all.length - told.length + (policy ? 0 : omitted),
  );
}
