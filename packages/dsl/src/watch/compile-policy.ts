import type { CompiledPolicy } from "@corslang/runtime";
import { type CompiledFile, compileFiles } from "../compile.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { countOf, summarize } from "../diagnostics/findings.js";
import { PLAIN, renderDiagnostic } from "../diagnostics/pretty.js";
import type { Host } from "../program/host.js";
import { DEFAULT_POLICY } from "../resolve/scope.js";

/** Which policy of a file is meant. */
export interface PolicyChoice {
  /** Its name in the file; `null` for the one at the top level, or the only one that there is. */
  readonly name: string | null;
  readonly profile: string | null;
}

/** Why there is no policy. */
export interface PolicyFault {
  /** In a few words. */
  readonly summary: string;
  /** The diagnostics as `cors-compile` prints them, without colour; empty where the words say all. */
  readonly details: string;
}

function refuse(summary: string): { readonly fault: PolicyFault } {
  return { fault: { summary, details: "" } };
}

function choosePolicy(
  { policies, profiles }: CompiledFile,
  { name, profile }: PolicyChoice,
): { readonly policy: CompiledPolicy } | { readonly fault: PolicyFault } {
  const compiled = policies?.map((policy) => policy.compiled) ?? [];
  const names = compiled.map((policy) => policy.name);
  // A misspelt profile would be compiled as no profile at all.
  if (profile !== null && !profiles.includes(profile)) {
    const known = profiles.length > 0 ? `it names ${profiles.join(", ")}` : "it names none";
    return refuse(`there is no profile ${profile}; ${known}`);
  }
  const chosen = compiled.find((policy) => policy.name === (name ?? DEFAULT_POLICY));
  if (chosen) return { policy: chosen };
  const [only, ...others] = compiled;
  if (!only) return refuse("there is no policy in it");
  if (name === null) {
    return others.length > 0
      ? refuse(`there are several policies, ${names.join(", ")}; pass { policy: "${only.name}" } or another one`)
      : { policy: only };
  }
  const nearest = findNearest(name, names);
  return refuse(`there is no policy ${name}; ${nearest ? `did you mean ${nearest}?` : `it has ${names.join(", ")}`}`);
}

/** Compiles one policy of a file, or says why there is none. */
export function compilePolicy(
  path: string,
  host: Host,
  choice: PolicyChoice,
): { readonly policy: CompiledPolicy } | { readonly fault: PolicyFault } {
  const result = compileFiles([path], host, { profile: choice.profile });
  const [unreadable] = result.unreadable;
  if (unreadable) return refuse(unreadable.problem);
  const [file] = result.files;
  if (file?.policies) return choosePolicy(file, choice);
  const details = result.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, PLAIN)).join("\n");
  return { fault: { summary: countOf(summarize(result).errors, "error"), details } };
}
