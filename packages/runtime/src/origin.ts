/*
 * What a well-formed Origin is, and which patterns stand for it (docs/language.md, "Matching a request's Origin").
 * Narrower than what browsers can be made to send: they pass through hosts such as `a,b.example.com` and
 * `{x}.example.com`, which are attack material.
 */
import { Character, isDigit, isLetterOrDigit } from "./characters.js";
import { Limit, Strategy } from "./limits.js";

/** Pages of these schemes have the origin `null`, or can't be pages at all. */
const SCHEMES_WITHOUT_ORIGIN = "file data blob about javascript ws wss ftp".split(" ");

function isScheme(scheme: string): boolean {
  return (
    // A letter comes first: of the characters of a scheme, letters are the greatest.
    scheme >= "a" &&
    scheme.length <= Limit.LONGEST_SCHEME &&
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
    if (code === Character.DOT) {
      if (!length) return false;
      length = 0;
    } else if (
      ++length > Limit.LONGEST_LABEL ||
      (!isLetterOrDigit(code) && code !== Character.HYPHEN && code !== Character.UNDERSCORE)
    ) {
      return false;
    }
  }
  return length > 0;
}

/** The origin of a URL as browsers write it; `false` where it is no URL. A Host header can be any text. */
export function originOf(url: string): string | false {
  return URL.canParse(url) && new URL(url).origin;
}

function isHost(host: string): boolean {
  const lastLabel = host.slice(host.lastIndexOf(".") + 1);
  const url = `http://${host}`;
  // The URL Standard's own serializer says how an address is written; it also refuses zones and embedded IPv4. Only a
  // number of digits alone makes one: of `{x}.-5` it would say that it is a host.
  if (host.startsWith("[") || lastLabel === String(Number(lastLabel) >>> 0)) return originOf(url) === url;
  return host.length <= Limit.LONGEST_HOST && areLabels(host, 0, host.length) && !isDigit(lastLabel.charCodeAt(0));
}

/** Whether `text` from `start` on is a port as browsers write it: 1 to 65535, no leading zero, not the default. */
function isPort(text: string, start: number, defaultPort: number): boolean {
  let port = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    port = port * 10 + code - Character.ZERO;
    if (!isDigit(code) || port < 1 || port > Limit.HIGHEST_PORT) return false;
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
  if (origin.length > Limit.LONGEST_ORIGIN) return null;
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

/** A pattern made ready. For an origin: the pattern's text if it stands for it. */
type PatternTest = (origin: string) => string | false;

/**
 * Makes a pattern ready; `null` when it is not a pattern of the language. Compiled policies can come from anywhere, so a
 * pattern is checked again here: with its stars filled in it has to be a well-formed origin.
 */
export function createPatternTest(text: string): PatternTest | null {
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

  return (origin) => {
    const colon = anyPort ? origin.indexOf(":", start.length) : -1;
    const end = colon < 0 ? origin.length : colon;
    const starEnd = end - tail.length;
    const labelEnd = starEnd + restOfLabel;
    return (
      origin.startsWith(start) &&
      (colon < 0 || isPort(origin, colon + 1, defaultPort)) &&
      (tail
        ? starEnd > start.length &&
          // There is one place left where it can be. Takes a quarter of the time of startsWith, which goes by characters.
          origin.indexOf(tail, starEnd) === starEnd &&
          end - rest.length + hostEnd - hostStart <= Limit.LONGEST_HOST &&
          areLabels(origin, hostStart, labelEnd) &&
          // With more than the star in the label, the label is all that it stands for.
          (start.length + restOfLabel === hostStart || origin.indexOf(".", hostStart) === labelEnd)
        : end === start.length) &&
      text
    );
  };
}

/** Patterns of which nothing is known that tells them apart but their tests, one behind the other. */
type Patterns = readonly [test: PatternTest, next: Patterns | undefined];

/**
 * Makes the search for the pattern of a list that stands for a request's Origin; of several it finds one. Every pattern
 * is `null`, an origin, or one that {@link createPatternTest} takes.
 *
 * Compared byte for byte: nothing is folded, decoded or normalized, because browsers serialize an origin in one way
 * only, and what is written otherwise does not come from a browser (HTML Standard, "serialization of an origin").
 */
export function createOriginSearch(list: Iterable<string>): (origin: string) => string | null {
  const exact: string[] = [];
  // By what origins end in from the pattern's first dot on, as a number; where any port is right, by the empty ending. A
  // Map by the endings themselves would have to cut each ending of an origin out and hash it, which took twice as long.
  const byEnding = new Map<number, Patterns>();
  let shortest: number = Limit.LONGEST_ORIGIN;
  for (const text of list) {
    const test = text.includes("*") && createPatternTest(text);
    if (test) {
      let hash = 0;
      let index = text.length;
      const dot = text.endsWith(":*") ? index : text.indexOf(".");
      shortest = Math.min(shortest, index - dot);
      while (index > dot) hash = ((hash << 5) - hash + text.charCodeAt(--index)) | 0;
      byEnding.set(hash, [test, byEnding.get(hash)]);
    } else exact.push(text);
  }
  const many = exact.length > Strategy.MOST_COMPARED && new Set(exact);
  return (origin) => {
    // Before the look-up: hashing a header of many kilobytes would be work that grows with the request.
    if (origin.length > Limit.LONGEST_ORIGIN) return null;
    if (many ? many.has(origin) : exact.includes(origin)) return origin;
    // From its end on, so that the number of an ending is one step from that of the one before. Different endings can have
    // the same number: the pattern's test compares all of it.
    let hash = 0;
    let code: number = Character.DOT;
    for (let index = byEnding.size && origin.length; index; ) {
      if (code === Character.DOT && origin.length - index >= shortest) {
        for (let patterns = byEnding.get(hash); patterns; patterns = patterns[1]) {
          const text = patterns[0](origin);
          if (text) return text;
        }
      }
      code = origin.charCodeAt(--index);
      hash = ((hash << 5) - hash + code) | 0;
    }
    return null;
  };
}
