import { createDiagnostic, type ProposedFix, type Report } from "../diagnostics/diagnostic.js";
import { behind, type Span } from "../text/span.js";
import type { Item } from "./ast.js";
import type { TokenElement } from "./elements.js";
import { UNSAFE } from "./vocabulary.js";

/** Where items stand, which decides what may separate them. */
export type ItemsPlace =
  /** On the line of a setting whose value is a list. */
  | "line"
  /** On the line of a setting that takes one value: several are an error of that setting, not a missing comma. */
  | "value"
  /** Between `[` and `]`. */
  | "list"
  /** The same, of a setting that takes one value. */
  | "value-list";

function removeFix(span: Span, what: string): ProposedFix {
  return { title: `remove ${what}`, edits: [{ span, text: "" }] };
}

function reportComma(comma: Span, isInList: boolean, isLast: boolean, report: Report): void {
  const problem =
    isLast && !isInList
      ? "there is nothing behind this comma; a list goes on in the next line only between `[` and `]`"
      : "there is no item before this comma; remove it";
  report(createDiagnostic("syntax", comma, { problem }, { fix: removeFix(comma, "the comma") }));
}

/**
 * Reads items and what separates them. Reports commas without an item, items without a comma, and `unsafe` without
 * anything behind it; gives back all items in any case.
 */
export function readItems(elements: readonly TokenElement[], place: ItemsPlace, report: Report): Item[] {
  const isInList = place === "list" || place === "value-list";
  const takesSeveral = place === "line" || place === "list";
  const items: Item[] = [];
  let unsafe: TokenElement | null = null;
  /** What came since the last separator. */
  let previous: Item | null = null;
  let lastComma: Span | null = null;

  /** Gives back whether there was an `unsafe` with nothing behind it. */
  const endUnsafe = (): boolean => {
    if (!unsafe) return false;
    const problem =
      "`unsafe` accepts the danger of the item behind it, and there is none; write the item, or remove it";
    report(createDiagnostic("syntax", unsafe.span, { problem }));
    unsafe = null;
    return true;
  };

  for (const element of elements) {
    const { kind, span, text } = element;
    if (kind === "bracket") {
      const problem = `\`${text}\` can't stand here; items are written one by one, and lists are not nested`;
      report(createDiagnostic("syntax", span, { problem }, { fix: removeFix(span, `\`${text}\``) }));
    } else if (kind === "line-end") {
      endUnsafe();
      previous = null;
      lastComma = null;
    } else if (kind === "comma") {
      const stood = endUnsafe();
      if (previous || stood) lastComma = span;
      else reportComma(span, isInList, false, report);
      previous = null;
    } else if (text === UNSAFE) {
      if (unsafe) {
        const fix = removeFix(span, "the second `unsafe`");
        report(createDiagnostic("syntax", span, { problem: "one `unsafe` is enough; remove this one" }, { fix }));
      }
      unsafe = element;
    } else {
      if (previous && takesSeveral) {
        const fix = { title: "write a comma between them", edits: [{ span: behind(previous.span), text: "," }] };
        report(createDiagnostic("missing-comma", unsafe?.span ?? span, { item: text }, { fix }));
      }
      previous = { text, span, unsafe: unsafe?.span ?? null };
      unsafe = null;
      lastComma = null;
      items.push(previous);
    }
  }
  endUnsafe();
  // Between brackets a comma may follow the last item.
  if (lastComma && !isInList && items.length > 0) reportComma(lastComma, isInList, true, report);
  return items;
}
