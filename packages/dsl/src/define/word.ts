import { isReference } from "../resolve/sets.js";
import { lex } from "../syntax/lex.js";
import { Atom, LONGEST_ATOM } from "../syntax/tokens.js";
import { UNSAFE } from "../syntax/vocabulary.js";
import { quote } from "./quote.js";

/** Whether a text, alone on a line of a file, is one word there, and this very one. */
function isOneWord(text: string): boolean {
  const [word] = lex(` ${text}\n`).tokens;
  return word?.tokenType === Atom && word.image === text;
}

/**
 * Why a text can't be an item; `null` when it can. A definition is checked as text of the language, where an item of more
 * than one word could bring in other items, a comment, or a setting.
 */
export function findWordProblem(text: string): string | null {
  if (text.length > LONGEST_ATOM)
    return `${quote(text)} has more than ${LONGEST_ATOM} characters; write a shorter text`;
  // Mostly what `split(",")` makes of an empty variable of the environment.
  if (text.trim() === "") return `${quote(text)} is empty; leave it out`;
  if (text === UNSAFE) return "`unsafe` is no item; write `{ unsafe: … }` around the origin whose danger is accepted";
  if (isReference({ text })) {
    return `${quote(text)} would be a set, which only files have; spread a list instead, as in \`[...partners]\``;
  }
  if (isOneWord(text)) return null;
  return `${quote(text)} is not one item; write each as a text of its own, without white space, commas, braces, brackets, or \`#\` at its start`;
}
