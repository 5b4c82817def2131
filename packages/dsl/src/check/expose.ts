import { createDiagnostic, type Report } from "../diagnostics/diagnostic.js";
import type { SettingNode } from "../syntax/ast.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { checkHeaderName } from "./headers.js";
import { checkStarAlone, readList } from "./list.js";

const FORBIDDEN_RESPONSE_HEADERS = ["set-cookie", "set-cookie2"];
const REQUEST_HEADERS = ["origin", "cookie", "host", "referer"];

/** Why no script can read a header, if none can. */
function findReason(name: string): string | null {
  if (FORBIDDEN_RESPONSE_HEADERS.includes(name)) {
    return 'browsers keep it to themselves (Fetch Standard, "forbidden response-header name")';
  }
  const isRequestHeader = REQUEST_HEADERS.includes(name) || name.startsWith("access-control-request-");
  return isRequestHeader ? "it is a request header, and responses don't have it" : null;
}

/** Checks which response headers scripts may read. */
export function checkExpose(setting: SettingNode | undefined, report: Report): CheckedPolicy["expose"] {
  const list = readList(setting, "expose", report);
  checkStarAlone(list, "expose", report);
  const items = list.kind === "star" ? list.others : list.items;
  for (const item of items) {
    const reason = checkHeaderName(item, report) ? findReason(item.text.toLowerCase()) : null;
    if (reason !== null) report(createDiagnostic("expose-forbidden", item.span, { header: item.text, reason }));
  }
  return list.kind === "star" ? "*" : items.map(({ text }) => text);
}
