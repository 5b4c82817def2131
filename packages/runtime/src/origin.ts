/*
 * What a well-formed Origin is (docs/language.md, "Matching a request's Origin"). Narrower than what browsers can be
 * made to send: they pass through hosts such as `a,b.example.com` and `{x}.example.com`, which are attack material.
 */

const LONGEST_SCHEME = 64;
const LONGEST_HOST = 253;
const LONGEST_LABEL = 63;
const LONGEST_PORT = 5;

/** Scheme, `://`, host, `:` and port. Anything longer is refused before it is looked at. */
export const LONGEST_ORIGIN = LONGEST_SCHEME + 3 + LONGEST_HOST + 1 + LONGEST_PORT;

const DOT = 46;
const HYPHEN = 45;
const ZERO = 48;

/** Pages of these schemes have the origin `null`, or can't be pages at all. */
const SCHEMES_WITHOUT_ORIGIN = ["file", "data", "blob", "about", "javascript", "ws", "wss", "ftp"];

function isLowerCaseLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `a-z 0-9 - _`: the underscore is no host name's by the letter, but browsers send it. */
function isLabelCharacter(code: number): boolean {
  return isLowerCaseLetter(code) || isDigit(code) || code === HYPHEN || code === 95;
}

function isSchemeCharacter(code: number): boolean {
  return isLowerCaseLetter(code) || isDigit(code) || code === 43 || code === HYPHEN || code === DOT;
}

/** Whether `text` from `start` to before `end` has such characters only. True for nothing at all. */
function areAll(text: string, start: number, end: number, isAllowed: (code: number) => boolean): boolean {
  for (let index = start; index < end; index++) {
    if (!isAllowed(text.charCodeAt(index))) return false;
  }
  return true;
}

/** Whether `text` from `start` to before `end` is labels of 1 to 63 characters with single dots between them. */
function areLabels(text: string, start: number, end: number): boolean {
  for (let label = start; label <= end; ) {
    const dot = text.indexOf(".", label);
    const labelEnd = dot < 0 || dot > end ? end : dot;
    const length = labelEnd - label;
    if (length < 1 || length > LONGEST_LABEL || !areAll(text, label, labelEnd, isLabelCharacter)) return false;
    label = labelEnd + 1;
  }
  return true;
}

/** Whether `text` from `start` on is a port as browsers write it: 1 to 65535, no leading zero, not the default. */
function isPort(text: string, start: number, defaultPort: number): boolean {
  const port = Number(text.slice(start));
  return (
    areAll(text, start, text.length, isDigit) &&
    port > 0 &&
    port <= 65535 &&
    port !== defaultPort &&
    text.charCodeAt(start) !== ZERO
  );
}

function defaultPortOf(scheme: string): number {
  return scheme === "https" ? 443 : scheme === "http" ? 80 : 0;
}

function isScheme(scheme: string): boolean {
  return (
    scheme.length <= LONGEST_SCHEME &&
    isLowerCaseLetter(scheme.charCodeAt(0)) &&
    areAll(scheme, 1, scheme.length, isSchemeCharacter) &&
    !SCHEMES_WITHOUT_ORIGIN.includes(scheme)
  );
}

function isIpv4(host: string): boolean {
  const numbers = host.split(".");
  return numbers.length === 4 && numbers.every((number) => Number(number) <= 255 && String(Number(number)) === number);
}

/** The URL Standard's own serializer says what an address is called; it also refuses zones and embedded IPv4. */
function isIpv6(host: string): boolean {
  const url = `http://${host}/`;
  return URL.canParse(url) && new URL(url).host === host;
}

function isHost(host: string): boolean {
  if (host.startsWith("[")) return isIpv6(host);
  if (host.length > LONGEST_HOST || !areLabels(host, 0, host.length)) return false;
  const lastLabel = host.lastIndexOf(".") + 1;
  return !isDigit(host.charCodeAt(lastLabel)) || isIpv4(host);
}

/**
 * Whether a value of the `Origin` header is an origin as a browser would write it. `null` is not one.
 *
 * @example
 * ```ts
 * isWellFormedOrigin("https://app.example.com:8443"); // true
 * isWellFormedOrigin("https://app.example.com:443");  // false: browsers leave the default port out
 * ```
 */
export function isWellFormedOrigin(origin: string): boolean {
  if (origin.length > LONGEST_ORIGIN) return false;
  const schemeEnd = origin.indexOf("://");
  if (schemeEnd < 0) return false;
  const scheme = origin.slice(0, schemeEnd);
  const hostStart = schemeEnd + 3;
  const afterAddress = origin.charCodeAt(hostStart) === 91 ? origin.indexOf("]") : hostStart;
  if (afterAddress < 0) return false;
  const colon = origin.indexOf(":", afterAddress);
  const hostEnd = colon < 0 ? origin.length : colon;
  return (
    isScheme(scheme) &&
    isHost(origin.slice(hostStart, hostEnd)) &&
    (colon < 0 || isPort(origin, colon + 1, defaultPortOf(scheme)))
  );
}

/** Tells whether a request's Origin is one of those that a pattern stands for. */
export type OriginTest = (origin: string) => boolean;

/** A pattern with a `*` for its host, its port or both, cut at the stars. */
interface StarPattern {
  /** All before the host's star, or all before the port where the host has none. */
  readonly start: string;
  /** All after the host's star, without the port where that is any. */
  readonly end: string;
  /** What the host's star stands for: whole labels, a part of one label, or there is no such star. */
  readonly star: "labels" | "characters" | "none";
  /** How long the star's text can be within the limits of a label and of a host. */
  readonly longestStar: number;
  readonly anyPort: boolean;
  readonly defaultPort: number;
}

/**
 * Cuts a pattern at its stars; `null` when it is not a pattern of the language. Compiled policies can come from
 * anywhere, so a pattern is checked again here: with its stars filled in it has to be a well-formed origin.
 */
function parseStarPattern(pattern: string): StarPattern | null {
  const anyPort = pattern.endsWith(":*");
  const withoutPort = anyPort ? pattern.slice(0, -2) : pattern;
  const schemeEnd = pattern.indexOf("://");
  const hostStart = schemeEnd + 3;
  const at = withoutPort.indexOf("*");
  const defaultPort = defaultPortOf(pattern.slice(0, schemeEnd));
  if (at < 0) {
    const hasPort = withoutPort.lastIndexOf(":") > Math.max(schemeEnd, withoutPort.lastIndexOf("]"));
    if (hasPort || !isWellFormedOrigin(withoutPort)) return null;
    return { start: withoutPort, end: "", star: "none", longestStar: 0, anyPort, defaultPort };
  }
  const start = withoutPort.slice(0, at);
  const end = withoutPort.slice(at + 1);
  const dot = end.indexOf(".");
  const colon = end.indexOf(":");
  const fixedInLabel = at - hostStart + dot;
  const fixedInHost = at - hostStart + (colon < 0 ? end.length : colon);
  const wholeLabels = start.endsWith("://") && dot === 0;
  const longestStar = wholeLabels
    ? LONGEST_HOST - fixedInHost
    : Math.min(LONGEST_LABEL - fixedInLabel, LONGEST_HOST - fixedInHost);
  const isPattern =
    defaultPort > 0 &&
    dot >= 0 &&
    longestStar > 0 &&
    !start.includes(".") &&
    !start.startsWith("xn--", hostStart) &&
    !(anyPort && colon >= 0) &&
    isWellFormedOrigin(`${start}a${end}`);
  return isPattern
    ? { start, end, star: wholeLabels ? "labels" : "characters", longestStar, anyPort, defaultPort }
    : null;
}

function matchesStarPattern(pattern: StarPattern, origin: string): boolean {
  const { start, end } = pattern;
  if (!origin.startsWith(start)) return false;
  let hostEnd = origin.length;
  if (pattern.anyPort) {
    const colon = origin.indexOf(":", start.length);
    if (colon >= 0) {
      if (!isPort(origin, colon + 1, pattern.defaultPort)) return false;
      hostEnd = colon;
    }
  }
  if (pattern.star === "none") return hostEnd === start.length;
  const starEnd = hostEnd - end.length;
  const starLength = starEnd - start.length;
  if (starLength < 1 || starLength > pattern.longestStar || !origin.endsWith(end, hostEnd)) return false;
  return pattern.star === "labels"
    ? areLabels(origin, start.length, starEnd)
    : areAll(origin, start.length, starEnd, isLabelCharacter);
}

/** Whether `pattern` is an origin, `null` or a pattern of the language. */
export function isOriginPattern(pattern: string): boolean {
  return (
    pattern === "null" || (pattern.includes("*") ? parseStarPattern(pattern) !== null : isWellFormedOrigin(pattern))
  );
}

/**
 * Makes the test for a list of patterns. Every pattern has to pass {@link isOriginPattern}.
 *
 * Compared byte for byte: nothing is folded, decoded or normalized, because browsers serialize an origin in one way
 * only, and what is written otherwise does not come from a browser (WHATWG URL, "origin serialization").
 */
export function createOriginTest(patterns: readonly string[]): OriginTest {
  const exact = new Set<string>();
  const starPatterns: StarPattern[] = [];
  for (const pattern of patterns) {
    const starPattern = pattern.includes("*") ? parseStarPattern(pattern) : null;
    if (starPattern) starPatterns.push(starPattern);
    else exact.add(pattern);
  }
  return (origin) => {
    // Before the look-up: hashing a header of many kilobytes would be work that grows with the request.
    if (origin.length > LONGEST_ORIGIN) return false;
    if (exact.has(origin)) return true;
    for (const pattern of starPatterns) {
      if (matchesStarPattern(pattern, origin)) return true;
    }
    return false;
  };
}
