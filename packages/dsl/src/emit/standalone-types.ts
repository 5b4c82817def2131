/** A type, or a constant that is a number, as types are made of one; with the comment above it. */
const DECLARATION = /^(?:\/\*\*(?:(?!\*\/).)*\*\/\n)?(?:export )?(?:interface|type|const(?= \w+ = \d+;)) (\w+)/s;

/** What a source declares, by name. */
function readDeclarations(source: string): (readonly [name: string, text: string])[] {
  // In a formatted source, a line that begins with a letter or a comment begins a statement, unless it is behind the
  // statement's own comment.
  return source.split(/(?<!\*\/)\n(?=[\w/])/).flatMap((statement) => {
    const name = DECLARATION.exec(statement)?.[1];
    const text = statement
      .trimEnd()
      .replace(/^export /m, "")
      .replace(/^const /m, "declare const ");
    return name === undefined ? [] : [[name, text]];
  });
}

function readWords(text: string): string[] {
  return text.replace(/\/\*\*.*?\*\//gs, "").match(/\w+/g) ?? [];
}

/**
 * Writes a type, with all that it is made of, as a text that imports and exports nothing.
 *
 * It is taken from the sources that declare it, and not written here once more: what adapters expect of a policy is then
 * what the declarations say, also when it changes. From the sources, as the compiler's own declarations of them may not
 * have been written yet when this is built or tested.
 *
 * @param type - The type's name.
 * @param sources - The texts of the files that it and its parts are declared in. A part has to be a type, or a constant
 * that is a number: the types of others are not written in a source.
 * @returns Statements of a declaration file, the type first.
 *
 * @example
 * ```ts
 * inlineType("B", ['import type { A } from "./a.js";\nexport type B = A;\n', "export type A = 1;\n"]);
 * // "type B = A;\n\ntype A = 1;"
 * ```
 */
export function inlineType(type: string, sources: readonly string[]): string {
  const declarations = new Map(sources.flatMap(readDeclarations));
  // A set is walked in the order in which it grows, also while it does.
  const reached = new Set([type]);
  for (const name of reached) {
    for (const word of readWords(declarations.get(name) ?? "")) {
      if (declarations.has(word)) reached.add(word);
    }
  }
  return [...reached].map((name) => declarations.get(name) ?? "").join("\n\n");
}
