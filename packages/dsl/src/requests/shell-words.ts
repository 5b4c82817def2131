/*
 * Words of a command line as developer tools copy it: for POSIX shells, with $'…' of bash, and for cmd of Windows. Nothing
 * is expanded or run.
 */

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** An escape of $'…'. */
const ANSI_C_ESCAPE = /\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g;

function unescapeAnsiC(text: string): string {
  return text.replace(ANSI_C_ESCAPE, (whole, u?: string, U?: string, x?: string, octal?: string, simple?: string) => {
    const hex = u ?? U ?? x;
    const code = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : null;
    if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return SIMPLE_ESCAPES[simple ?? ""] ?? simple ?? "";
  });
}

/** A piece of a word: escaped, in quotes, or plain. A quote that is not closed goes on to the end. */
const POSIX_PIECE =
  /\$'((?:[^'\\]|\\[\s\S])*)(?:'|$)|'([^']*)(?:'|$)|"((?:[^"\\]|\\[\s\S])*)(?:"|$)|\\([\s\S])|([^\s'"\\$]+|\$)|(\s+)/g;

function splitPosix(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const [, ansiC, single, double, escaped, plain, space] of line.replace(/\\\r?\n/g, " ").matchAll(POSIX_PIECE)) {
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    const unquoted = ansiC !== undefined ? unescapeAnsiC(ansiC) : double?.replace(/\\([$`"\\\n])/g, "$1");
    word = `${word ?? ""}${unquoted ?? single ?? escaped ?? plain ?? ""}`;
  }
  return word === null ? words : [...words, word];
}

const WINDOWS_PIECE = /"((?:[^"\\]|\\[\s\S])*)(?:"|$)|([^\s"]+)|(\s+)/g;

function splitWindows(line: string): readonly string[] {
  // A caret takes the meaning from what follows, a line end included; an empty line behind it is a line end that is meant.
  const plain = line.includes('^"')
    ? line
        .replace(/\^\r?\n\r?\n/g, "\n")
        .replace(/\^(\r?\n|[\s\S])/g, (_, next: string) => (/\n/.test(next) ? " " : next))
    : line.replace(/\^[ \t]*\r?\n/g, " ");
  const words: string[] = [];
  let word: string | null = null;
  for (const [, quoted, bare, space] of plain.matchAll(WINDOWS_PIECE)) {
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word = `${word ?? ""}${quoted?.replace(/\\(["\\])/g, "$1") ?? bare ?? ""}`;
  }
  return word === null ? words : [...words, word];
}

/** Whether a command is one for cmd: a caret stands before its first quote, or, without single quotes, at a line's end. */
function isForCmd(line: string): boolean {
  const [quote = ""] = /\^?["']/.exec(line) ?? [];
  return quote === '^"' || (quote !== "'" && /\^[ \t]*\r?\n/.test(line));
}

/**
 * Splits a copied command into its words.
 *
 * @example
 * ```ts
 * splitCommand("curl 'https://api.example.com/' -H $'X-Name: J\\u00f8rn'"); // ["curl", "https://api.example.com/", "-H", "X-Name: Jørn"]
 * splitCommand('curl ^"https://api.example.com/^" ^\n -X ^"PUT^"');         // ["curl", "https://api.example.com/", "-X", "PUT"]
 * ```
 */
export function splitCommand(line: string): readonly string[] {
  return isForCmd(line) ? splitWindows(line) : splitPosix(line);
}
