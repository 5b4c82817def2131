/*
 * Matchers with the mistakes that CORS code has been caught with. Each differs from the reference in one point alone,
 * so that what finds it has looked at just that point.
 */
import type { CompiledPolicy } from "../src/index.js";
import { COMPARISONS, type Comparisons, isWellFormed, patternSource } from "./reference.js";

type MatchesOrigin = Comparisons["matchesOrigin"];
type AllowsHeaders = Comparisons["allowsHeaders"];

const { matchesOrigin, allowsHeaders } = COMPARISONS;

/** Matches as the reference does, but by a regular expression that is made otherwise. */
function byExpression(makeSource: (pattern: string) => string, flags = ""): MatchesOrigin {
  return (pattern, origin) =>
    pattern === "null"
      ? origin === "null"
      : isWellFormed(origin) && new RegExp(makeSource(pattern), flags).test(origin);
}

function withoutPort(text: string): string {
  return text.replace(/:(\d+|\*)$/, "");
}

/** Drops what makes an origin malformed, then matches. */
function afterCleaning(clean: (origin: string) => string): MatchesOrigin {
  return (pattern, origin) => matchesOrigin(pattern, clean(origin));
}

const SUBDOMAINS = "([a-z0-9_-]+\\.)+";
const LABEL_PART = /(?<!\])\[a-z0-9_-\]\+(?!\\\.\))/;

/** Wrong comparisons of origins, by what is wrong with them. */
export const ORIGIN_BUGS: Readonly<Record<string, MatchesOrigin>> = {
  "a dot stands for any character": byExpression(
    // Not the dot that ends a star's labels: the expression would take exponential time.
    (pattern) => `^${patternSource(pattern).replace(/\\\.(?!\)\+)/g, ".")}$`,
  ),
  "*. matches the domain itself": byExpression(
    (pattern) => `^${patternSource(pattern).replace(SUBDOMAINS, "([a-z0-9_-]+\\.)*")}$`,
  ),
  "*. matches without the dot": byExpression(
    (pattern) => `^${patternSource(pattern).replace(SUBDOMAINS, "[a-z0-9._-]+")}$`,
  ),
  "*. is one label only": byExpression(
    (pattern) => `^${patternSource(pattern).replace(SUBDOMAINS, "[a-z0-9_-]+\\.")}$`,
  ),
  "a star within a label reaches over dots": byExpression(
    (pattern) => `^${patternSource(pattern).replace(LABEL_PART, "[a-z0-9._-]+")}$`,
  ),
  "a star within a label is nothing": byExpression(
    (pattern) => `^${patternSource(pattern).replace(LABEL_PART, "[a-z0-9_-]*")}$`,
  ),
  "the end is not anchored": byExpression((pattern) => `^${patternSource(pattern)}`),
  "the start is not anchored": byExpression((pattern) => `${patternSource(pattern)}$`),
  "case is folded": (pattern, origin) => matchesOrigin(pattern, origin.toLowerCase()),
  "the port is ignored": (pattern, origin) =>
    (isWellFormed(origin) || origin === "null") && matchesOrigin(withoutPort(pattern), withoutPort(origin)),
  "any port does not cover the default one": byExpression(
    (pattern) => `^${patternSource(pattern).replace("(:[0-9]+)?", "(:[0-9]+)")}$`,
  ),
  "the default port may be written": (pattern, origin) =>
    matchesOrigin(pattern, origin.replace(/^(https:.*):443$/, "$1").replace(/^(http:.*):80$/, "$1")),
  "a port may be any number": (pattern, origin) =>
    matchesOrigin(pattern, origin) || (pattern.endsWith(":*") && matchesOrigin(pattern, origin.replace(/\d+$/, "1"))),
  "the scheme is ignored": (pattern, origin) => {
    const isOther = /^https?:/.test(origin) && isWellFormed(origin);
    const swapped = origin.replace(/^https?/, (scheme) => (scheme === "http" ? "https" : "http"));
    return matchesOrigin(pattern, origin) || (isOther && matchesOrigin(pattern, swapped));
  },
  "an empty label is accepted": afterCleaning((origin) => origin.replace(/(?<=\/\/|\.)\./, "")),
  "a dot at the end is accepted": afterCleaning((origin) => origin.replace(/\.(?=:\d|$)/, "")),
  "a slash at the end is accepted": afterCleaning((origin) => origin.replace(/\/$/, "")),
  "white space around it is accepted": afterCleaning((origin) => origin.trim()),
  "one of several origins is enough": (pattern, origin) =>
    origin.split(/, */).some((one) => matchesOrigin(pattern, one)),
  "what a star stands for may be anything": (pattern, origin) =>
    new RegExp(`^${patternSource(pattern).replace(SUBDOMAINS, ".+\\.")}$`).test(origin),
  "a label may be longer than 63 characters": (pattern, origin) =>
    matchesOrigin(pattern, origin) || (pattern.includes("*") && matchesOrigin(pattern, origin.replace(/\w{60}/, ""))),
  "a host may be longer than 253 characters": (pattern, origin) =>
    matchesOrigin(pattern, origin) ||
    (pattern.includes("://*.") && origin.length > 260 && matchesOrigin(pattern, origin.replace(/\/\/..?/, "//"))),
  "null is always allowed": (pattern, origin) => origin === "null" || matchesOrigin(pattern, origin),
};

/** Wrong comparisons of request headers, by what is wrong with them. */
export const HEADER_BUGS: Readonly<Record<string, AllowsHeaders>> = {
  "case is not folded": (names, value) =>
    allowsHeaders(names, value) && value.split(",").every((name) => name === name.toLowerCase()),
  "letters beyond ASCII are folded": (names, value) => allowsHeaders(names, value.replace("\u212a", "k")),
  "no white space is accepted": (names, value) => allowsHeaders(names, value) && !/[ \t]/.test(value),
  "white space beyond ASCII is accepted": (names, value) => allowsHeaders(names, value.replaceAll("\u00a0", "")),
  "empty elements are refused": (names, value) => allowsHeaders(names, value) && !/^,|,,|,$/.test(value),
  "a repeated name is refused": (names, value) => {
    const requested = value.split(",").map((name) => name.trim().toLowerCase());
    return allowsHeaders(names, value) && new Set(requested).size === requested.length;
  },
  "an element too few is accepted": (names, value) =>
    allowsHeaders(names, value) && value.split(",").length < 2 * names.length + 16,
  "an element too many is accepted": (names, value) =>
    allowsHeaders(names, value) || allowsHeaders(names, value.replace(/,[^,]+$/, "")),
  "an empty element too many is accepted": (names, value) =>
    allowsHeaders(names, value) || allowsHeaders(names, value.replace(/,(?=,)|^,|,$/, "")),
  "a blank too many is accepted": (names, value) =>
    allowsHeaders(names, value) || allowsHeaders(names, value.replace(/ $/, "")),
  "the beginning of a name is enough": (names, value) =>
    allowsHeaders(names, value) || allowsHeaders(names, value.replace(/content-typ(?!e)/i, "content-type")),
};

/** Which item of a policy is said to allow an origin, of those that do. */
type FindsItem = (items: readonly string[], policy: CompiledPolicy, origin: string) => string | null;

/** Wrong answers to which item allows an origin, of matchers that decide rightly. */
export const ITEM_BUGS: Readonly<Record<string, FindsItem>> = {
  "the origin is said, and not the pattern": (items, _policy, origin) => (items.length > 0 ? origin : null),
  "the first item is said, whichever allows": (items, { origins }) => (items.length > 0 ? (origins[0] ?? null) : null),
  "an item is said although none allows": (items, { origins }) => items[0] ?? origins[0] ?? null,
  "null is said of what is allowed by a pattern": (items) => items.find((item) => !item.includes("*")) ?? null,
  "nothing is said where any origin is allowed": (items, { origins }) => (origins === "*" ? null : (items[0] ?? null)),
};
