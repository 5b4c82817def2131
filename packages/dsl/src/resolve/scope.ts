import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import type { LoadedFile } from "../program/load.js";
import type { BodyNode, ImportedName, SetNode, Word } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { findReservation, toIdentifier } from "./identifier.js";

/** The name of the policy that the settings at the top level form. */
export const DEFAULT_POLICY = "default";

/** A set, where it is declared. */
export interface SetDeclaration {
  readonly kind: "set";
  readonly name: string;
  readonly file: LoadedFile;
  readonly node: SetNode;
}

/** A policy, where it is declared. */
export interface PolicyDeclaration {
  readonly kind: "policy";
  readonly name: string;
  readonly file: LoadedFile;
  readonly body: BodyNode;
  readonly base: Word | null;
  /** Whether it is what the settings at the top level form. */
  readonly isTopLevel: boolean;
  readonly documentation: readonly string[];
  /** What to point at when something is missing: the name, or the first setting of the top level. */
  readonly span: Span;
}

/** What a name stands for. */
export type Declaration = SetDeclaration | PolicyDeclaration;

/** The names of a file. */
export interface Scope {
  readonly file: LoadedFile;
  readonly names: ReadonlyMap<string, Declaration>;
  /** The policies that the file declares itself, the default one first. */
  readonly policies: readonly PolicyDeclaration[];
  readonly sets: readonly SetDeclaration[];
  /** The imported names, by the names that they have here. */
  readonly imported: ReadonlyMap<string, ImportedName>;
  /** Whether names may be missing that an error has hidden. */
  readonly damaged: boolean;
}

function declarePolicies(file: LoadedFile): PolicyDeclaration[] {
  const { tree } = file;
  const named = tree.policies.map(
    (node): PolicyDeclaration => ({
      kind: "policy",
      name: node.name?.text ?? "",
      file,
      body: node,
      base: node.base,
      isTopLevel: false,
      documentation: node.documentation,
      span: node.name?.span ?? node.span,
    }),
  );
  const first = tree.settings[0] ?? tree.whens[0];
  if (!first) return named;
  const span = "key" in first ? first.key.span : first.span;
  const body: BodyNode = { settings: tree.settings, whens: tree.whens, damaged: tree.damaged };
  return [
    { kind: "policy", name: DEFAULT_POLICY, file, body, base: null, isTopLevel: true, documentation: [], span },
    ...named,
  ];
}

/**
 * Reports a name that can't be one, or that is taken, as it is or, for a policy, as JavaScript sees it. Gives back
 * whether it was free: one that can't be a name is known all the same, so that its uses are not reported as well.
 */
function checkName(word: Word, kind: "import" | "set" | "policy", taken: Map<string, Word>, report: Report): boolean {
  const { text, span } = word;
  const isPolicy = kind === "policy";
  const isOther = kind === "import" && text === DEFAULT_POLICY;
  const reason = isOther ? "this file can have one itself" : findReservation(text, isPolicy);
  const advice = isOther ? { advice: "write `default as NAME`" } : {};
  if (reason !== null) report(createDiagnostic("reserved-name", span, { name: text, reason, ...advice }));
  const other = taken.get(text);
  const identifier = toIdentifier(text);
  const alike = isPolicy ? taken.get(`= ${identifier}`) : undefined;
  if (other) {
    const related = [{ span: other.span, message: "it is first taken here" }];
    report(createDiagnostic("duplicate-name", span, { name: text }, { related }));
  } else if (alike) {
    const related = [{ span: alike.span, message: "it is first taken here" }];
    const same = `in JavaScript it is \`${identifier}\`, and so is \`${alike.text}\``;
    report(createDiagnostic("reserved-name", span, { name: text, reason: same }, { related }));
  }
  if (!other) taken.set(text, word);
  if (isPolicy && !alike) taken.set(`= ${identifier}`, word);
  return !other;
}

/** What another file declares under a name; reports when it does not. */
function findImported(imported: ImportedName, from: Scope, importer: LoadedFile, report: Report): Declaration | null {
  const { text, span } = imported.name;
  const declared = [...from.policies, ...from.sets].find(({ name }) => name === text);
  if (declared) return declared;
  if (from.damaged || importer.tree.damaged) return null;
  const { name: file } = from.file.tree.file;
  const nearest = findNearest(
    text,
    [...from.policies, ...from.sets].map(({ name }) => name),
  );
  const passedOn = from.names.has(text)
    ? "; it is imported there itself, and imports are not passed on: import it from where it is declared"
    : "";
  const hint = nearest === null ? passedOn : `; did you mean \`${nearest}\`?`;
  const fix = nearest === null ? null : replaceFix(span, nearest);
  report(createDiagnostic("unknown-import", span, { problem: `\`${file}\` declares no \`${text}\`${hint}` }, { fix }));
  return null;
}

/** Collects the names of a file. The scopes of the files that it imports are there already. */
export function createScope(file: LoadedFile, scopes: ReadonlyMap<LoadedFile, Scope>, report: Report): Scope {
  const names = new Map<string, Declaration>();
  const imported = new Map<string, ImportedName>();
  const taken = new Map<string, Word>();
  const policies = declarePolicies(file);
  const sets = file.tree.sets.map((node): SetDeclaration => ({ kind: "set", name: node.name?.text ?? "", file, node }));
  let isLacking = false;
  for (const [node, target] of file.imports) {
    const from = target && scopes.get(target);
    for (const name of node.names) {
      const word = name.alias ?? name.name;
      const declaration = from ? findImported(name, from, file, report) : null;
      imported.set(word.text, name);
      if (!checkName(word, "import", taken, report)) continue;
      if (declaration) names.set(word.text, declaration);
      else isLacking = true;
    }
  }
  for (const set of sets) {
    if (set.node.name && checkName(set.node.name, "set", taken, report)) names.set(set.name, set);
  }
  for (const policy of policies) {
    const word = { text: policy.name, span: policy.span };
    if (policy.isTopLevel) names.set(policy.name, policy);
    else if (policy.name !== "" && checkName(word, "policy", taken, report)) names.set(policy.name, policy);
  }
  return { file, names, policies, sets, imported, damaged: isLacking || file.tree.damaged };
}
