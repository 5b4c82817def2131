import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import { behind, type Span } from "../text/span.js";
import type { BlockElement, Element, ListElement, Statement, TokenElement } from "./elements.js";

/** What statements are read with. */
export interface Reading {
  readonly report: Report;
  /** How many problems there have been so far. */
  readonly count: () => number;
  /** The comment lines directly above an offset. */
  readonly documentationAbove: (offset: number) => readonly string[];
}

/** Whether an element is neither list nor block. */
export function isToken(element: Element): element is TokenElement {
  return element.kind !== "list" && element.kind !== "block";
}

/** Whether an element is a word. */
export function isAtom(element: Element | undefined): element is TokenElement {
  return element?.kind === "atom";
}

/** Whether an element is this word. */
export function isWord(element: Element | undefined, word: string): element is TokenElement {
  return isAtom(element) && element.text === word;
}

/** The first index from `from` on that fits, or the statement's length. */
export function indexFrom(statement: Statement, from: number, fits: (element: Element) => boolean): number {
  for (let index = from; index < statement.length; index++) {
    const element = statement[index];
    if (element && fits(element)) return index;
  }
  return statement.length;
}

/** Reports something that can't be read. With a replacement there is a fix; an empty one removes the place. */
export function reportSyntax({ report }: Reading, span: Span, problem: string, replacement?: string): void {
  const remove = { title: "remove it", edits: [{ span, text: "" }] };
  const fix = replacement === undefined ? null : replacement === "" ? remove : replaceFix(span, replacement);
  report(createDiagnostic("syntax", span, { problem }, { fix }));
}

/** Reports what has no closer, at the end of its last element, where the closer belongs. */
export function reportUnclosed(element: ListElement | BlockElement, reading: Reading): void {
  const isList = element.kind === "list";
  const closer = isList ? "]" : "}";
  const severalLines = !isList || element.elements.some(({ kind }) => kind === "line-end");
  const edit = { span: behind(element.span), text: severalLines ? `\n${closer}` : closer };
  const fix = { title: `write \`${closer}\``, edits: [edit] };
  const { end } = element.span;
  const last = isList ? element.elements.findLast(({ kind }) => kind !== "line-end") : undefined;
  const span = last?.span ?? { ...element.span, start: end - 1 };
  const related = [{ span: element.opening, message: "it begins here" }];
  reading.report(createDiagnostic(isList ? "unclosed-list" : "unclosed-block", span, null, { fix, related }));
}
