import { createDiagnostic, type Report } from "../diagnostics/diagnostic.js";
import type { Item, SettingNode } from "../syntax/ast.js";
import { NONE, STAR } from "../syntax/vocabulary.js";

/** What a setting lists: everything, or some items, perhaps none. */
export type List =
  | { readonly kind: "star"; readonly star: Item; readonly others: readonly Item[] }
  | { readonly kind: "items"; readonly items: readonly Item[] };

/** Reads the list of a setting. Reports an empty one, and `none` beside other items; a setting left out lists nothing. */
export function readList(setting: SettingNode | undefined, name: string, report: Report): List {
  if (!setting) return { kind: "items", items: [] };
  const { items, key } = setting;
  if (items.length === 0 && !setting.damaged) report(createDiagnostic("empty-list", key.span, { name }));
  const none = items.find(({ text }) => text === NONE);
  if (none && items.length > 1) {
    const problem = `\`none\` in \`${name}\` means that nothing is listed; write it alone, or leave it out`;
    report(createDiagnostic("invalid-value", none.span, { problem }));
  }
  const star = items.find(({ text }) => text === STAR);
  const others = items.filter(({ text }) => text !== NONE && text !== STAR);
  return star ? { kind: "star", star, others } : { kind: "items", items: others };
}

/** Reports items beside a `*`. */
export function checkStarAlone(list: List, name: string, report: Report): void {
  if (list.kind === "star" && list.others.length > 0) {
    report(createDiagnostic("star-with-others", list.star.span, { name }));
  }
}
