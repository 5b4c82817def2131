const LONGEST_QUOTE = 100;

/**
 * Quotes a text of any kind in a sentence: short, on one line, and with everything but ASCII written out, since it may
 * hold line ends, escape sequences for a terminal, or half of a character.
 */
export function quote(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return JSON.stringify(shown).replace(
    /[^\x20-\x7E…]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
