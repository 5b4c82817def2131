import type { Header } from "@corslang/runtime";
import { isForbiddenRequestHeader, type PageRequest } from "@corslang/runtime/testing";
import { UNSAFE_VALUE } from "../analyze/expectations.js";

/** A request as it was copied from somewhere. */
export interface WrittenRequest {
  readonly method: string;
  /** Where it goes to; `null` where that is not said. */
  readonly url: string | null;
  readonly headers: readonly Header[];
  /** Whether it carries cookies, or what else a browser adds for credentials. */
  readonly credentials: boolean;
}

/** What can't be understood, in a sentence. */
export interface RequestProblem {
  readonly problem: string;
}

/** What browsers add themselves, and scripts hardly ever set though they can. */
const OF_BROWSERS: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "if-modified-since",
  "if-none-match",
  "pragma",
  "priority",
  "purpose",
  "save-data",
  "upgrade-insecure-requests",
  "user-agent",
]);

/** What a browser says whose cache is switched off, or on a reload; a script's own is another value. */
const OF_RELOADS: ReadonlySet<string> = new Set(["no-cache", "max-age=0"]);

function findValue(name: string, headers: readonly Header[]): string | null {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}

/** Of a copied request, what no script can set says nothing of the script either. */
function isOfScript(header: Header): boolean {
  const [name, value] = header;
  const lowerCase = name.toLowerCase();
  if (lowerCase === "cache-control") return !OF_RELOADS.has(value);
  return !OF_BROWSERS.has(lowerCase) && !isForbiddenRequestHeader(header);
}

/** The origin of a URL; `null` where it has none that a page could have. */
function originOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return origin === "null" ? null : origin;
}

/** What a preflight asks for, where the request is one. */
function readPreflight({ method, headers }: WrittenRequest): Pick<PageRequest, "method" | "headers"> | null {
  const requested = findValue("access-control-request-method", headers);
  if (method !== "OPTIONS" || requested === null) return null;
  const names = (findValue("access-control-request-headers", headers) ?? "").split(",").map((name) => name.trim());
  return { method: requested, headers: names.filter(Boolean).map((name) => [name, UNSAFE_VALUE] as const) };
}

/**
 * Reads a header as an option gives it: `Name: value`, or the name alone for one whose value needs a preflight.
 *
 * @example
 * ```ts
 * parseHeader("Content-Type: text/plain"); // ["Content-Type", "text/plain"]
 * ```
 */
export function parseHeader(text: string): Header {
  const colon = text.indexOf(":");
  return colon < 0 ? [text.trim(), UNSAFE_VALUE] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

/**
 * Tells what the page did that a copied request is from: without what the browser adds, and for a preflight the request
 * that it asks for.
 *
 * @param origin - The page's origin, where the request does not say it or another is meant.
 *
 * @example
 * ```ts
 * toPageRequest(request, null); // { origin: "https://app.example.com", method: "PUT", headers: [], … }
 * ```
 */
export function toPageRequest(request: WrittenRequest, origin: string | null): PageRequest | RequestProblem {
  const { headers, url, method, credentials } = request;
  const mode = findValue("sec-fetch-mode", headers);
  if (mode !== null && mode !== "cors") {
    return {
      problem: `the request has the mode ${mode} (Sec-Fetch-Mode), and CORS is about requests of the mode cors`,
    };
  }
  const page = origin ?? findValue("origin", headers) ?? originOf(findValue("referer", headers));
  if (page === null) return { problem: "the request has no Origin and no Referer; say by --origin where the page is" };
  const asked = readPreflight(request) ?? { method, headers: headers.filter(isOfScript) };
  const isSameOrigin = findValue("sec-fetch-site", headers) === "same-origin" || originOf(url) === page;
  return { origin: page, ...asked, credentials: credentials ? "include" : "omit", isSameOrigin };
}
