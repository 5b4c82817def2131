/*
 * What a well-formed Origin is, and which patterns stand for it (docs/language.md, "Matching a request's Origin").
 * Narrower than what browsers can be made to send: they pass through hosts such as `a,b.example.com` and
 * `{x}.example.com`, which are attack material.
 */
import { DOT, HYPHEN, isDigit, isLetterOrDigit, UNDERSCORE, ZERO } from "./characters.js";
import {
  HIGHEST_PORT,
  LONGEST_HOST,
  LONGEST_LABEL,
  LONGEST_ORIGIN,
  LONGEST_SCHEME,
  MOST_COMPARED,
  MOST_TESTED,
} from "./limits.js";

/** Pages of these schemes have the origin `null`, or can't be pages at all. */
const SCHEMES_WITHOUT_ORIGIN = "file data blob about javascript ws wss ftp".split(" ");

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
      if (!length) return false;
      length = 0;
    } else if (++length > LONGEST_LABEL || (!isLetterOrDigit(code) && code !== HYPHEN && code !== UNDERSCORE)) {
      return false;
    }
  }
  return length > 0;
}

/** The URL Standard's own serializer says what an address is called; it also refuses zones and embedded IPv4. */
function isAddress(host: string): boolean {
  const url = `http://${host}/`;
  return URL.canParse(url) && new URL(url).host === host;
}

function isHost(host: string): boolean {
  const lastLabel = host.slice(host.lastIndexOf(".") + 1);
  if (host.startsWith("[") || lastLabel === String(Number(lastLabel))) return isAddress(host);
  return host.length <= LONGEST_HOST && areLabels(host, 0, host.length) && !isDigit(lastLabel.charCodeAt(0));
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
  return schemeEnd > 0 &&
    isScheme(scheme) &&
    isHost(origin.slice(hostStart, hostEnd)) &&
    (colon < 0 || isPort(origin, colon + 1, defaultPort))
    ? [hostStart, hostEnd, defaultPort]
    : null;
}

/** A pattern made ready. */
type Pattern = readonly [
  /** What every origin that it stands for ends in, from a dot on; empty where that can't be said. */
  ending: string,
  /** For an origin: the pattern's text if it stands for it. */
  match: (origin: string) => string | false,
];

/**
 * Makes a pattern ready; `null` when it is not a pattern of the language. Compiled policies can come from anywhere, so a
 * pattern is checked again here: with its stars filled in it has to be a well-formed origin.
 */
export function createPattern(text: string): Pattern | null {
  const anyPort = text.endsWith(":*");
  const rest = anyPort ? text.slice(0, -2) : text;
  const parts = parseOrigin(rest.replace("*", "a") + (anyPort ? ":1" : ""));
  if (!parts) return null;
  const [hostStart, hostEnd, defaultPort] = parts;
  const [start = "", tail = ""] = rest.split("*");
  /** How much of the star's label follows it. */
  const restOfLabel = tail.indexOf(".");
  // A star belongs in the leftmost label, of a web page's host; what follows xn-- is no text to fill in.
  if (start !== rest && (restOfLabel < 0 || !defaultPort || start.includes(".") || start.includes("/xn--")))
    return null;

  return [
    anyPort ? "" : tail.slice(restOfLabel),
    (origin) => {
      const colon = anyPort ? origin.indexOf(":", start.length) : -1;
      const host = colon < 0 ? origin : origin.slice(0, colon);
      const starEnd = host.length - tail.length;
      const labelEnd = starEnd + restOfLabel;
      return (
        (colon < 0 || isPort(origin, colon + 1, defaultPort)) &&
        (start === rest
          ? host === rest
          : host.startsWith(start) &&
            host.startsWith(tail, starEnd) &&
            starEnd > start.length &&
            host.length - rest.length + hostEnd - hostStart <= LONGEST_HOST &&
            areLabels(host, hostStart, labelEnd) &&
            // With more than the star in the label, the label is all that it stands for.
            (start.length + restOfLabel === hostStart || host.indexOf(".", hostStart) === labelEnd)) &&
        text
      );
    },
  ];
}

/**
 * Makes the search for the pattern of a list that stands for a request's Origin; of several it finds one. Every pattern
 * is `null`, an origin, or one that {@link createPattern} takes.
 *
 * Compared byte for byte: nothing is folded, decoded or normalized, because browsers serialize an origin in one way
 * only, and what is written otherwise does not come from a browser (HTML Standard, "serialization of an origin").
 */
export function createOriginSearch(list: Iterable<string>): (origin: string) => string | null {
  const exact: string[] = [];
  const patterns: Pattern[] = [];
  for (const text of list) {
    const pattern = text.includes("*") && createPattern(text);
    if (pattern) patterns.push(pattern);
    else exact.push(text);
  }
  const many = exact.length > MOST_COMPARED && new Set(exact);
  const matches = new Map<string, Pattern[1][]>();
  let longest = 0;
  for (const [end, match] of patterns) {
    const ending = patterns.length > MOST_TESTED ? end : "";
    longest = Math.max(longest, ending.length);
    matches.set(ending, matches.get(ending) ?? []);
    matches.get(ending)?.push(match);
  }
  return (origin) => {
    // Before the look-up: hashing a header of many kilobytes would be work that grows with the request.
    if (origin.length > LONGEST_ORIGIN) return null;
    if (many ? many.has(origin) : exact.includes(origin)) return origin;
    // Endings that can't be said are at the empty one, which comes first. An origin that has more dots than any pattern
    // is long is looked at from where the longest can begin.
    let ending = "";
    let dot = origin.length - longest - 1;
    do {
      for (const match of matches.get(ending) ?? []) {
        const text = match(origin);
        if (text) return text;
      }
      dot = origin.indexOf(".", dot + 1);
      ending = origin.slice(dot);
    } while (dot > 0);
    return null;
  };
}
