import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import type { Item, SettingNode } from "../syntax/ast.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { checkStarAlone, readList } from "./list.js";
import { isToken, unwrap } from "./token.js";

/** Fetch Standard, "forbidden method": scripts that use one get an exception and nothing is sent. */
const FORBIDDEN_METHODS = ["CONNECT", "TRACE", "TRACK"];

function checkMethod({ text: method, span }: Item, report: Report): void {
  const upperCase = method.toUpperCase();
  if (!isToken(method)) {
    const fix = isToken(unwrap(method)) ? replaceFix(span, unwrap(method)) : null;
    report(createDiagnostic("method-syntax", span, { method }, { fix }));
  } else if (FORBIDDEN_METHODS.includes(upperCase)) {
    report(createDiagnostic("method-forbidden", span, { method }));
  } else if (method !== upperCase) {
    // Browsers put only DELETE, GET, HEAD, OPTIONS, POST and PUT into upper case (Fetch Standard, "normalize"); a page's
    // `patch` stays `patch`, and Node's server answers it with 400.
    const fix = replaceFix(span, upperCase);
    report(createDiagnostic("method-case", span, { method, suggestion: upperCase }, { fix }));
  }
}

/** Checks with which methods. */
export function checkMethods(setting: SettingNode | undefined, report: Report): CheckedPolicy["methods"] {
  const list = readList(setting, "methods", report);
  checkStarAlone(list, "methods", report);
  const items = list.kind === "star" ? list.others : list.items;
  for (const item of items) checkMethod(item, report);
  return list.kind === "star" ? "*" : items.map(({ text }) => text);
}
