import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import type { Item, SettingNode } from "../syntax/ast.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { readList } from "./list.js";
import { isToken, unwrap } from "./token.js";

/**
 * Fetch Standard, "forbidden request-header": scripts can't set these, so no preflight ever asks for them. The names
 * that are forbidden for some values only (X-HTTP-Method-Override and its kind) are not here.
 */
const FORBIDDEN_REQUEST_HEADERS = [
  "accept-charset",
  "accept-encoding",
  "connection",
  "content-length",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
];

/** CORS's own headers are among them, those of responses because they are no request headers at all. */
const FORBIDDEN_PREFIXES = ["proxy-", "sec-", "access-control-"];

function isForbidden(name: string): boolean {
  return FORBIDDEN_REQUEST_HEADERS.includes(name) || FORBIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function hintFor(name: string): string {
  if (name === "cookie") return "did you mean `credentials true`?";
  return name.startsWith("access-control-")
    ? "the answer to a preflight is made from the policy; remove it"
    : "remove it";
}

/** Reports a text that is no header name. */
export function checkHeaderName({ text: header, span }: Item, report: Report): boolean {
  if (isToken(header)) return true;
  const fix = isToken(unwrap(header)) ? replaceFix(span, unwrap(header)) : null;
  report(createDiagnostic("header-syntax", span, { header }, { fix }));
  return false;
}

function checkHeader(item: Item, report: Report): void {
  const name = item.text.toLowerCase();
  if (checkHeaderName(item, report) && isForbidden(name)) {
    report(createDiagnostic("header-forbidden", item.span, { header: item.text, hint: hintFor(name) }));
  }
}

/** Checks which request headers. */
export function checkHeaders(
  setting: SettingNode | undefined,
  credentials: boolean,
  report: Report,
): CheckedPolicy["headers"] {
  const list = readList(setting, "headers", report);
  const items = list.kind === "star" ? list.others : list.items;
  for (const item of items) checkHeader(item, report);
  if (list.kind === "items") return items.map(({ text }) => text);
  const { span } = list.star;
  const others = items.filter(({ text }) => text.toLowerCase() !== "authorization");
  if (others.length > 0) {
    report(createDiagnostic("star-with-others", span, { name: "headers" }));
  } else if (items.length === 0 && !credentials) {
    report(createDiagnostic("authorization-unclear", span, null, { fix: replaceFix(span, "*, Authorization") }));
  }
  return "*";
}
