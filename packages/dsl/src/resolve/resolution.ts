import type { Report } from "../diagnostics/diagnostic.js";
import type { LoadedFile } from "../program/load.js";
import type { Declaration, Scope } from "./scope.js";

/** What names are resolved with. */
export interface Resolution {
  readonly scopes: ReadonlyMap<LoadedFile, Scope>;
  readonly report: Report;
  /** Called for every declaration that something uses, with the file that uses it. */
  readonly onUse: (declaration: Declaration, user: LoadedFile) => void;
  /** The cycles that have been reported: each is met again from every place in it. */
  readonly cycles: Set<string>;
}

/** A cycle in words, from any place in it to the same place; `null` when it has been told already. */
export function takeCycle(chain: readonly Declaration[], again: Declaration, { cycles }: Resolution): string | null {
  const members = chain.slice(chain.indexOf(again));
  const key = members
    .map(({ file, kind, name }) => `${kind} ${name} ${file.path}`)
    .sort()
    .join("\n");
  if (cycles.has(key)) return null;
  cycles.add(key);
  return [...members, again].map(({ name }) => name).join(" → ");
}

/** The scope of a file. */
export function scopeOf(file: LoadedFile, { scopes }: Resolution): Scope {
  const scope = scopes.get(file);
  if (!scope) throw new Error(`${file.path} has no scope: its program has not been resolved`);
  return scope;
}

/** `, imported from shared.cors`, or nothing for what the file declares itself. */
export function importedFrom(declaration: Declaration, user: LoadedFile): string {
  return declaration.file === user ? "" : `, imported from ${declaration.file.tree.file.name}`;
}
