/** A string literal of JavaScript, in double quotes. Every character that is not plain ASCII is escaped. */
export function toStringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** A text that stays within one line of a `//` comment: file names may have line ends in them. */
export function toLineCommentText(text: string): string {
  return toStringLiteral(text).slice(1, -1).replaceAll('\\"', '"');
}

/** A documentation comment; `null` for no lines. A `*` and `/` side by side would end it. */
export function toDocumentationComment(lines: readonly string[]): string | null {
  if (lines.length === 0) return null;
  const escaped = lines.map((line) => line.replaceAll("*/", "*\\/"));
  if (escaped.length === 1) return `/** ${escaped[0]} */`;
  return ["/**", ...escaped.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}
