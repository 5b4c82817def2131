import type { ResolvedItem, ResolvedSetting } from "../resolve/resolved-policy.js";
import { NONE, STAR } from "../syntax/vocabulary.js";
import { type CheckContext, reportItem } from "./context.js";

/** What a setting lists: everything, or some items, perhaps none. */
export type List =
  | { readonly kind: "star"; readonly star: ResolvedItem; readonly others: readonly ResolvedItem[] }
  | { readonly kind: "items"; readonly items: readonly ResolvedItem[] };

/** Reads the list of a setting. Reports `none` beside other items; a setting left out lists nothing. */
export function readList(setting: ResolvedSetting | undefined, name: string, context: CheckContext): List {
  const items = setting?.items ?? [];
  const none = items.find(({ text }) => text === NONE);
  if (none && items.length > 1) {
    const problem = `\`none\` in \`${name}\` means that nothing is listed; write it alone, or leave it out`;
    reportItem(context, "invalid-value", none, { problem });
  }
  const star = items.find(({ text }) => text === STAR);
  const others = items.filter(({ text }) => text !== NONE && text !== STAR);
  return star ? { kind: "star", star, others } : { kind: "items", items: others };
}

/** Reports items beside a `*`. */
export function checkStarAlone(list: List, name: string, context: CheckContext): void {
  if (list.kind === "items") return;
  const [other] = list.others;
  if (!other) return;
  const related = [{ span: other.span, message: "this has no effect" }];
  reportItem(context, "star-with-others", list.star, { name }, { related });
}

/** Reports items that are the same but for case, at the later one. */
export function checkRepeated(
  items: readonly ResolvedItem[],
  { known }: CheckContext,
  keyOf: (item: ResolvedItem) => string,
  onRepeated: (item: ResolvedItem, first: ResolvedItem) => void,
): void {
  const seen = new Map<string, ResolvedItem>();
  for (const item of items) {
    const first = seen.get(keyOf(item));
    if (!first) seen.set(keyOf(item), item);
    // What is repeated without a profile has been reported then.
    else if (!(known.has(item.span) && known.has(first.span))) onRepeated(item, first);
  }
}
