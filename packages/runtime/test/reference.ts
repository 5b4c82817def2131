/*
 * The decision as docs/language.md tells it, in the plainest words there are: regular expressions, splitting, no regard
 * to speed. Nothing of src runs here, so that one mistake can't be in both. For tests alone.
 */
import { isIPv6 } from "node:net";
import type { CompiledPolicy, CorsRequest, Denial, Outcome } from "../src/index.js";

/** All that a request comes to. */
export interface Answer {
  readonly outcome: Outcome;
  readonly status: 204 | 403 | null;
  /** Every header that the answer has, `Vary` included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly denial: Denial | null;
}

/** The two comparisons that are easy to get wrong, so that a test can get them wrong. */
export interface Comparisons {
  readonly matchesOrigin: (pattern: string, origin: string) => boolean;
  readonly allowsHeaders: (names: readonly string[], value: string) => boolean;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const ORIGIN = /^([a-z][a-z0-9+.-]{0,63}):\/\/([a-z0-9._-]+|\[[0-9a-f:]+\])(?::([1-9][0-9]{0,4}))?$/;
const SCHEMES_WITHOUT_ORIGIN = /^(file|data|blob|about|javascript|ws|wss|ftp)$/;
const DEFAULT_PORT: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** RFC 5952, 4: no leading zeros, and the first of the longest runs of two or more zeros is `::`. */
function compressIpv6(address: string): string {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => "0");
  const full = [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16)).join(":");
  const runs = [...full.matchAll(/(?<![0-9a-f])0(:0)+(?![0-9a-f])/g)].map(([run]) => run);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  return longest === "" ? full : full.replace(new RegExp(`:?(?<![0-9a-f])${longest}(?![0-9a-f]):?`), "::");
}

function isHost(host: string): boolean {
  if (host.startsWith("[")) return isIPv6(host.slice(1, -1)) && host === `[${compressIpv6(host.slice(1, -1))}]`;
  const labels = host.split(".");
  if (host.length > 253 || labels.some((label) => label.length < 1 || label.length > 63)) return false;
  if (!/^\d/.test(labels.at(-1) ?? "")) return true;
  return labels.length === 4 && labels.every((label) => /^(0|[1-9]\d{0,2})$/.test(label) && Number(label) <= 255);
}

/** Whether an Origin is written as a browser would write it. */
export function isWellFormed(origin: string): boolean {
  const [, scheme = "", host = "", port] = ORIGIN.exec(origin) ?? [];
  return (
    origin.length <= 326 &&
    scheme !== "" &&
    !SCHEMES_WITHOUT_ORIGIN.test(scheme) &&
    isHost(host) &&
    (port === undefined || (Number(port) <= 65535 && port !== DEFAULT_PORT[scheme]))
  );
}

/** A pattern as the source of a regular expression. */
export function patternSource(pattern: string): string {
  return pattern
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/:\*$/, "(:[0-9]+)?")
    .replace("://*\\.", "://([a-z0-9_-]+\\.)+")
    .replace("*", "[a-z0-9_-]+");
}

function matchesOrigin(pattern: string, origin: string): boolean {
  if (pattern === "null") return origin === "null";
  return isWellFormed(origin) && new RegExp(`^${patternSource(pattern)}$`).test(origin);
}

function elementsOf(value: string): string[] {
  return value.split(",").map((element) => element.replace(/^[ \t]+|[ \t]+$/g, ""));
}

function exceedsCounts(names: readonly string[], value: string): boolean {
  const most = 2 * names.length + 16;
  const elements = elementsOf(value);
  const empty = elements.filter((element) => element === "");
  return elements.length > most || empty.length > 16 || (value.match(/[ \t]/g) ?? []).length > most;
}

function isListed(name: string, names: readonly string[]): boolean {
  return TOKEN.test(name) && names.includes(name.toLowerCase());
}

function allowsHeaders(names: readonly string[], value: string): boolean {
  if (exceedsCounts(names, value)) return false;
  return elementsOf(value).every((name) => name === "" || isListed(name, names));
}

function headersDenial(names: readonly string[], value: string): Denial {
  // A policy's own names are never malformed, however long.
  const refused = elementsOf(value).filter((name) => name !== "" && !isListed(name, names));
  const malformed = refused.some((name) => !TOKEN.test(name) || name.length > 128);
  if (malformed || exceedsCounts(names, value)) return { reason: "headers-malformed" };
  return { reason: "header-not-allowed", name: refused[0]?.toLowerCase() ?? "" };
}

function listed(name: string, list: "*" | readonly string[], star: string): Record<string, string> {
  if (list === "*") return { [name]: star };
  return list.length === 0 ? {} : { [name]: list.join(",") };
}

/** The comparisons as they should be. */
export const COMPARISONS: Comparisons = { matchesOrigin, allowsHeaders };

/** The items of a policy's `origins` that allow an origin. Where there are several, each is a right answer. */
export function itemsThatAllow(
  { origins }: CompiledPolicy,
  origin: string,
  { matchesOrigin }: Comparisons = COMPARISONS,
): readonly string[] {
  return origins === "*" ? ["*"] : origins.filter((pattern) => matchesOrigin(pattern, origin));
}

/** Decides a request: the table and the points of docs/language.md, "What a compiled policy does with a request". */
export function decideByReference(
  policy: CompiledPolicy,
  request: CorsRequest,
  debug = false,
  comparisons = COMPARISONS,
): Answer {
  const { origins, methods, headers, expose, credentials, maxAge } = policy;
  const { origin, requestMethod, requestHeaders } = request;
  const exposed = listed("Access-Control-Expose-Headers", expose, "*");
  const vary = origins === "*" ? [] : ["Origin"];
  const varyHeader = listed("Vary", [vary.join(", ")].filter(Boolean), "");

  if (typeof origin !== "string") {
    const always = origins === "*" ? { "Access-Control-Allow-Origin": "*", ...exposed } : {};
    return { outcome: "not-cors", status: null, headers: { ...always, ...varyHeader }, denial: null };
  }

  const originAllowed = itemsThatAllow(policy, origin, comparisons).length > 0;
  const originDenial: Denial = {
    reason: origin === "null" || isWellFormed(origin) ? "origin-not-allowed" : "origin-malformed",
  };
  const allowOrigin = {
    "Access-Control-Allow-Origin": origins === "*" ? "*" : origin,
    ...(credentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
  };

  if (request.method !== "OPTIONS" || typeof requestMethod !== "string") {
    return originAllowed
      ? {
          outcome: "actual-allowed",
          status: null,
          headers: { ...allowOrigin, ...exposed, ...varyHeader },
          denial: null,
        }
      : { outcome: "actual-denied", status: null, headers: varyHeader, denial: originDenial };
  }

  const preflightVary = {
    Vary: [...vary, "Access-Control-Request-Method", "Access-Control-Request-Headers"].join(", "),
  };
  const fail = (denial: Denial, earned: Record<string, string>): Answer => ({
    outcome: "preflight-failed",
    status: debug ? 204 : 403,
    headers: { ...(debug ? earned : {}), ...preflightVary },
    denial,
  });
  if (!originAllowed) return fail(originDenial, {});

  const allowMethods = listed("Access-Control-Allow-Methods", methods, "*");
  const methodAllowed = methods === "*" || ["GET", "HEAD", "POST", ...methods].includes(requestMethod);
  if (!methodAllowed) {
    const wellFormed = TOKEN.test(requestMethod) && requestMethod.length <= 128;
    return fail({ reason: wellFormed ? "method-not-allowed" : "method-malformed" }, allowOrigin);
  }

  const allowHeaders = listed("Access-Control-Allow-Headers", headers, "*,authorization");
  if (headers !== "*" && typeof requestHeaders === "string" && !comparisons.allowsHeaders(headers, requestHeaders)) {
    return fail(headersDenial(headers, requestHeaders), { ...allowOrigin, ...allowMethods, ...allowHeaders });
  }
  return {
    outcome: "preflight-passed",
    status: 204,
    headers: {
      ...allowOrigin,
      ...allowMethods,
      ...allowHeaders,
      ...(maxAge === null ? {} : { "Access-Control-Max-Age": String(maxAge) }),
      ...preflightVary,
    },
    denial: null,
  };
}
