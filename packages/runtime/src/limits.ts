/*
 * The numbers of docs/language.md. A request is measured against these and against the policy, never against itself.
 * Written in place by the build, as those of characters.ts.
 */
// biome-ignore lint/suspicious/noConstEnum: of this package alone, and not in its types
export const enum Limit {
  LONGEST_SCHEME = 64,
  LONGEST_HOST = 253,
  LONGEST_LABEL = 63,
  HIGHEST_PORT = 65535,

  /** Scheme, `://`, host, `:` and port. Anything longer is refused before it is looked at. */
  LONGEST_ORIGIN = LONGEST_SCHEME + 3 + LONGEST_HOST + 1 + 5,

  /** The bounds of Access-Control-Request-Headers, beside those that follow from the policy. */
  MOST_EMPTY_ELEMENTS = 16,

  /** For reasons alone: a longer method or header name is called malformed rather than carried into a log. */
  LONGEST_REPORTED_NAME = 128,

  /** In seconds: one day, the highest cap of any browser. */
  LONGEST_MAX_AGE = 86400,
}

/** What changes no decision, but how it is come to. */
// biome-ignore lint/suspicious/noConstEnum: as above
export const enum Strategy {
  /**
   * So many origins are compared one after another, which mostly ends at their lengths: one takes 0.2 times as long as to
   * look it up in a Set, which has to hash it first, ten take 0.5 times as long, and as many as here are still faster.
   */
  MOST_COMPARED = 16,
}
