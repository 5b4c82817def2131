import { isForbiddenRequestHeader } from "@corslang/runtime/testing";
import { replaceFix } from "../diagnostics/diagnostic.js";
import type { ResolvedItem, ResolvedSetting } from "../resolve/resolved-policy.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { type CheckContext, reportItem } from "./context.js";
import { checkRepeated, checkStarAlone, readList } from "./list.js";
import { removeItemFix } from "./remove-item.js";
import { isToken, unwrap } from "./token.js";

const METHOD_OVERRIDE_HEADERS = ["x-http-method", "x-http-method-override", "x-method-override"];

/**
 * Scripts can't set these, so no preflight ever asks for them. Names that are forbidden for some values only
 * (X-HTTP-Method-Override and its kind) are not among them; all of CORS's own headers are, those of responses because
 * they are no request headers.
 */
function isForbidden(name: string): boolean {
  return isForbiddenRequestHeader([name, ""]) || name.startsWith("access-control-");
}

function hintFor(name: string, isResponseHeader: boolean): string {
  if (name === "cookie") return "did you mean `credentials true`?";
  return isResponseHeader ? "remove it here, and where a script sets it" : "remove it";
}

/** Reports a text that is no header name. */
export function checkHeaderName(item: ResolvedItem, context: CheckContext): boolean {
  const { text: header, span } = item;
  if (isToken(header)) return true;
  const fix = isToken(unwrap(header)) ? replaceFix(span, unwrap(header)) : null;
  reportItem(context, "header-syntax", item, { header }, { fix });
  return false;
}

/** Warns of names that are repeated, in any case. */
export function checkRepeatedHeaders(items: readonly ResolvedItem[], context: CheckContext): void {
  checkRepeated(
    items,
    context,
    ({ text }) => text.toLowerCase(),
    (item, first) => {
      const related = [{ span: first.span, message: "it is first listed here" }];
      reportItem(context, "header-redundant", item, { header: item.text }, { related, fix: removeItemFix(item) });
    },
  );
}

function checkHeader(item: ResolvedItem, hasMethodList: boolean, context: CheckContext): void {
  const { text: header } = item;
  const name = header.toLowerCase();
  if (!checkHeaderName(item, context)) return;
  // Who lists Cookie wants credentials: removing it would remove what was meant.
  const fix = name === "cookie" ? null : removeItemFix(item);
  if (isForbidden(name)) {
    const isResponseHeader = !isForbiddenRequestHeader([name, ""]);
    const hint = hintFor(name, isResponseHeader);
    reportItem(context, "header-forbidden", item, { header, hint, isResponseHeader }, { fix });
  } else if (hasMethodList && METHOD_OVERRIDE_HEADERS.includes(name)) {
    reportItem(context, "method-override-header", item, { header }, { fix });
  }
}

/** Checks which request headers. */
export function checkHeaders(
  setting: ResolvedSetting | undefined,
  credentials: boolean,
  methods: CheckedPolicy["methods"],
  context: CheckContext,
): CheckedPolicy["headers"] {
  const list = readList(setting, "headers", context);
  const items = list.kind === "star" ? list.others : list.items;
  for (const item of items) checkHeader(item, methods !== "*", context);
  checkRepeatedHeaders(items, context);
  if (list.kind === "items") return items.map(({ text }) => text);
  const others = items.filter(({ text }) => text.toLowerCase() !== "authorization");
  if (others.length > 0) {
    checkStarAlone({ ...list, others }, "headers", context);
  } else if (items.length === 0 && !credentials) {
    reportItem(context, "authorization-unclear", list.star, null, {
      fix: replaceFix(list.star.span, "*, Authorization"),
    });
  }
  return "*";
}
