import { compile } from "@corslang/dsl";
import type { CompiledPolicy } from "../../src/index.js";

/** A policy as one would write it down, before any language: stars are items like others. */
export interface WrittenPolicy {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  readonly maxAge: number | null;
}

function toSource({ origins, methods, headers, expose, credentials, maxAge }: WrittenPolicy): string {
  const list = (items: readonly string[]) => (items.length === 0 ? "none" : items.join(", "));
  return [
    `origins ${list(origins)}`,
    `methods ${list(methods)}`,
    `headers ${list(headers)}`,
    `expose ${list(expose)}`,
    `credentials ${credentials}`,
    `max-age ${maxAge ?? "none"}`,
    "",
  ].join("\n");
}

/** A policy that is written in our language and compiled; or else the codes of what is wrong with it. */
export function compileWritten(
  policy: WrittenPolicy,
): { readonly compiled: CompiledPolicy } | { readonly codes: readonly string[] } {
  const { policies, diagnostics } = compile(toSource(policy));
  const [compiled] = policies;
  return compiled === undefined ? { codes: diagnostics.map(({ code }) => code) } : { compiled: compiled.compiled };
}
