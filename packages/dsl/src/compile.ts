import type { CompiledPolicy } from "@corslang/runtime";
import { check } from "./check/check.js";
import { toCompiledPolicy } from "./compile/to-compiled-policy.js";
import { createCollector } from "./diagnostics/collector.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { resolve } from "./resolve/resolve.js";
import { parse } from "./syntax/parse.js";

/** A policy that a source text defines. */
export interface Policy {
  readonly compiled: CompiledPolicy;
  /** The comment lines directly above it in the source. */
  readonly documentation: readonly string[];
}

/** What became of a source text. */
export interface CompileResult {
  /** The policies in the order of the text, `default` first. Empty when there is any diagnostic. */
  readonly policies: readonly Policy[];
  /** All that is wrong, in the order of the text, at most a hundred. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more diagnostics there were. */
  readonly omitted: number;
}

/**
 * Compiles a `.cors` source text.
 *
 * It never throws, whatever the text is: what is wrong with it comes back as diagnostics, each with a stable code, a
 * sentence, a span, other places that take part, and a fix where there is a mechanical one.
 *
 * @param text - The source.
 *
 * @example
 * ```ts
 * const { policies, diagnostics } = compile("origins https://app.example.com\ncredentials true\n");
 * if (diagnostics.length === 0) createMatcher(policies[0].compiled);
 * ```
 */
export function compile(text: string): CompileResult {
  const collector = createCollector();
  const file = parse(text, collector);
  const resolved = resolve(file, collector.report);
  const checked = resolved.map((policy) => check(policy, collector.report));
  const policies =
    collector.count() === 0
      ? checked.map((policy) => ({ compiled: toCompiledPolicy(policy), documentation: policy.documentation }))
      : [];
  return { policies, ...collector.collected() };
}
