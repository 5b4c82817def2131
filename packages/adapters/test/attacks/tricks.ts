/*
 * What else is tried on origin checks, in code: every trick on every kind of pattern. Each turns an origin that the
 * pattern stands for into one that it does not stand for, because it is no origin as browsers write them or that of
 * another scheme or host; so the verdict follows from the trick, and is "denied" for all of them.
 */
import { bytesOf } from "./raw-request.js";

/** A kind of pattern, with an origin that it stands for. */
export const PATTERNS: readonly (readonly [pattern: string, honest: string])[] = [
  ["https://app.example.com", "https://app.example.com"],
  ["https://app.example.com:8443", "https://app.example.com:8443"],
  ["https://*.example.com", "https://app.example.com"],
  ["https://*.example.com:8443", "https://a.b.example.com:8443"],
  ["https://preview-*.example.dev", "https://preview-17.example.dev"],
  ["https://pr-*-web.example.dev:*", "https://pr-17-web.example.dev"],
  ["http://localhost:*", "http://localhost"],
  ["http://*.localhost:*", "http://app.localhost"],
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["http://[::1]:8080", "http://[::1]:8080"],
  ["http://intranet", "http://intranet"],
  ["https://xn--bcher-kva.example", "https://xn--bcher-kva.example"],
  ["capacitor://localhost", "capacitor://localhost"],
  ["null", "null"],
];

type Trick = (origin: string) => string;

function append(...ends: readonly string[]): readonly Trick[] {
  return ends.map((end) => (origin) => origin + end);
}

function prepend(...starts: readonly string[]): readonly Trick[] {
  return starts.map((start) => (origin) => start + origin);
}

/** Writes something before the host. */
function insert(...texts: readonly string[]): readonly Trick[] {
  return texts.map((text) => (origin) => origin.replace("://", `://${text}`));
}

function changeScheme(...schemes: readonly string[]): readonly Trick[] {
  return schemes.map((scheme) => (origin) => origin.replace(/^.*(?=:\/\/)/, scheme));
}

function replace(what: string | RegExp, ...texts: readonly string[]): readonly Trick[] {
  return texts.map((text) => (origin) => origin.replace(what, text));
}

/** By what they are after. */
const TRICKS: Readonly<Record<string, readonly Trick[]>> = {
  "a longer host, where the end is not looked at": append(
    ...[".evil.test", "-evil.test", ".evil.test:8443", ".", "..", ".com.evil.test", "_.evil.test", "--.evil.test"],
  ),
  "more of a URL than an origin has": append(
    ...["/", "//", "/.evil.test", "/..", "?", "?.evil.test", "#", "#.evil.test", "@evil.test", ":@evil.test", "\\"],
    ...["\\.evil.test", "\\@evil.test", "/?#@evil.test", "/null", ";/", "&", ";jsessionid=1"],
  ),
  "characters that some browsers let stand in a host": append(
    ...[
      "!",
      "$",
      "'",
      "(",
      ")",
      "*",
      "+",
      ",",
      ";",
      "=",
      "`",
      "{",
      "}",
      "|",
      '"',
      "<",
      ">",
      "^",
      "~",
      "[",
      "]",
      "%",
    ].map((character) => `${character}.evil.test`),
  ),
  "encoded, where something decodes": append(
    ...["%00", "%0a", "%0d%0a", "%20", "%2e", "%2f", "%2eevil.test", "%5c.evil.test", "%u002eevil.test", "&#46;x"],
  ),
  "characters that normalization makes ASCII, or nothing": append(
    ...["\u3002evil.test", "\uff0eevil.test", "\uff61evil.test", "\u2024evil.test", "\u00ad", "\u200b", "\u200d"],
    ...["\u2060", "\ufeff", "\u00a0", "\u2028", "\u0085", "\u202e", "\u0301"],
  ),
  "bytes that are no UTF-8, or overlong": append("\xc0\xaeevil.test", "\xff", "\xe0\x80\xae", "\xed\xa0\x80", "\x80"),
  "ports that are none": append(
    ...[":", ":0", ":00", ":65536", ":4294967739", ":99999999999999999999", ":+1", ":-1", ":1.0", ":1e3", ":0x1f"],
    ...[
      ":080",
      ": 81",
      ":\uff18\uff11",
      ":*",
      ":8a",
      ":81:82",
      ":81 ",
      "::81",
      ":81.evil.test",
      ":81@evil.test",
    ].filter((end) => !end.endsWith(" ")),
  ),
  "several origins in one line": [
    ...append(", https://evil.test", ",https://evil.test", " https://evil.test", ";https://evil.test", ",", ", null"),
    ...append(" null", "|https://evil.test", "\thttps://evil.test"),
    ...prepend("https://evil.test, ", "https://evil.test,", "https://evil.test ", "null, ", ",", "null ", ", "),
    (origin) => `${origin}, ${origin}`,
    (origin) => `${origin},${origin}`,
    (origin) => `${origin} ${origin}`,
    (origin) => `${origin}${origin}`,
  ],
  "the honest origin behind another one's": prepend(
    ...["https://evil.test/", "https://evil.test?", "https://evil.test#", "https://evil.test@", "https://evil.test\\"],
    ...["https://evil.test.", "https://evil.test:", "https://evil.test:443@", "blob:", "view-source:", "filesystem:"],
    ...["jar:", "data:,", "javascript:", "//", "x", "-", ".", "\ufeff", "\u00a0", "\u200b", "*"],
  ),
  "something before the host": insert(
    ...["evil.test/", "evil.test?", "evil.test#", "evil.test\\", "evil.test@", "evil.test:443@", "evil.test:443.", "@"],
    ...["user:password@", ".", "..", "%2e", "a..", "evil.test, ", "evil, .", "/", "\\", "*.", "*", "A.", "\u00e9."],
    ...["[", "[::1].", "a%.", "a!.", "a`.", "a{.", "a,.", " "],
  ),
  "another scheme, or none": [
    ...changeScheme("ftp", "ws", "wss", "file", "javascript", "data", "about", "blob", "https+x", "httpss", "hxxps"),
    ...changeScheme("HTTPS", "Https", "hTTp", "chrome-extension", "", "1http", "http:http", " https", "https "),
    (origin) => origin.replace(/^.*:\/\//, ""),
    (origin) => origin.replace(/^.*:(?=\/\/)/, ""),
    ...replace("://", ":", ":/", ":///", "//", ":\\\\", ":/\\", "%3a//", "\uff1a//", ";//", "..//", ": //"),
    (origin) => (origin.startsWith("https:") ? origin.replace("https", "http") : origin.replace("http", "https")),
  ],
  "upper case": [
    (origin) => origin.toUpperCase(),
    (origin) => origin.charAt(0).toUpperCase() + origin.slice(1),
    (origin) => origin.replace(/:\/\/./, (start) => start.toUpperCase()),
  ],
  "dots that are others": [
    ...replace(/\.(?=[^.]*$)/, "x", "-", "%2e", "\uff0e", "\u3002", "..", "/", ":", "\\.", "\u2024"),
  ],
  "letters that look alike, or fold to others": [
    ...replace("a", "\u0430", "\uff41", "\u1d43", "\u0061\u0301"),
    ...replace("e", "\u0435", "\u00e9", "\u212f"),
    ...replace("s", "\u017f", "\u0455"),
    ...replace("l", "\u04cf", "\u2113", "I", "|"),
    ...replace("i", "\u0131", "\u0456"),
  ],
  "a part alone": [
    (origin) => origin.slice(1),
    (origin) => origin.slice(0, Math.max(origin.indexOf("://"), 0) + 3),
    (origin) => origin.slice(0, origin.indexOf(":")),
    (origin) => origin.replace(/\.[^.:]*(?=:\d+$|$)/, ""),
  ],
  "quoted, or in brackets": [
    (origin) => `"${origin}"`,
    (origin) => `'${origin}'`,
    (origin) => `<${origin}>`,
    (origin) => `[${origin}]`,
    (origin) => `(${origin})`,
    (origin) => `["${origin}"]`,
    (origin) => `^${origin}$`,
    (origin) => `${origin}|.*`,
    (origin) => `Origin: ${origin}`,
  ],
  "no origin at all": [
    ...["", "*", "**", "https://*", "http://*", "*://*", "http*", ".*", "undefined", "NaN", "true", "false", "0", "[]"],
    ...[
      "[object Object]",
      "{}",
      "constructor",
      "__proto__",
      "toString",
      "hasOwnProperty",
      "Null",
      "NULL",
      "nil",
      "none",
    ],
    ...[
      "null null",
      "about:blank",
      "about:srcdoc",
      "data:text/html,x",
      "https://",
      "://",
      "//",
      "/",
      ".",
      ":",
      "$1",
      "$&",
    ],
  ].map((text) => () => text),
  "far too long": [
    (origin) => origin.replace("://", `://${"a.".repeat(4000)}`),
    (origin) => origin.replace("://", `://${"a".repeat(64)}.`),
    (origin) => origin.replace("://", `://${"a-".repeat(4000)}`),
    (origin) => origin + "a".repeat(8000),
    (origin) => `${origin}:${"1".repeat(8000)}`,
    (origin) => `${origin}${".".repeat(8000)}`,
    (origin) => `${"https://".repeat(1000)}${origin}`,
  ],
};

/** An Origin that must be denied, as bytes. */
export interface TrickedOrigin {
  readonly pattern: string;
  readonly origin: string;
  readonly trick: string;
}

/** What is no UTF-8 is written byte by byte already. */
function toBytes(text: string): string {
  return /[\xc0\xed\xff\x80]|\xe0\x80/.test(text) ? text : bytesOf(text);
}

/**
 * Every trick on every pattern, each Origin once. Where a trick finds nothing to change (no dot in the host, no `e` in
 * it), there is none.
 */
export const trickedOrigins: readonly TrickedOrigin[] = PATTERNS.flatMap(([pattern, honest]) => {
  const origins = new Map<string, string>();
  for (const [trick, ways] of Object.entries(TRICKS)) {
    for (const way of ways) origins.set(toBytes(way(honest)), trick);
  }
  origins.delete(honest);
  return [...origins].map(([origin, trick]) => ({ pattern, origin, trick }));
});
