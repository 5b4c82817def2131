import { isForbiddenMethod } from "@corslang/runtime/testing";
import { replaceFix } from "../diagnostics/diagnostic.js";
import type { ResolvedItem, ResolvedSetting } from "../resolve/resolved-policy.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { type CheckContext, reportItem } from "./context.js";
import { checkRepeated, checkStarAlone, readList } from "./list.js";
import { removeItemFix } from "./remove-item.js";
import { isToken, unwrap } from "./token.js";

/** What the HTTP parser of Node 20 to 24 knows; it answers anything else with 400. */
const NODE_METHODS = new Set([
  "ACL",
  "BIND",
  "CHECKOUT",
  "COPY",
  "DELETE",
  "GET",
  "HEAD",
  "LINK",
  "LOCK",
  "M-SEARCH",
  "MERGE",
  "MKACTIVITY",
  "MKCALENDAR",
  "MKCOL",
  "MOVE",
  "NOTIFY",
  "OPTIONS",
  "PATCH",
  "POST",
  "PROPFIND",
  "PROPPATCH",
  "PURGE",
  "PUT",
  "QUERY",
  "REBIND",
  "REPORT",
  "SEARCH",
  "SOURCE",
  "SUBSCRIBE",
  "UNBIND",
  "UNLINK",
  "UNLOCK",
  "UNSUBSCRIBE",
]);

function checkMethod(item: ResolvedItem, context: CheckContext): void {
  const { text: method, span } = item;
  const upperCase = method.toUpperCase();
  if (!isToken(method)) {
    const fix = isToken(unwrap(method)) ? replaceFix(span, unwrap(method)) : null;
    reportItem(context, "method-syntax", item, { method }, { fix });
  } else if (isForbiddenMethod(method)) {
    reportItem(context, "method-forbidden", item, { method }, { fix: removeItemFix(item) });
  } else if (method !== upperCase) {
    // Browsers put only DELETE, GET, HEAD, OPTIONS, POST and PUT into upper case (Fetch Standard, "normalize"); a page's
    // `patch` stays `patch`, and Node's server answers it with 400.
    const fix = replaceFix(span, upperCase);
    reportItem(context, "method-case", item, { method, suggestion: upperCase }, { fix });
  } else if (!NODE_METHODS.has(method)) {
    reportItem(context, "method-unknown-to-node", item, { method }, { fix: removeItemFix(item) });
  }
}

/** Checks with which methods. */
export function checkMethods(setting: ResolvedSetting | undefined, context: CheckContext): CheckedPolicy["methods"] {
  const list = readList(setting, "methods", context);
  checkStarAlone(list, "methods", context);
  const items = list.kind === "star" ? list.others : list.items;
  for (const item of items) checkMethod(item, context);
  checkRepeated(
    items,
    context,
    ({ text }) => text,
    (item, first) => {
      const related = [{ span: first.span, message: "it is first listed here" }];
      reportItem(context, "method-redundant", item, { method: item.text }, { related, fix: removeItemFix(item) });
    },
  );
  return list.kind === "star" ? "*" : items.map(({ text }) => text);
}
