import { replaceFix } from "../diagnostics/diagnostic.js";
import { createCoverIndex } from "../origin/cover-index.js";
import { isLoopback } from "../origin/loopback.js";
import { parseOriginPattern } from "../origin/parse.js";
import { type OriginPattern, printOriginPattern, type TuplePattern } from "../origin/pattern.js";
import type { OriginProblem } from "../origin/problem.js";
import { isPublicSuffix, reachesPublicSuffix } from "../origin/public-suffix.js";
import { suggestOrigin } from "../origin/suggest.js";
import type { ResolvedItem, ResolvedSetting } from "../resolve/resolved-policy.js";
import { before } from "../text/span.js";
import type { CheckedOrigin, CheckedPolicy } from "./checked-policy.js";
import { type CheckContext, reportItem } from "./context.js";
import { checkStarAlone, readList } from "./list.js";
import { removeItemFix } from "./remove-item.js";

/** Reports why a text is no origin pattern, with what was probably meant. */
export function reportOriginProblem(item: ResolvedItem, problem: OriginProblem, context: CheckContext): void {
  const { text: origin, span } = item;
  const suggestion = suggestOrigin(origin);
  const fix = suggestion === null ? null : replaceFix(span, suggestion);
  const parameters = { origin, suggestion };
  switch (problem.code) {
    case "origin-host":
    case "origin-scheme":
    case "origin-wildcard":
      reportItem(context, problem.code, item, { ...parameters, problem: problem.problem }, { fix });
      break;
    default:
      reportItem(context, problem.code, item, parameters, { fix });
  }
}

/** Checks that an item is an origin pattern, wherever it is used. */
export function checkPattern(item: ResolvedItem, context: CheckContext): OriginPattern | null {
  const parsed = parseOriginPattern(item.text);
  if ("value" in parsed) return parsed.value;
  reportOriginProblem(item, parsed.problem, context);
  return null;
}

/** The public suffix over which a pattern's star reaches into names of other owners, if it does. */
function findSharedSuffix({ host }: TuplePattern): string | null {
  if (host.kind === "subdomains" && reachesPublicSuffix(host.base)) return host.base;
  if (host.kind === "partial-label" && isPublicSuffix(host.base)) return host.base;
  return null;
}

/** What makes a pattern let in more than its author may think. */
interface Dangers {
  readonly insecure: boolean;
  readonly suffix: string | null;
  readonly anyPort: boolean;
  /** Whether there is any. */
  readonly some: boolean;
}

function findDangers(pattern: TuplePattern): Dangers {
  const loopback = isLoopback(pattern.host);
  const insecure = pattern.scheme === "http" && !loopback;
  const suffix = findSharedSuffix(pattern);
  const anyPort = pattern.port === "any" && !loopback;
  return { insecure, suffix, anyPort, some: insecure || suffix !== null || anyPort };
}

/**
 * With credentials, a page that reads an answer acts as its visitor: what is merely untidy without becomes a hole. Both
 * are accepted by `unsafe`.
 */
function checkDangers(item: ResolvedItem, pattern: TuplePattern, credentials: boolean, context: CheckContext): void {
  const { text: origin, span } = item;
  const { insecure, suffix, anyPort, some } = findDangers(pattern);
  if (item.unsafe) {
    if (some) context.onDanger(item.unsafe);
    return;
  }
  if (insecure) {
    const secure = parseOriginPattern(origin.replace("http://", "https://"));
    const fix = "value" in secure ? replaceFix(span, printOriginPattern(secure.value)) : null;
    reportItem(context, credentials ? "origin-insecure" : "origin-insecure-scheme", item, { origin }, { fix });
  }
  if (suffix !== null) {
    reportItem(context, credentials ? "origin-public-suffix" : "public-suffix-wildcard", item, { origin, suffix });
  }
  if (anyPort) reportItem(context, credentials ? "origin-any-port" : "any-port", item, { origin });
}

function checkNull(item: ResolvedItem, credentials: boolean, context: CheckContext): void {
  if (item.unsafe) context.onDanger(item.unsafe);
  if (credentials) {
    reportItem(context, "origin-null", item, { credentials });
  } else if (!item.unsafe) {
    const fix = { title: "write `unsafe null`", edits: [{ span: before(item.span), text: "unsafe " }] };
    reportItem(context, "origin-null", item, { credentials }, { fix });
  }
}

function checkOrigin(item: ResolvedItem, credentials: boolean, context: CheckContext): CheckedOrigin | null {
  const pattern = checkPattern(item, context);
  if (!pattern) return null;
  if (pattern.kind === "null") {
    checkNull(item, credentials, context);
  } else {
    checkDangers(item, pattern, credentials, context);
    const isPage = pattern.scheme === "http" || pattern.scheme === "https";
    if (context.policy.profile === null && isPage && isLoopback(pattern.host)) {
      reportItem(context, "loopback-in-production", item, { origin: item.text });
    }
  }
  return { pattern, item };
}

/** Whether an item is reported as dangerous; to keep it and remove what is exact is for nobody but a person. */
function isReported({ pattern, item }: CheckedOrigin): boolean {
  return item.unsafe === null && (pattern.kind === "null" || findDangers(pattern).some);
}

/** Warns of origins that the rest of the list covers. */
function checkRedundant(origins: readonly CheckedOrigin[], context: CheckContext): void {
  const index = createCoverIndex(origins);
  for (const origin of origins) {
    const cover = index.findCover(origin);
    const isNews = cover && !(context.known.has(origin.item.span) && context.known.has(cover.item.span));
    if (!isNews) continue;
    const related = [{ span: cover.item.span, message: "it is covered here" }];
    const parameters = { origin: origin.item.text, cover: cover.item.text };
    const fix = isReported(cover) ? null : removeItemFix(origin.item);
    reportItem(context, "origin-redundant", origin.item, parameters, { related, fix });
  }
}

/** Checks who may call. */
export function checkOrigins(
  setting: ResolvedSetting | undefined,
  credentials: boolean,
  context: CheckContext,
): CheckedPolicy["origins"] {
  const list = readList(setting, "origins", context);
  checkStarAlone(list, "origins", context);
  const items = list.kind === "star" ? list.others : list.items;
  const origins = items.map((item) => checkOrigin(item, credentials, context)).filter((origin) => origin !== null);
  if (list.kind === "star") return "*";
  checkRedundant(origins, context);
  return origins;
}
