/*
 * Matchers with the mistakes that CORS code has been caught with. Each differs from the reference in one point alone,
 * so that what finds it has looked at just that point.
 */
import type { CompiledPolicy } from "../src/index.js";
import { Strategy } from "../src/limits.js";
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

function requestedNames(value: string): string[] {
  const names = value.split(",").map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== "");
}

/** Allows what the reference allows once each name in the value is another. */
function withOtherNames(changeName: (name: string, names: readonly string[]) => string): AllowsHeaders {
  return (names, value) =>
    allowsHeaders(names, value) ||
    allowsHeaders(
      names,
      value.replace(/[^, \t]+/g, (name) => changeName(name, names)),
    );
}

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
  "of names that begin with one another the shorter alone is found": (names, value) =>
    allowsHeaders(names, value) &&
    requestedNames(value).every((name) => !names.some((other) => other !== name && name.startsWith(other))),
  "of names that begin with one another the longer alone is found": (names, value) =>
    allowsHeaders(names, value) &&
    requestedNames(value).every((name) => !names.some((other) => other !== name && other.startsWith(name))),
  "a name goes on after white space": (names, value) =>
    allowsHeaders(names, value) || allowsHeaders(names, value.replace(/[ \t](?=-)|(?<=-)[ \t]/, "")),
  "the length of a name is not compared: its beginning is enough": withOtherNames(
    (name, names) => names.find((allowed) => allowed.startsWith(name.toLowerCase())) ?? name,
  ),
  "the length of a name is not compared: more behind it is accepted": withOtherNames(
    (name, names) => names.find((allowed) => name.toLowerCase().startsWith(allowed)) ?? name,
  ),
  "the last character of a name is not compared": withOtherNames(
    (name, names) =>
      names.find(
        (allowed) => allowed.length === name.length && allowed.slice(0, -1) === name.slice(0, -1).toLowerCase(),
      ) ?? name,
  ),
  "the character before A is folded as letters are": withOtherNames((name) => name.replaceAll("@", "`")),
  "every character is folded as letters are": withOtherNames((name) =>
    [...name].map((character) => String.fromCharCode(character.charCodeAt(0) | 32)).join(""),
  ),
};

/** Which of a policy's patterns are found for an origin, of those that stand for it. */
type FindsPatterns = (found: readonly string[], origin: string, policy: CompiledPolicy) => readonly string[];

/** What an origin ends in where a pattern stands for it, from the star on, without a port. */
function endingOf(pattern: string): string {
  return withoutPort(pattern.slice(pattern.indexOf("*") + 1));
}

function listedOrigins({ origins }: CompiledPolicy): readonly string[] {
  return origins === "*" ? [] : origins;
}

/** The patterns of a policy in whose ending an origin ends. */
function patternsAtEnd(policy: CompiledPolicy, origin: string): readonly string[] {
  const patterns = listedOrigins(policy).filter((item) => item.includes("*") && !item.endsWith(":*"));
  return patterns.filter((pattern) => withoutPort(origin).endsWith(endingOf(pattern)));
}

/** What an origin ends in where a pattern with a star stands for it, from a dot on; empty where any port is right. */
function dottedEndingOf(pattern: string): string {
  const tail = pattern.slice(pattern.indexOf("*"));
  return pattern.endsWith(":*") ? "" : tail.slice(tail.indexOf("."));
}

function listedPatterns(policy: CompiledPolicy): readonly string[] {
  return listedOrigins(policy).filter((item) => item.includes("*"));
}

/** What the matcher makes of an ending to find its patterns by. */
function numberOf(ending: string): number {
  return [...ending].reduceRight((number, character) => (number * 31 + character.charCodeAt(0)) | 0, 0);
}

/** Finds those patterns alone whose ending is right. */
function withEnding(isFound: (ending: string, origin: string, endings: readonly string[]) => boolean): FindsPatterns {
  return (found, origin, policy) => {
    const endings = listedPatterns(policy).map(dottedEndingOf);
    return found.filter((item) => {
      const ending = item.includes("*") ? dottedEndingOf(item) : "";
      return ending === "" || isFound(ending, origin, endings);
    });
  };
}

/** Of patterns that have equal endings, finds the one alone that comes at that place among them. */
function ofEqualEndings(place: 0 | -1): FindsPatterns {
  return (found, _origin, policy) =>
    found.filter((item) => {
      const alike = listedPatterns(policy).filter((other) => dottedEndingOf(other) === dottedEndingOf(item));
      return !item.includes("*") || dottedEndingOf(item) === "" || alike.at(place) === item;
    });
}

/** Finds of the patterns in whose endings an origin ends those alone whose ending is the `best` of them. */
function withEndingOf(best: (...lengths: number[]) => number): FindsPatterns {
  return (found, origin, policy) => {
    const patterns = patternsAtEnd(policy, origin);
    const length = best(...patterns.map((pattern) => endingOf(pattern).length));
    return found.filter((item) => !patterns.includes(item) || endingOf(item).length === length);
  };
}

/** Matchers that compare rightly, and search wrongly: they do not come to all that they would have to compare. */
export const SEARCH_BUGS: Readonly<Record<string, FindsPatterns>> = {
  "of endings that end in one another the longest alone is tried": withEndingOf(Math.max),
  "of endings that end in one another the shortest alone is tried": withEndingOf(Math.min),
  "of equal endings the first alone is tried": ofEqualEndings(0),
  "of equal endings the last alone is tried": ofEqualEndings(-1),
  "an ending is looked up from the first dot alone": withEnding(
    (ending, origin) => ending === origin.slice(origin.indexOf(".")),
  ),
  "an ending is looked up from the last dot alone": withEnding(
    (ending, origin) => ending === origin.slice(origin.lastIndexOf(".")),
  ),
  "an ending is not looked up from the last dot": withEnding(
    (ending, origin) => ending !== origin.slice(origin.lastIndexOf(".")),
  ),
  "an ending is looked up from the first three dots alone": withEnding(
    (ending, origin) => origin.slice(0, -ending.length).split(".").length <= 3,
  ),
  "endings as long as the longest are not looked up": withEnding(
    (ending, _origin, endings) => ending.length < Math.max(...endings.map(({ length }) => length)),
  ),
  "endings longer than that of the first pattern are not looked up": withEnding(
    (ending, _origin, endings) => ending.length <= (endings[0] ?? "").length,
  ),
  "endings longer than that of the last pattern are not looked up": withEnding(
    (ending, _origin, endings) => ending.length <= (endings.at(-1) ?? "").length,
  ),
  "an ending is looked up without the port": withEnding((ending) => !ending.includes(":")),
  "patterns of any port are looked up by their ending too": (found, origin, policy) =>
    found.filter(
      (item) => !item.endsWith(":*") || listedPatterns(policy).length === 1 || origin.endsWith(endingOf(item)),
    ),
  "of many patterns the first three alone are tested": (found, _origin, policy) => {
    const late = listedPatterns(policy).slice(3);
    return found.filter((item) => !late.includes(item));
  },
  "patterns of any port are not tried beside others": (found, _origin, policy) =>
    found.filter((item) => !item.endsWith(":*") || listedOrigins(policy).length === 1),
  "patterns are not tried where origins are many": (found, _origin, policy) =>
    found.filter((item) => !item.includes("*") || listedOrigins(policy).length <= Strategy.MOST_COMPARED),
  "origins are not compared where patterns are many": (found, _origin, policy) =>
    found.filter((item) => item.includes("*") || listedPatterns(policy).length <= 3),
  "the first origin that is too many to be compared is not looked at": (found, _origin, policy) => {
    const exact = listedOrigins(policy).filter((item) => !item.includes("*"));
    return found.filter((item) => exact[Strategy.MOST_COMPARED] !== item);
  },
  "a pattern stands for itself": (found, origin, policy) =>
    listedOrigins(policy).includes(origin) ? [...found, origin] : found,
  "the number of the ending is enough": (found, origin, policy) => {
    const dots = [...origin.matchAll(/\./g)].map(({ index }) => numberOf(origin.slice(index)));
    const others = listedPatterns(policy).filter(
      (item) => dottedEndingOf(item) !== "" && dots.includes(numberOf(dottedEndingOf(item))),
    );
    return isWellFormed(origin) ? [...found, ...others] : found;
  },
  "the ending is enough": (found, origin, policy) =>
    isWellFormed(origin) ? [...found, ...patternsAtEnd(policy, origin)] : found,
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
