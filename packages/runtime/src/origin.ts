/*
 * What a well-formed Origin is, and which patterns stand for it (docs/language.md, "Matching a request's Origin").
 * Narrower than what browsers can be made to send: they pass through hosts such as `a,b.example.com` and
 * `{x}.example.com`, which are attack material.
 */
import { DOT, HYPHEN, isDigit, isLetterOrDigit, UNDERSCORE, ZERO } from "./characters.js";
import { HIGHEST_PORT, LONGEST_HOST, LONGEST_LABEL, LONGEST_ORIGIN, LONGEST_SCHEME } from "./limits.js";

/** Pages of these schemes have the origin `null`, or can't be pages at all. */
const SCHEMES_WITHOUT_ORIGIN = ["file", "data", "blob", "about", "javascript", "ws", "wss", "ftp"];

function isScheme(scheme: string): boolean {
  return (
    // A letter comes first: of the characters of a scheme, letters are the greatest.
    scheme >= "a" &&
    scheme.length <= LONGEST_SCHEME &&
    [...scheme].every((character) => isLetterOrDigit(character.charCodeAt(0)) || "+-.".includes(character)) &&
    !SCHEMES_WITHOUT_ORIGIN.includes(scheme)
  );
}

/**
 * Whether `text` from `start` to before `end` is labels of 1 to 63 characters with single dots between them. The
 * underscore is no host name's by the letter, but browsers send it.
 */
function areLabels(text: string, start: number, end: number): boolean {
  let length = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (length < 1) return false;
      length = 0;
    } else if (++length > LONGEST_LABEL || (!isLetterOrDigit(code) && code !== HYPHEN && code !== UNDERSCORE)) {
      return false;
    }
  }
  return length > 0;
}

function isIpv4(host: string): boolean {
  const numbers = host.split(".");
  return numbers.length === 4 && numbers.every((number) => String(Number(number) & 255) === number);
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

/** Whether `text` from `start` on is a port as browsers write it: 1 to 65535, no leading zero, not the default. */
function isPort(text: string, start: number, defaultPort: number): boolean {
  let port = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    port = port * 10 + code - ZERO;
    if (!isDigit(code) || port < 1 || port > HIGHEST_PORT) return false;
  }
  return port > 0 && port !== defaultPort;
}

type OriginParts = readonly [hostStart: number, hostEnd: number, defaultPort: number];

/**
 * Finds the parts of a value of the `Origin` header; `null` when it is not an origin as a browser would write it, as
 * the value `null` is not.
 *
 * @example
 * ```ts
 * parseOrigin("https://app.example.com:8443"); // [8, 23, 443]
 * parseOrigin("https://app.example.com:443");  // null: browsers leave the default port out
 * ```
 */
export function parseOrigin(origin: string): OriginParts | null {
  if (origin.length > LONGEST_ORIGIN) return null;
  const schemeEnd = origin.indexOf("://");
  const scheme = origin.slice(0, schemeEnd);
  const defaultPort = scheme === "https" ? 443 : scheme === "http" ? 80 : 0;
  const hostStart = schemeEnd + 3;
  // An address in brackets has colons of its own.
  const colon = origin.indexOf(":", Math.max(hostStart, origin.indexOf("]")));
  const hostEnd = colon < 0 ? origin.length : colon;
  const isWellFormed =
    schemeEnd > 0 &&
    isScheme(scheme) &&
    isHost(origin.slice(hostStart, hostEnd)) &&
    (colon < 0 || isPort(origin, colon + 1, defaultPort));
  return isWellFormed ? [hostStart, hostEnd, defaultPort] : null;
}

/** Tells whether a request's Origin is one of those that a pattern stands for. */
type OriginTest = (origin: string) => boolean;

/**
 * Makes the test for one pattern; `null` when it is not a pattern of the language. Compiled policies can come from
 * anywhere, so a pattern is checked again here: with its stars filled in it has to be a well-formed origin.
 */
function createPatternTest(pattern: string): OriginTest | null {
  const anyPort = pattern.endsWith(":*");
  const rest = anyPort ? pattern.slice(0, -2) : pattern;
  const parts = parseOrigin(rest.replace("*", "a") + (anyPort ? ":1" : ""));
  if (!parts) return null;
  const [hostStart, hostEnd, defaultPort] = parts;
  const fixedPort = rest.slice(hostEnd);
  const [start = "", end] = rest.slice(0, hostEnd).split("*");
  const dot = rest.indexOf(".", hostStart);
  // A star belongs in the leftmost label, of a web page's host; what follows xn-- is no text to fill in.
  if (end !== undefined && (dot < start.length || defaultPort === 0 || rest.startsWith("xn--", hostStart))) return null;

  /** What follows the star in its label. */
  const restOfLabel = dot - start.length - 1;
  const isWholeLabels = start.length === hostStart && restOfLabel === 0;
  return (origin) => {
    if (!origin.startsWith(start)) return false;
    const colon = origin.indexOf(":", start.length);
    const originHostEnd = colon < 0 ? origin.length : colon;
    const isPortRight =
      anyPort && colon >= 0
        ? isPort(origin, colon + 1, defaultPort)
        : origin.length === originHostEnd + fixedPort.length && origin.endsWith(fixedPort);
    if (!isPortRight) return false;
    if (end === undefined) return originHostEnd === start.length;
    const starEnd = originHostEnd - end.length;
    const labelsEnd = starEnd + restOfLabel;
    return (
      starEnd > start.length &&
      originHostEnd - hostStart <= LONGEST_HOST &&
      origin.endsWith(end, originHostEnd) &&
      areLabels(origin, hostStart, labelsEnd) &&
      (isWholeLabels || origin.indexOf(".", hostStart) === labelsEnd)
    );
  };
}

/** Whether `pattern` is an origin, `null` or a pattern of the language. */
export function isOriginPattern(pattern: string): boolean {
  return pattern === "null" || !!createPatternTest(pattern);
}

/**
 * Makes the search for the pattern of a list that stands for a request's Origin; of several it finds one. Every pattern
 * has to pass {@link isOriginPattern}.
 *
 * Compared byte for byte: nothing is folded, decoded or normalized, because browsers serialize an origin in one way
 * only, and what is written otherwise does not come from a browser HTML Standard, "serialization of an origin".
 */
export function createOriginSearch(patterns: Iterable<string>): (origin: string) => string | null {
  const exact = new Set<string>();
  const tests: (readonly [pattern: string, test: OriginTest])[] = [];
  for (const pattern of patterns) {
    const test = pattern.includes("*") ? createPatternTest(pattern) : null;
    if (test) tests.push([pattern, test]);
    else exact.add(pattern);
  }
  return (origin) => {
    // Before the look-up: hashing a header of many kilobytes would be work that grows with the request.
    if (origin.length > LONGEST_ORIGIN) return null;
    if (exact.has(origin)) return origin;
    for (const [pattern, test] of tests) {
      if (test(origin)) return pattern;
    }
    return null;
  };
}
