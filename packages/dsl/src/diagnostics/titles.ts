import type { Code } from "./messages.js";

/**
 * What each code is about, in a few words and whatever the case: for lists of all of them, as the rules of a SARIF
 * report are.
 */
export const TITLES: Readonly<Record<Code, string>> = {
  // The text
  syntax: "Text that is not of the language",
  "unclosed-block": "A block without its `}`",
  "unclosed-list": "A list without its `]`",
  "missing-comma": "Two items without a comma between them",
  "unknown-character": "An invisible character",
  "invalid-utf8": "A file that is not UTF-8 text",

  // Settings
  "unknown-setting": "A setting that does not exist",
  "duplicate-setting": "A setting that is set twice",
  "empty-list": "A list of nothing",
  "missing-origins": "A policy that does not say who may call",
  "invalid-value": "A value that a setting can't have",

  // Names
  "duplicate-name": "A name that is taken",
  "unknown-name": "A name that stands for nothing",
  "unknown-import": "An import that leads nowhere",
  "import-cycle": "Files that import each other",
  "extends-cycle": "Policies that extend each other",
  "set-cycle": "Sets that contain each other",
  "set-kind": "A set of other things than the setting takes",
  "reserved-name": "A word that can't be a name",

  // Origins that never match as they are written
  "origin-syntax": "An origin that is not scheme, host and port",
  "origin-missing-scheme": "An origin without a scheme",
  "origin-has-path": "An origin with a path, query or fragment",
  "origin-has-userinfo": "An origin with a user",
  "origin-uppercase": "An origin with upper-case letters",
  "origin-default-port": "An origin with the default port of its scheme",
  "origin-port": "An origin with a port that does not exist",
  "origin-not-ascii": "An origin with characters beyond ASCII",
  "origin-ipv4": "An IPv4 address that browsers write otherwise",
  "origin-ipv6": "An IPv6 address that browsers write otherwise",
  "origin-host": "An origin with a host that does not exist",
  "origin-scheme": "An origin with a scheme that never matches",
  "origin-wildcard": "A `*` where an origin can't have one",

  // What must not be, or not without `unsafe`
  "star-with-others": "A `*` with items beside it",
  "authorization-unclear": "A `*` that leaves `Authorization` unclear",
  "wildcard-with-credentials": "A `*` in a policy with credentials",
  "origin-null": "The origin `null`, which any site can have",
  "origin-insecure": "An origin with credentials that is not encrypted",
  "origin-public-suffix": "An origin with credentials below which anybody can register a name",
  "origin-any-port": "An origin with credentials and any port",
  "unsafe-set": "Unsafe items of a set from another file",

  // Methods, headers, durations
  "method-syntax": "A word that is not a method",
  "method-forbidden": "A method that no script can send",
  "method-case": "A method in another case than browsers send it",
  "header-syntax": "A word that is not a header name",
  "header-forbidden": "A request header that no script can set",
  "expose-forbidden": "A response header that no script can read",
  "max-age-syntax": "A word that is not a duration",
  "max-age-too-long": "A duration of more than a day",

  // Expectations
  "empty-expect": "A block that expects nothing",
  "expectation-failed": "An expectation that does not hold",

  // Warnings
  "origin-redundant": "An origin that another one already matches",
  "method-redundant": "A method that is listed twice",
  "header-redundant": "A header that is listed twice",
  "expose-safelisted": "An exposed header that scripts can read in any case",
  "expose-cors-header": "An exposed header that is for the browser",
  "content-type-missing": "A method whose scripts need Content-Type, which is not listed",
  "method-unknown-to-node": "A method that Node's server refuses",
  "method-override-header": "A header that lets scripts get past the listed methods",
  "loopback-in-production": "A visitor's own machine as an origin",
  "origin-insecure-scheme": "An origin that is not encrypted",
  "public-suffix-wildcard": "An origin below which anybody can register a name",
  "any-port": "An origin with any port",
  "unneeded-unsafe": "An `unsafe` that nothing needs",
  "extends-without-effect": "An `extends` that changes nothing",
  "unused-set": "A set that nothing uses",
  "unused-import": "An import that nothing uses",
  "unused-acceptance": "An acceptance of what is not reported",
  "unknown-acceptance": "An acceptance of what is no warning",
  "acceptance-without-reason": "An acceptance without a reason",
};
