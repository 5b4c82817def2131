import type { ProposedFix } from "../diagnostics/diagnostic.js";
import type { ResolvedItem } from "../resolve/resolved-policy.js";
import type { Span } from "../text/span.js";

/** How far an item reaches with what separates it from the others; `null` where it is the only one on its line. */
function reachOf({ file, start, end }: Span): Span | null {
  const { text } = file;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newLine = text.indexOf("\n", end);
  const lineEnd = newLine < 0 ? text.length : newLine + 1;
  const before = text.slice(lineStart, start);
  const after = text.slice(end, lineEnd);
  // Alone on a line of a list: the line goes, with its comma and its comment.
  if (/^[ \t]*$/.test(before) && /^[ \t]*,?[ \t]*(?:#.*)?\r?\n?$/.test(after))
    return { file, start: lineStart, end: lineEnd };
  const separator = /^[ \t]*,[ \t]*(?=[^ \t#\r\n\]])/.exec(after);
  if (separator) return { file, start, end: end + separator[0].length };
  const comma = /[ \t]*,[ \t]*$/.exec(before);
  return comma ? { file, start: start - comma[0].length, end } : null;
}

/** A fix that removes an item from its list; `null` where nothing would be left of it. */
export function removeItemFix({ text, span, unsafe }: ResolvedItem): ProposedFix | null {
  const reach = reachOf({ ...span, start: unsafe?.start ?? span.start });
  return reach && { title: `remove \`${text}\``, edits: [{ span: reach, text: "" }] };
}
