import type { Span } from "../text/span.js";
import type { Word } from "./ast.js";
import type { Element, TokenElement } from "./elements.js";
import { isAtom, type Reading, reportSyntax } from "./reading.js";

const NAME = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/;

/** What a text has to be for that, as diagnostics say it. */
export const NAME_RULE = "a name is letters, digits and single hyphens, and begins with a letter";

/** Whether a text can be a name. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Reads a word that has to be a name; reports one that is none. */
export function readNameWord({ text, span }: TokenElement, reading: Reading): Word | null {
  if (isName(text)) return { text, span };
  const suggestion = text.replace(/[-_.]+/g, "-");
  reportSyntax(reading, span, NAME_RULE, isName(suggestion) ? suggestion : undefined);
  return null;
}

/** Reads the name behind a head; reports a missing one at the head. */
export function readName(element: Element | undefined, head: Span, missing: string, reading: Reading): Word | null {
  if (isAtom(element)) return readNameWord(element, reading);
  reportSyntax(reading, head, missing);
  return null;
}
