import { join } from "node:path";
import { type CompileResult, compileFiles, type Policy } from "../compile.js";
import { createDiskHost, STDIN } from "../disk/disk-host.js";
import { emitJson, emitProfilesJson } from "../emit/json.js";
import { IMPORTED, type Linking } from "../emit/linking.js";
import { emitModule } from "../emit/module.js";
import { emitProfilesModule, emitProfilesTypes, type ProfilePolicies } from "../emit/profiles.js";
import { STANDALONE } from "../emit/standalone.js";
import { emitTypes } from "../emit/types.js";
import type { Host } from "../program/host.js";
import type { BuildOptions, EmitKind } from "./arguments.js";
import type { Input } from "./inputs.js";
import type { Output } from "./outputs.js";

const EXTENSIONS: Readonly<Record<EmitKind, readonly string[]>> = { module: [".mjs", ".d.mts"], json: [".json"] };

/** A policy file and what it becomes. */
export interface BuiltFile {
  readonly input: Input;
  /** Where its outputs go, whether or not it compiles. */
  readonly targets: readonly string[];
  /** `null` where there are errors; empty for a file of sets alone, which is there to be imported. */
  readonly outputs: readonly Output[] | null;
}

/** What policy files become, before anything is written. */
export interface Build {
  readonly result: CompileResult;
  readonly files: readonly BuiltFile[];
  /** What is wrong with the options, seen with these files; `null` when nothing is. */
  readonly usageProblem: string | null;
}

/** Where the outputs of a file go. */
export function targetsOf(input: Input, { emit, outDir }: BuildOptions): readonly string[] {
  const path = outDir === null ? input.path : join(outDir, input.pathInTree);
  return EXTENSIONS[emit].map((extension) => `${path}${extension}`);
}

function findLostInput(inputs: readonly Input[], { outDir }: BuildOptions): string | null {
  const isLost = outDir !== null && inputs.some(({ path }) => path === STDIN);
  return isLost ? "standard input goes to standard output, and --out-dir excludes it" : null;
}

/** Two files with one place for their outputs; `null` when each has its own. */
function findCollision(inputs: readonly Input[], options: BuildOptions): string | null {
  const byTarget = new Map<string, string>();
  for (const input of inputs) {
    const [target = ""] = targetsOf(input, options);
    const other = byTarget.get(target);
    if (other !== undefined) return `${other} and ${input.path} would both be written to ${target}`;
    byTarget.set(target, input.path);
  }
  return null;
}

/** What is wrong with a profile that no file names; `null` when nothing is. */
export function findUnknownProfile(
  known: readonly string[],
  { profile, profiles }: Pick<BuildOptions, "profile" | "profiles">,
): string | null {
  const unknown = [profile, ...profiles].find((name) => name !== null && !known.includes(name));
  if (unknown === undefined || unknown === null) return null;
  const names = known.length > 0 ? `these files name ${known.join(", ")}` : "these files name none";
  return `there is no profile ${unknown}; ${names}`;
}

/**
 * What is wrong with the options, seen with these files; `null` when nothing is.
 *
 * @param profiles - The profiles that any of the files names.
 */
export function findOptionProblem(
  inputs: readonly Input[],
  profiles: readonly string[],
  options: BuildOptions,
): string | null {
  return (
    findLostInput(inputs, options) ??
    findCollision(inputs, options) ??
    (inputs.length > 0 ? findUnknownProfile(profiles, options) : null)
  );
}

/** What outputs call the file that they are from. */
export function sourceNameOf({ path, pathInTree }: Input): string {
  return path === STDIN ? "standard input" : pathInTree;
}

function linkingFor({ standalone }: BuildOptions): Linking {
  return standalone ? STANDALONE : IMPORTED;
}

function emitFile(policies: readonly Policy[], source: string, options: BuildOptions): string[] {
  const { emit, profile } = options;
  if (emit === "json") return [emitJson(policies)];
  const linking = linkingFor(options);
  return [emitModule(policies, source, profile, linking), emitTypes(policies, source, profile, linking)];
}

function emitProfiles(profiles: readonly ProfilePolicies[], source: string, options: BuildOptions): string[] {
  if (options.emit === "json") return [emitProfilesJson(profiles)];
  const linking = linkingFor(options);
  return [emitProfilesModule(profiles, source, linking), emitProfilesTypes(profiles, source, linking)];
}

/** Compiles policy files as the options say. */
export function build(inputs: readonly Input[], options: BuildOptions, host: Host = createDiskHost(options)): Build {
  const paths = inputs.map(({ path }) => path);
  const { deny } = options;
  const result = compileFiles(paths, host, { profile: options.profile, deny });
  const files = inputs.flatMap((input): BuiltFile[] => {
    const file = result.files.find(({ path }) => path === input.path);
    if (!file) return [];
    const source = sourceNameOf(input);
    const targets = targetsOf(input, options);
    if (!file.policies) return [{ input, targets, outputs: null }];
    const several = options.profiles.map((profile) => ({ profile, policies: file.policiesFor(profile) ?? [] }));
    const texts =
      several.length > 0 ? emitProfiles(several, source, options) : emitFile(file.policies, source, options);
    const outputs = targets.map((path, index) => ({ path, text: texts[index] ?? "" }));
    return [{ input, targets, outputs: file.policies.length > 0 ? outputs : [] }];
  });
  return { result, files, usageProblem: findOptionProblem(inputs, result.profiles, options) };
}
