import { createDiagnostic } from "../diagnostics/diagnostic.js";
import { before, joinSpans } from "../text/span.js";
import type { ImportedName, ImportNode, Word } from "./ast.js";
import type { Element, TokenElement } from "./elements.js";
import { readNameWord } from "./names.js";
import { isAtom, isWord, type Reading, reportSyntax } from "./reading.js";

/** Where the path ends: at the word that ends with a quote. */
export function endOfImport(elements: readonly Element[]): number {
  const start = elements.findIndex((element) => isAtom(element) && element.text.startsWith('"'));
  if (start < 0) return elements.length;
  const end = elements.findIndex((element, index) => index >= start && isAtom(element) && /.".?$/.test(element.text));
  if (end < 0) return elements.length;
  // `from` behind the path: the two have been swapped, which is reported once.
  return isWord(elements[end + 1], "from") ? end + 2 : end + 1;
}

/** Reads the path: what stands between quotes, which may have white space in it. */
function readPath(head: TokenElement, elements: readonly Element[], reading: Reading): Word | null {
  const [first] = elements;
  const last = elements.at(-1);
  if (!first || !last) {
    reportSyntax(reading, head.span, 'an import says from where; write `from "./shared.cors"` behind its names');
    return null;
  }
  const span = joinSpans(first.span, last.span);
  const written = span.file.text.slice(span.start, span.end);
  const [, path] = /^"([^"\r\n]+)"$/.exec(written) ?? [];
  if (path !== undefined) return { text: path, span };
  const unquoted = written.replace(/["'`]/g, "");
  const isOne = elements.length === 1 && unquoted !== "";
  reportSyntax(
    reading,
    span,
    'a path stands between quotes, as in `"./shared.cors"`',
    isOne ? `"${unquoted}"` : undefined,
  );
  return null;
}

/** Reads `NAME` or `NAME as ALIAS`. */
function readImportedName(elements: readonly Element[], reading: Reading): ImportedName | null {
  const [first, as, second, extra] = elements;
  const wrong = !isAtom(first) ? first : as && !isWord(as, "as") ? as : extra;
  if (wrong || !isAtom(first)) {
    if (wrong)
      reportSyntax(reading, wrong.span, "names of an import are separated by commas, as in `import one, two as other`");
    return null;
  }
  const name = readNameWord(first, reading);
  if (!as) return name && { name, alias: null };
  if (!isAtom(second)) {
    reportSyntax(reading, as.span, "behind `as` comes the name to use here");
    return null;
  }
  const alias = readNameWord(second, reading);
  return name && alias && { name, alias };
}

function textOf(element: Element | undefined): string {
  return isAtom(element) ? element.text : "";
}

function readNames(head: TokenElement, elements: readonly Element[], reading: Reading): ImportedName[] {
  const names: ImportedName[] = [];
  let current: Element[] = [];
  const end = (): void => {
    const name = readImportedName(current, reading);
    if (name) names.push(name);
    current = [];
  };
  if (elements.length === 0) {
    reportSyntax(reading, head.span, 'an import names what it takes, as in `import base from "./shared.cors"`');
  }
  for (const element of elements) {
    if (element.kind !== "comma") current.push(element);
    else if (current.length === 0)
      reportSyntax(reading, element.span, "there is no name before this comma; remove it", "");
    else end();
  }
  if (current.length > 0) end();
  const last = elements.at(-1);
  if (last?.kind === "comma" && names.length > 0) {
    reportSyntax(reading, last.span, "there is no name behind this comma; remove it", "");
  }
  return names;
}

/** Reads `import NAME, NAME as ALIAS from "PATH"`; the elements are those behind `import`. */
export function readImport(head: TokenElement, elements: readonly Element[], reading: Reading): ImportNode {
  const span = joinSpans(head.span, elements.at(-1)?.span ?? head.span);
  const from = elements.findIndex((element) => isWord(element, "from"));
  const isSwapped = from > 0 && from === elements.length - 1 && /".$|^"/.test(textOf(elements[from - 1]));
  if (from >= 0 && !isSwapped) {
    const names = readNames(head, elements.slice(0, from), reading);
    const last = elements[from];
    const path = readPath(isAtom(last) ? last : head, elements.slice(from + 1), reading);
    return { names, path, span };
  }
  const quoted = elements.findIndex((element) => isAtom(element) && element.text.startsWith('"'));
  const string = elements[quoted];
  const names = readNames(head, string ? elements.slice(0, quoted) : elements, reading);
  if (!string) {
    const last = elements.findLast(isAtom) ?? head;
    return { names, path: readPath(last, [], reading), span };
  }
  const fix = { title: "write `from`", edits: [{ span: before(string.span), text: "from " }] };
  const problem = "before the path of an import stands `from`";
  reading.report(createDiagnostic("syntax", string.span, { problem }, { fix }));
  return { names, path: readPath(head, elements.slice(quoted, isSwapped ? from : undefined), reading), span };
}
