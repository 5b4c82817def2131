import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import { isLoopback } from "../origin/loopback.js";
import { parseOriginPattern } from "../origin/parse.js";
import { type OriginPattern, printOriginPattern, type TuplePattern } from "../origin/pattern.js";
import type { OriginProblem } from "../origin/problem.js";
import { isSharedParent, reachesPublicSuffix } from "../origin/public-suffix.js";
import { suggestOrigin } from "../origin/suggest.js";
import type { Item, SettingNode } from "../syntax/ast.js";
import type { CheckedPolicy } from "./checked-policy.js";
import { checkStarAlone, readList } from "./list.js";

function reportProblem({ text: origin, span }: Item, problem: OriginProblem, report: Report): void {
  const suggestion = suggestOrigin(origin);
  const fix = suggestion === null ? null : replaceFix(span, suggestion);
  const parameters = { origin, suggestion };
  switch (problem.code) {
    case "origin-host":
    case "origin-scheme":
    case "origin-wildcard":
      report(createDiagnostic(problem.code, span, { ...parameters, problem: problem.problem }, { fix }));
      break;
    default:
      report(createDiagnostic(problem.code, span, parameters, { fix }));
  }
}

/** The public suffix over which a pattern's star reaches into names of other owners, if it does. */
function findSharedSuffix({ host }: TuplePattern): string | null {
  if (host.kind === "subdomains" && reachesPublicSuffix(host.base)) return host.base;
  if (host.kind === "partial-label" && isSharedParent(host.base)) return host.base;
  return null;
}

/** With credentials, a page that reads an answer acts as its visitor: what is merely untidy without becomes a hole. */
function checkDangers(item: Item, pattern: TuplePattern, report: Report): void {
  const { text: origin, span } = item;
  const loopback = isLoopback(pattern.host);
  if (pattern.scheme === "http" && !loopback) {
    const secure = parseOriginPattern(origin.replace("http://", "https://"));
    const fix = "value" in secure ? replaceFix(span, printOriginPattern(secure.value)) : null;
    report(createDiagnostic("origin-insecure", span, { origin }, { fix }));
  }
  const suffix = findSharedSuffix(pattern);
  if (suffix !== null) report(createDiagnostic("origin-public-suffix", span, { origin, suffix }));
  if (pattern.port === "any" && !loopback) report(createDiagnostic("origin-any-port", span, { origin }));
}

function checkOrigin(item: Item, credentials: boolean, report: Report): OriginPattern | null {
  const parsed = parseOriginPattern(item.text);
  if ("problem" in parsed) {
    reportProblem(item, parsed.problem, report);
    return null;
  }
  const pattern = parsed.value;
  if (pattern.kind === "tuple") {
    if (credentials && !item.unsafe) checkDangers(item, pattern, report);
  } else if (credentials) {
    report(createDiagnostic("origin-null", item.span, { credentials }));
  } else if (!item.unsafe) {
    report(createDiagnostic("origin-null", item.span, { credentials }, { fix: replaceFix(item.span, "unsafe null") }));
  }
  return pattern;
}

/** Checks who may call. */
export function checkOrigins(
  setting: SettingNode | undefined,
  credentials: boolean,
  report: Report,
): CheckedPolicy["origins"] {
  const list = readList(setting, "origins", report);
  checkStarAlone(list, "origins", report);
  const items = list.kind === "star" ? list.others : list.items;
  const patterns = items.map((item) => checkOrigin(item, credentials, report)).filter((pattern) => pattern !== null);
  return list.kind === "star" ? "*" : patterns;
}
