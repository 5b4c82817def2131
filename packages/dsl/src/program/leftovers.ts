import { createDiagnostic, type ProposedFix, type Report } from "../diagnostics/diagnostic.js";
import type { FileNode, Item, SettingNode } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import type { LoadedFile } from "./load.js";
import type { Usage } from "./usage.js";

function settingsOf({ settings, whens }: Pick<FileNode, "settings" | "whens">): SettingNode[] {
  return [...settings, ...whens.flatMap((when) => when.settings)];
}

/** From the word `unsafe` to before its item. */
function removeUnsafe(unsafe: Span, { span }: Item): ProposedFix {
  return { title: "remove `unsafe`", edits: [{ span: { ...unsafe, end: span.start }, text: "" }] };
}

function checkUnsafe(tree: FileNode, usage: Usage, report: Report): void {
  const settings = [tree, ...tree.policies].flatMap(settingsOf);
  for (const item of settings.flatMap(({ items }) => items)) {
    // Whether a set has unsafe items is said where it is used.
    if (!item.unsafe || item.text.startsWith("@") || usage.dangers.has(item.unsafe)) continue;
    const fix = removeUnsafe(item.unsafe, item);
    report(createDiagnostic("unneeded-unsafe", item.unsafe, { item: item.text }, { fix }));
  }
}

/** A file of sets alone is there to be imported; in one with policies a set that nothing uses is forgotten. */
function checkSets(file: LoadedFile, importedFiles: ReadonlySet<string>, usage: Usage, report: Report): void {
  const { tree } = file;
  const hasPolicies = tree.policies.length > 0 || tree.settings.length > 0;
  if (!hasPolicies || importedFiles.has(file.path)) return;
  for (const set of tree.sets) {
    if (set.name && !usage.sets.has(set)) {
      report(createDiagnostic("unused-set", set.name.span, { set: set.name.text }));
    }
  }
}

function checkImports({ tree }: LoadedFile, usage: Usage, report: Report): void {
  for (const imported of tree.imports.flatMap(({ names }) => names)) {
    const { text, span } = imported.alias ?? imported.name;
    if (!usage.importedNames.has(imported)) report(createDiagnostic("unused-import", span, { name: text }));
  }
}

/** Warns of what nothing needs. What other files of the run use has been noted by then. */
export function checkLeftovers(
  file: LoadedFile,
  importedFiles: ReadonlySet<string>,
  usage: Usage,
  report: Report,
): void {
  checkUnsafe(file.tree, usage, report);
  checkSets(file, importedFiles, usage, report);
  checkImports(file, usage, report);
}
