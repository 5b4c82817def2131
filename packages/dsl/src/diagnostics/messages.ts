/*
 * Every code with its sentence: lower case, no full stop, what is wrong and then what to write. Changing a sentence is
 * fine; changing or reusing a code is not, since users accept codes and search for them.
 */

/** What the sentences of the origin checks are about. */
interface OriginParameters {
  /** As written. */
  readonly origin: string;
  /** The right form, where there is one. */
  readonly suggestion: string | null;
}

function write(suggestion: string | null): string {
  return suggestion === null ? "" : `; write \`${suggestion}\``;
}

function didYouMean(suggestion: string | null): string {
  return suggestion === null ? "" : `; did you mean \`${suggestion}\`?`;
}

/** The diagnostics' sentences by code. */
export const MESSAGES = {
  // The text
  syntax: (p: { readonly problem: string }) => p.problem,
  "unclosed-block": () => "this block is never closed; write `}` on a line of its own where it ends",
  "unclosed-list": () => "this list is never closed; write `]` behind its last item",
  "missing-comma": (p: { readonly item: string }) =>
    `there is nothing between \`${p.item}\` and the item before it; separate items on one line by commas`,
  "unknown-character": (p: { readonly codePoint: string }) =>
    `the invisible character U+${p.codePoint} must not be in a policy, not even in a comment; remove it`,
  "invalid-utf8": (p: { readonly offset: number }) =>
    `this file is not UTF-8 text (byte ${p.offset} is the first that does not fit); save it as UTF-8`,

  // Settings
  "unknown-setting": (p: { readonly name: string; readonly suggestion: string | null }) =>
    p.suggestion === null
      ? `there is no setting \`${p.name}\`; a policy has origins, methods, headers, expose, credentials and max-age`
      : `there is no setting \`${p.name}\`; did you mean \`${p.suggestion}\`?`,
  "duplicate-setting": (p: { readonly name: string }) =>
    `\`${p.name}\` is already set in this policy; keep one of the two and put all items into it`,
  "empty-list": (p: { readonly name: string; readonly isSet: boolean }) =>
    `\`${p.name}\` lists nothing; write its items, or ${p.isSet ? "remove the set" : "`none`"}`,
  "missing-origins": (p: { readonly policy: string }) =>
    `the policy \`${p.policy}\` does not say who may call; add \`origins\` with a list, \`*\` or \`none\``,
  "invalid-value": (p: { readonly problem: string }) => p.problem,

  // Names
  "duplicate-name": (p: { readonly name: string }) =>
    `the name \`${p.name}\` is already taken; give one of the two another name`,
  "unknown-name": (p: {
    readonly kind: "set" | "policy" | "profile";
    readonly name: string;
    readonly suggestion: string | null;
  }) =>
    `there is no ${p.kind} \`${p.name}\` ${p.kind === "profile" ? "in any of these files" : "in this file"}${didYouMean(p.suggestion)}`,
  "unknown-import": (p: { readonly problem: string }) => p.problem,
  "import-cycle": (p: { readonly cycle: string }) =>
    `these files import each other: ${p.cycle}; move what they share into a file that imports none of them`,
  "extends-cycle": (p: { readonly cycle: string }) =>
    `these policies extend each other: ${p.cycle}; let one of them extend nothing`,
  "set-cycle": (p: { readonly cycle: string }) =>
    `these sets contain each other: ${p.cycle}; take one out of the other`,
  "set-kind": (p: { readonly problem: string }) => p.problem,
  "reserved-name": (p: { readonly name: string; readonly reason: string; readonly advice?: string }) =>
    `\`${p.name}\` can't be a name, because ${p.reason}; ${p.advice ?? "choose another"}`,

  // Origins that never match as they are written
  "origin-syntax": (p: OriginParameters) =>
    `\`${p.origin}\` is not an origin, which is scheme, host and perhaps port${write(p.suggestion)}`,
  "origin-missing-scheme": (p: OriginParameters) =>
    `\`${p.origin}\` has no scheme, and browsers always send one${write(p.suggestion)}`,
  "origin-has-path": (p: OriginParameters) =>
    `\`${p.origin}\` has a path, query or fragment, and browsers send origins without, not even a \`/\`${write(p.suggestion)}`,
  "origin-has-userinfo": (p: OriginParameters) =>
    `\`${p.origin}\` has a user before \`@\`, which is never part of an origin${write(p.suggestion)}`,
  "origin-uppercase": (p: OriginParameters) =>
    `\`${p.origin}\` has upper-case letters, and browsers send origins in lower case${write(p.suggestion)}`,
  "origin-default-port": (p: OriginParameters) =>
    `\`${p.origin}\` names the default port of its scheme, which browsers leave out${write(p.suggestion)}`,
  "origin-port": (p: OriginParameters) =>
    `\`${p.origin}\` has no valid port: it is a number from 1 to 65535 without leading zeros, or \`*\` for any${write(p.suggestion)}`,
  "origin-not-ascii": (p: OriginParameters) =>
    `\`${p.origin}\` has characters beyond ASCII, for which browsers send punycode${write(p.suggestion)}`,
  "origin-ipv4": (p: OriginParameters) =>
    `\`${p.origin}\` does not write its IPv4 address as browsers do, in four decimal numbers${write(p.suggestion)}`,
  "origin-ipv6": (p: OriginParameters) =>
    `\`${p.origin}\` does not write its IPv6 address as browsers do, in brackets, compressed and in lower case${write(p.suggestion)}`,
  "origin-host": (p: OriginParameters & { readonly problem: string }) =>
    `no page has the origin \`${p.origin}\`: ${p.problem}${write(p.suggestion)}`,
  "origin-scheme": (p: OriginParameters & { readonly problem: string }) =>
    `\`${p.origin}\` never matches: ${p.problem}${write(p.suggestion)}`,
  "origin-wildcard": (p: OriginParameters & { readonly problem: string }) =>
    `the \`*\` in \`${p.origin}\` can't stand there: ${p.problem}${write(p.suggestion)}`,

  // What must not be, or not without `unsafe`
  "star-with-others": (p: { readonly name: string }) =>
    `\`*\` in \`${p.name}\` already means everything, so the other items have no effect; write \`*\` alone, or leave it out`,
  "authorization-unclear": () =>
    "`*` leaves it unclear whether `Authorization` is meant: the Fetch Standard says no, today's browsers say yes; write `*, Authorization`, or list the headers",
  "wildcard-with-credentials": (p: { readonly name: string }) =>
    p.name === "origins"
      ? "browsers refuse `*` as origin of a request with credentials; list the origins, or write `credentials false`"
      : `with credentials, browsers take \`*\` in \`${p.name}\` for a literal name; list the names, or write \`credentials false\``,
  "origin-null": (p: { readonly credentials: boolean }) =>
    p.credentials
      ? "any site can have the origin `null`, from a sandboxed frame, and would get its visitors' accounts; remove it, or write `credentials false`"
      : "any site can have the origin `null`, from a sandboxed frame; remove it, or write `unsafe null` where that is meant",
  "origin-insecure": (p: { readonly origin: string }) =>
    `whoever controls the network can run scripts in \`${p.origin}\`, and would get its users' accounts; write https, or \`unsafe ${p.origin}\``,
  "origin-public-suffix": (p: { readonly origin: string; readonly suffix: string }) =>
    `anybody can register a name below \`${p.suffix}\` that \`${p.origin}\` matches, and would get its visitors' accounts; name a domain of yours, or write \`unsafe ${p.origin}\``,
  "origin-any-port": (p: { readonly origin: string }) =>
    `whatever listens on any port of \`${p.origin}\` would get its visitors' accounts; name the port, or write \`unsafe ${p.origin}\``,

  "unsafe-set": (p: { readonly set: string }) =>
    `the set \`${p.set}\` from another file has unsafe items, which a reader of this policy can't see; write \`unsafe @${p.set}\` where that is meant`,

  // Methods, headers, durations
  "method-syntax": (p: { readonly method: string }) =>
    `\`${p.method}\` is not a method; write a name such as \`PUT\`, items separated by commas`,
  "method-forbidden": (p: { readonly method: string }) =>
    `no script can send \`${p.method}\` (Fetch Standard, "forbidden method"); remove it`,
  "method-case": (p: { readonly method: string; readonly suggestion: string }) =>
    `methods are compared with their case, and \`${p.method}\` is not what browsers send; write \`${p.suggestion}\``,
  "header-syntax": (p: { readonly header: string }) =>
    `\`${p.header}\` is not a header name; write a name such as \`X-Request-Id\`, items separated by commas`,
  "header-forbidden": (p: { readonly header: string; readonly hint: string; readonly isResponseHeader: boolean }) =>
    p.isResponseHeader
      ? `\`${p.header}\` is a header of responses, which are answered from the policy; ${p.hint}`
      : `no script can set the request header \`${p.header}\` (Fetch Standard, "forbidden request-header"); ${p.hint}`,
  "expose-forbidden": (p: { readonly header: string; readonly reason: string }) =>
    `no script can read \`${p.header}\`: ${p.reason}; remove it`,
  "max-age-syntax": (p: { readonly value: string }) =>
    `\`${p.value}\` is not a duration; write seconds as \`600\` or \`600s\`, or \`10m\`, \`2h\`, \`1d\`, or \`none\``,
  "max-age-too-long": (p: { readonly value: string }) =>
    `\`${p.value}\` is longer than a day, and no browser caches a preflight for so long; write \`1d\` or less`,

  // Expectations
  "empty-expect": (p: { readonly policy: string }) =>
    `nothing is expected of \`${p.policy}\`; write a claim, or remove the block`,
  "expectation-failed": (p: { readonly problem: string }) => p.problem,

  // Warnings: a policy with these works, and is hardly meant so
  "origin-redundant": (p: { readonly origin: string; readonly cover: string }) =>
    p.origin === p.cover
      ? `\`${p.origin}\` is already listed; remove one of the two`
      : `\`${p.cover}\` already matches \`${p.origin}\`; remove the narrower one`,
  "method-redundant": (p: { readonly method: string }) => `\`${p.method}\` is already listed; remove one of the two`,
  "header-redundant": (p: { readonly header: string }) => `\`${p.header}\` is already listed; remove one of the two`,
  "expose-safelisted": (p: { readonly header: string }) => `scripts can read \`${p.header}\` in any case; remove it`,
  "expose-cors-header": (p: { readonly header: string }) =>
    `\`${p.header}\` is for the browser, and no script has use for it; remove it`,
  "content-type-missing": (p: { readonly method: string }) =>
    `a script that sends JSON with ${p.method} sets Content-Type, which is not in \`headers\`; add it`,
  "method-unknown-to-node": (p: { readonly method: string }) =>
    `Node's server refuses the method \`${p.method}\` before any code of yours runs; remove it`,
  "method-override-header": (p: { readonly header: string }) =>
    `\`${p.header}\` lets a script send any method inside of a POST, past the list in \`methods\`; remove it`,
  "loopback-in-production": (p: { readonly origin: string }) =>
    `\`${p.origin}\` is whatever runs on a visitor's own machine; write it in \`when development { origins += ${p.origin} }\``,
  "origin-insecure-scheme": (p: { readonly origin: string }) =>
    `whoever controls the network can read what \`${p.origin}\` can; write https, or \`unsafe ${p.origin}\``,
  "public-suffix-wildcard": (p: { readonly origin: string; readonly suffix: string }) =>
    `anybody can register a name below \`${p.suffix}\` that \`${p.origin}\` matches; name a domain of yours, or write \`unsafe ${p.origin}\``,
  "any-port": (p: { readonly origin: string }) =>
    `whatever listens on any port of \`${p.origin}\` can read the answers; name the port, or write \`unsafe ${p.origin}\``,
  "unneeded-unsafe": (p: { readonly item: string }) =>
    `\`${p.item}\` needs no \`unsafe\` in any policy that has it; remove the word`,
  "extends-without-effect": (p: { readonly policy: string; readonly base: string }) =>
    `\`${p.policy}\` sets everything itself that \`${p.base}\` sets; remove \`extends ${p.base}\``,
  "unused-set": (p: { readonly set: string }) => `nothing uses the set \`${p.set}\`; remove it`,
  "unused-import": (p: { readonly name: string }) => `nothing uses \`${p.name}\`; remove it from the import`,
  "unused-acceptance": (p: { readonly code: string }) =>
    `nothing on that line is reported as \`${p.code}\`; remove this comment`,
  "unknown-acceptance": (p: {
    readonly code: string;
    readonly isWarning: boolean;
    readonly suggestion: string | null;
  }) =>
    p.isWarning
      ? `\`${p.code}\` is about acceptances, and can't be accepted itself`
      : `\`${p.code}\` is no warning, and nothing else can be accepted${didYouMean(p.suggestion)}`,
  "acceptance-without-reason": (p: { readonly code: string }) =>
    `a reader has to know why; write \`# corslang allow ${p.code}: \` and the reason`,
} as const;

/** The code of a diagnostic. */
export type Code = keyof typeof MESSAGES;

/** How bad it is: nothing is compiled with an error; a warning can be accepted where it stands. */
export type Severity = "error" | "warning";

/** The codes of warnings, which can be accepted in place or raised to errors. */
export const WARNINGS: readonly Code[] = [
  "origin-redundant",
  "method-redundant",
  "header-redundant",
  "expose-safelisted",
  "expose-cors-header",
  "content-type-missing",
  "method-unknown-to-node",
  "method-override-header",
  "loopback-in-production",
  "origin-insecure-scheme",
  "public-suffix-wildcard",
  "any-port",
  "unneeded-unsafe",
  "extends-without-effect",
  "unused-set",
  "unused-import",
  "unused-acceptance",
  "unknown-acceptance",
  "acceptance-without-reason",
];

/** Codes whose fixes guess, accept a danger, or let more in: a person decides about these. */
export const FIXES_TO_DECIDE: readonly Code[] = [
  "unclosed-block",
  "unclosed-list",
  "unknown-name",
  "unknown-import",
  "unsafe-set",
  "origin-missing-scheme",
  "origin-not-ascii",
  "origin-scheme",
  "origin-wildcard",
  "origin-null",
  "origin-insecure",
  "origin-insecure-scheme",
  "authorization-unclear",
  "content-type-missing",
  "origin-has-userinfo",
  "origin-port",
  "origin-host",
];

/** What the sentence of a code needs to know. */
export type MessageParameters<C extends Code> = Parameters<(typeof MESSAGES)[C]> extends [infer P] ? P : null;
