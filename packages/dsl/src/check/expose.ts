import { isCorsSafelistedResponseHeaderName, isForbiddenResponseHeaderName } from "@corslang/runtime/testing";
import type { ResolvedItem, ResolvedSetting } from "../resolve/resolved-policy.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { type CheckContext, reportItem } from "./context.js";
import { checkHeaderName, checkRepeatedHeaders } from "./headers.js";
import { checkStarAlone, readList } from "./list.js";
import { removeItemFix } from "./remove-item.js";

const REQUEST_HEADERS = ["origin", "cookie", "host", "referer"];

/** Why no script can read a header, if none can. */
function findReason(name: string): string | null {
  if (isForbiddenResponseHeaderName(name)) {
    return 'browsers keep it to themselves (Fetch Standard, "forbidden response-header name")';
  }
  const isRequestHeader = REQUEST_HEADERS.includes(name) || name.startsWith("access-control-request-");
  return isRequestHeader ? "it is a request header, and responses don't have it" : null;
}

function checkExposed(item: ResolvedItem, context: CheckContext): void {
  if (!checkHeaderName(item, context)) return;
  const { text: header } = item;
  const name = header.toLowerCase();
  const reason = findReason(name);
  const fix = removeItemFix(item);
  if (reason !== null) reportItem(context, "expose-forbidden", item, { header, reason }, { fix });
  else if (isCorsSafelistedResponseHeaderName(name))
    reportItem(context, "expose-safelisted", item, { header }, { fix });
  else if (name.startsWith("access-control-")) reportItem(context, "expose-cors-header", item, { header }, { fix });
}

/** Checks which response headers scripts may read. */
export function checkExpose(setting: ResolvedSetting | undefined, context: CheckContext): CheckedPolicy["expose"] {
  const list = readList(setting, "expose", context);
  checkStarAlone(list, "expose", context);
  const items = list.kind === "star" ? list.others : list.items;
  for (const item of items) checkExposed(item, context);
  checkRepeatedHeaders(items, context);
  return list.kind === "star" ? "*" : items.map(({ text }) => text);
}
