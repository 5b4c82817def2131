import { checkClaims } from "../analyze/expectations.js";
import { check } from "../check/check.js";
import type { CheckedPolicy } from "../check/checked-policy.js";
import type { CheckContext } from "../check/context.js";
import { checkPattern } from "../check/origins.js";
import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { findBase, resolvePolicy } from "../resolve/policies.js";
import type { Resolution } from "../resolve/resolution.js";
import type { ResolvedPolicy } from "../resolve/resolved-policy.js";
import { createScope, type PolicyDeclaration, type Scope } from "../resolve/scope.js";
import { checkSet, kindOfSet } from "../resolve/sets.js";
import type { ExpectationNode } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import type { LoadedFile, Program } from "./load.js";
import { noteUse, type Usage } from "./usage.js";

/** A program that has been checked. */
export interface CheckedProgram {
  readonly scope: Scope;
  /** The profiles that the files name, in the order of their names. */
  readonly profiles: readonly string[];
  /** The entry's own policies, for each profile and, under `null`, for none. */
  readonly policies: ReadonlyMap<string | null, readonly CheckedPolicy[]>;
}

interface Checking {
  readonly resolution: Resolution;
  readonly profiles: readonly string[];
  readonly report: Report;
  readonly usage: Usage;
}

function profilesOf({ files }: Program): string[] {
  const whens = files.flatMap(({ tree }) => [...tree.whens, ...tree.policies.flatMap((policy) => policy.whens)]);
  return [...new Set(whens.flatMap(({ profiles }) => profiles.map(({ text }) => text)))].sort();
}

function itemSpans({ settings }: ResolvedPolicy): Set<Span> {
  return new Set(Object.values(settings).flatMap(({ items }) => items.map(({ span }) => span)));
}

/** A policy as the compiler and claims see it, for a profile. */
interface CheckedFor {
  readonly checked: CheckedPolicy;
  readonly context: CheckContext;
}

/** Checks a policy without a profile and for each; a bad profile must not hide until the day it is used. */
function checkPolicy(policy: PolicyDeclaration, report: Report, checking: Checking): Map<string | null, CheckedFor> {
  const byProfile = new Map<string | null, CheckedFor>();
  let known: ReadonlySet<Span> = new Set();
  for (const profile of [null, ...checking.profiles]) {
    const resolved = resolvePolicy(policy, profile, checking.resolution);
    const onDanger = (unsafe: Span) => void checking.usage.dangers.add(unsafe);
    const context: CheckContext = { policy: resolved, report, known, onDanger };
    byProfile.set(profile, { checked: check(context), context });
    if (profile === null) known = itemSpans(resolved);
  }
  return byProfile;
}

function checkSets(scope: Scope, checking: Checking): void {
  for (const set of scope.sets) {
    const items = checkSet(set, checking.resolution);
    if (kindOfSet(set, checking.resolution) !== "origins") continue;
    const policy: ResolvedPolicy = {
      name: set.name,
      profile: null,
      span: set.node.span,
      documentation: [],
      settings: {},
      damaged: false,
    };
    const context: CheckContext = { policy, report: checking.report, known: new Set(), onDanger: () => {} };
    for (const item of items) checkPattern(item, context);
  }
}

/** The policy that an expectation is about. */
function findSubject(node: ExpectationNode, scope: Scope, checking: Checking): PolicyDeclaration | null {
  if (!node.policy) return null;
  const { text, span } = node.policy;
  const declaration = scope.names.get(text);
  if (declaration?.kind === "policy") {
    checking.resolution.onUse(declaration, scope.file);
    return declaration;
  }
  if (scope.damaged || scope.imported.has(text)) return null;
  const policies = [...scope.names].filter(([, { kind }]) => kind === "policy").map(([name]) => name);
  const suggestion = findNearest(text, policies);
  const fix = suggestion === null ? null : replaceFix(span, suggestion);
  checking.report(createDiagnostic("unknown-name", span, { kind: "policy", name: text, suggestion }, { fix }));
  return null;
}

function checkProfile({ profile }: ExpectationNode, { profiles, report }: Checking): boolean {
  if (!profile || profiles.includes(profile.text)) return true;
  const suggestion = findNearest(profile.text, profiles);
  const fix = suggestion === null ? null : replaceFix(profile.span, suggestion);
  const parameters = { kind: "profile", name: profile.text, suggestion } as const;
  report(createDiagnostic("unknown-name", profile.span, parameters, { fix }));
  return false;
}

/** Checks the entry's expectations; those of other files are checked when these are compiled themselves. */
function checkExpectations(scope: Scope, checking: Checking, hasErrors: () => boolean): void {
  for (const node of scope.file.tree.expectations) {
    const subject = findSubject(node, scope, checking);
    const isProfile = checkProfile(node, checking);
    if (node.policy && node.claims.length === 0 && !node.damaged) {
      checking.report(createDiagnostic("empty-expect", node.policy.span, { policy: node.policy.text }));
    }
    // What a policy with errors lets in is not worth a claim.
    if (!subject || !isProfile || hasErrors()) continue;
    const found = checkPolicy(subject, () => {}, checking).get(node.profile?.text ?? null);
    if (found) checkClaims(node.claims, found.checked, { ...found.context, report: checking.report });
  }
}

/** Warns of a base of which nothing is left. */
function checkBase(policy: PolicyDeclaration, checking: Checking): void {
  const base = policy.base && findBase(policy, checking.resolution);
  if (!policy.base || !base) return;
  const own = new Set(policy.body.settings.flatMap(({ key, appends }) => (appends ? [] : [key.text])));
  const hasEffect = [null, ...checking.profiles].some((profile) =>
    Object.keys(resolvePolicy(base, profile, checking.resolution).settings).some((name) => !own.has(name)),
  );
  if (hasEffect) return;
  const parameters = { policy: policy.name, base: policy.base.text };
  checking.report(createDiagnostic("extends-without-effect", policy.base.span, parameters));
}

/**
 * Checks a program: the names of all its files, all policies for all profiles, and the expectations of the entry.
 * Warnings are told about the entry alone; other files' are told when these are compiled themselves.
 */
export function checkProgram(program: Program, usage: Usage, report: Report, hasErrors: () => boolean): CheckedProgram {
  const errorsOnly: Report = (diagnostic) => {
    if (diagnostic.severity === "error") report(diagnostic);
  };
  const scopes = new Map<LoadedFile, Scope>();
  const onUse: Resolution["onUse"] = (declaration, user) => {
    noteUse(usage, declaration);
    for (const [name, imported] of scopes.get(user)?.imported ?? []) {
      if (scopes.get(user)?.names.get(name) === declaration) usage.importedNames.add(imported);
    }
  };
  for (const file of program.files) scopes.set(file, createScope(file, scopes, report));
  const resolution: Resolution = { scopes, report, onUse, cycles: new Set() };
  const checking: Checking = { resolution, profiles: profilesOf(program), report, usage };
  const policies = new Map<string | null, CheckedPolicy[]>();
  for (const [file, scope] of scopes) {
    const isEntry = file === program.entry;
    checkSets(scope, checking);
    for (const policy of scope.policies) {
      for (const [profile, { checked }] of checkPolicy(policy, isEntry ? report : errorsOnly, checking)) {
        if (isEntry) policies.set(profile, [...(policies.get(profile) ?? []), checked]);
      }
      if (isEntry) checkBase(policy, checking);
    }
  }
  const scope = createdScope(program.entry, scopes);
  checkEmptyFile(scope, report);
  checkExpectations(scope, checking, hasErrors);
  return { scope, profiles: checking.profiles, policies };
}

function createdScope(entry: LoadedFile, scopes: ReadonlyMap<LoadedFile, Scope>): Scope {
  const scope = scopes.get(entry);
  if (!scope) throw new Error(`${entry.path} is not among the files of its program`);
  return scope;
}

/** A file that declares nothing is a mistake: a policy that was lost, or never written. */
function checkEmptyFile({ file, policies, sets }: Scope, report: Report): void {
  const { tree } = file;
  if (policies.length > 0 || sets.length > 0 || tree.damaged || tree.expectations.length > 0) return;
  const span = { file: tree.file, start: 0, end: 0 };
  report(createDiagnostic("missing-origins", span, { policy: "default" }));
}
