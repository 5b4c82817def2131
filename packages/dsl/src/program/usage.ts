import type { Declaration } from "../resolve/scope.js";
import type { ImportedName, SetNode } from "../syntax/ast.js";
import type { Span } from "../text/span.js";

/**
 * What the files of a run use of each other. Sets and names are known by their nodes, which all programs of a run share,
 * as each file is parsed once.
 */
export interface Usage {
  readonly sets: Set<SetNode>;
  readonly importedNames: Set<ImportedName>;
  /** The words `unsafe` that accept a danger in some policy. */
  readonly dangers: Set<Span>;
}

/** Nothing is used so far. */
export function createUsage(): Usage {
  return { sets: new Set(), importedNames: new Set(), dangers: new Set() };
}

/** Notes that a declaration is used. */
export function noteUse(usage: Usage, declaration: Declaration): void {
  if (declaration.kind === "set") usage.sets.add(declaration.node);
}
