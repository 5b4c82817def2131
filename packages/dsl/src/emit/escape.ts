/** A string literal of JavaScript, in double quotes. Every character that is not plain ASCII is escaped. */
export function toStringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/**
 * Where a module is put into a page, these end the script or change how its end is found, within comments too (HTML
 * Standard, "Restrictions for contents of script elements").
 */
function escapeMarkup(text: string): string {
  return text.replace(/<(?=!--|\/?script)/gi, "<\\");
}

/** A text that stays within one line of a `//` comment: file names may have line ends in them. */
export function toLineCommentText(text: string): string {
  return escapeMarkup(toStringLiteral(text).slice(1, -1).replaceAll('\\"', '"'));
}

/** A documentation comment; `null` for no lines. A `*` and `/` side by side would end it. */
export function toDocumentationComment(lines: readonly string[]): string | null {
  const escaped = lines.map((line) => escapeMarkup(line.replaceAll("*/", "*\\/")));
  const [first] = escaped;
  if (first === undefined) return null;
  // On one line with its start, `@ts-ignore` would be an order to TypeScript.
  if (escaped.length === 1 && !first.trimStart().startsWith("@")) return `/** ${first} */`;
  return ["/**", ...escaped.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}
