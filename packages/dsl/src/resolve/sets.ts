import { createDiagnostic, type Related, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import type { LoadedFile } from "../program/load.js";
import type { Item } from "../syntax/ast.js";
import { NONE, STAR } from "../syntax/vocabulary.js";
import { before } from "../text/span.js";
import { importedFrom, type Resolution, scopeOf, takeCycle } from "./resolution.js";
import type { ResolvedItem } from "./resolved-policy.js";
import type { SetDeclaration } from "./scope.js";

/** What a set lists: origins, or names of methods or headers. */
export type SetKind = "origins" | "names";

const KIND_WORDS: Readonly<Record<SetKind, string>> = { origins: "origins", names: "methods or headers" };

const REFERENCE = "@";

/** Whether an item stands for a set. */
export function isReference({ text }: Pick<Item, "text">): boolean {
  return text.startsWith(REFERENCE);
}

/** An origin has a scheme, a port, a dot or a path; no name of a method or header is likely to have one of these. */
function kindOfItem(text: string): SetKind {
  return text === "null" || /[:./]/.test(text) ? "origins" : "names";
}

/** `*` and `none` are said of a whole list, and so in a policy alone. */
function isOutOfPlace({ text }: Item): boolean {
  return text === STAR || text === NONE;
}

/** The set that a reference stands for; reports when there is none. */
function findSet({ text, span }: Item, file: LoadedFile, resolution: Resolution): SetDeclaration | null {
  const name = text.slice(REFERENCE.length);
  const scope = scopeOf(file, resolution);
  const declaration = scope.names.get(name);
  if (declaration?.kind === "set") {
    resolution.onUse(declaration, file);
    return declaration;
  }
  if (declaration) {
    const problem = `\`${name}\` is a policy, and only sets can be items`;
    resolution.report(createDiagnostic("set-kind", span, { problem }));
  } else if (!scope.damaged && !scope.imported.has(name)) {
    const sets = [...scope.names].filter(([, { kind }]) => kind === "set").map(([known]) => known);
    const suggestion = findNearest(name, sets);
    const fix = suggestion === null ? null : replaceFix(span, `${REFERENCE}${suggestion}`);
    resolution.report(createDiagnostic("unknown-name", span, { kind: "set", name, suggestion }, { fix }));
  }
  return null;
}

/** The kind of the first item that has one; `null` for a set that lists nothing. */
export function kindOfSet(
  set: SetDeclaration,
  resolution: Resolution,
  stack: readonly SetDeclaration[] = [],
): SetKind | null {
  for (const item of set.node.items) {
    if (isOutOfPlace(item)) continue;
    if (!isReference(item)) return kindOfItem(item.text);
    const inner = scopeOf(set.file, resolution).names.get(item.text.slice(REFERENCE.length));
    if (inner?.kind !== "set" || stack.includes(inner)) continue;
    const kind = kindOfSet(inner, resolution, [...stack, set]);
    if (kind) return kind;
  }
  return null;
}

function hasUnsafe(set: SetDeclaration, resolution: Resolution, stack: readonly SetDeclaration[] = []): boolean {
  return set.node.items.some((item) => {
    if (!isReference(item)) return item.unsafe !== null;
    const inner = scopeOf(set.file, resolution).names.get(item.text.slice(REFERENCE.length));
    return inner?.kind === "set" && !stack.includes(inner) && hasUnsafe(inner, resolution, [...stack, set]);
  });
}

/** A set from elsewhere with unsafe items is used as `unsafe @set`: a reviewer sees it in the policy. */
function checkUnsafe(item: Item, set: SetDeclaration, file: LoadedFile, resolution: Resolution): void {
  if (set.file === file || item.unsafe || !hasUnsafe(set, resolution)) return;
  const name = item.text.slice(REFERENCE.length);
  const fix = { title: `write \`unsafe ${item.text}\``, edits: [{ span: before(item.span), text: "unsafe " }] };
  const related = set.node.items.flatMap(({ unsafe }) =>
    unsafe ? [{ span: unsafe, message: "it is unsafe here" }] : [],
  );
  resolution.report(createDiagnostic("unsafe-set", item.span, { set: name }, { fix, related: related.slice(0, 1) }));
}

interface Expansion {
  readonly file: LoadedFile;
  readonly kind: SetKind;
  readonly trail: readonly Related[];
  readonly stack: readonly SetDeclaration[];
}

function expandReference(item: Item, expansion: Expansion, resolution: Resolution): ResolvedItem[] {
  const { file, kind, trail, stack } = expansion;
  const set = findSet(item, file, resolution);
  if (!set) return [];
  if (stack.includes(set)) {
    const cycle = takeCycle(stack, set, resolution);
    if (cycle !== null) resolution.report(createDiagnostic("set-cycle", item.span, { cycle }));
    return [];
  }
  checkUnsafe(item, set, file, resolution);
  const setKind = kindOfSet(set, resolution);
  if (setKind !== null && setKind !== kind) {
    const problem = `\`${item.text}\` lists ${KIND_WORDS[setKind]}, and here stand ${KIND_WORDS[kind]}`;
    const related = [{ span: set.node.name?.span ?? set.node.span, message: "the set is declared here" }];
    resolution.report(createDiagnostic("set-kind", item.span, { problem }, { related }));
    return [];
  }
  const step = { span: item.span, message: `through \`${item.text}\`${importedFrom(set, file)}` };
  // What does not belong into the set is reported there.
  const items = set.node.items.filter(
    (inner) => isReference(inner) || (!isOutOfPlace(inner) && kindOfItem(inner.text) === kind),
  );
  return expandItems(items, { file: set.file, kind, trail: [...trail, step], stack: [...stack, set] }, resolution);
}

/** Takes items out of sets. Reports sets that are not there, contain themselves, or list something else. */
export function expandItems(items: readonly Item[], expansion: Expansion, resolution: Resolution): ResolvedItem[] {
  return items.flatMap((item) =>
    isReference(item)
      ? expandReference(item, expansion, resolution)
      : [{ text: item.text, span: item.span, unsafe: item.unsafe, trail: expansion.trail }],
  );
}

/** Checks what a set lists, whether or not it is used: all of one kind, and neither `*` nor `none`. */
export function checkSet(set: SetDeclaration, resolution: Resolution): ResolvedItem[] {
  const { items, name, damaged, span } = set.node;
  const kind = kindOfSet(set, resolution);
  if (items.length === 0 && !damaged)
    resolution.report(createDiagnostic("empty-list", name?.span ?? span, { name: set.name, isSet: true }));
  const kept = items.filter((item) => {
    const isWord = isOutOfPlace(item);
    const isOther = !isReference(item) && !isWord && kindOfItem(item.text) !== kind;
    if (isWord) {
      const problem = `\`${item.text}\` can't be in a set; write it in the policy`;
      resolution.report(createDiagnostic("set-kind", item.span, { problem }));
    } else if (isOther && kind) {
      const problem = `\`${item.text}\` is not one of ${KIND_WORDS[kind]}, as the items before it are; make two sets`;
      resolution.report(createDiagnostic("set-kind", item.span, { problem }));
    }
    return !isWord && !isOther;
  });
  // Without a kind it has nothing but sets, which may contain each other.
  return expandItems(kept, { file: set.file, kind: kind ?? "names", trail: [], stack: [set] }, resolution);
}
