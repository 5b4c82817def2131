/*
 * The numbers of docs/language.md. A request is measured against these and against the policy, never against itself.
 * They have a file of their own, without imports, because minifiers then write them in place.
 */

export const LONGEST_SCHEME = 64;
export const LONGEST_HOST = 253;
export const LONGEST_LABEL = 63;
export const HIGHEST_PORT = 65535;

/** Scheme, `://`, host, `:` and port. Anything longer is refused before it is looked at. */
export const LONGEST_ORIGIN = LONGEST_SCHEME + 3 + LONGEST_HOST + 1 + 5;

/** The bounds of Access-Control-Request-Headers, beside those that follow from the policy. */
export const MOST_EMPTY_ELEMENTS = 16;

/** For reasons alone: a longer method or header name is called malformed rather than carried into a log. */
export const LONGEST_REPORTED_NAME = 128;

/** In seconds: one day, the highest cap of any browser. */
export const LONGEST_MAX_AGE = 86400;

/*
 * Two that change no decision, but how it is come to.
 */

/**
 * So many origins are compared one after another, which mostly ends at their lengths: one takes 0.2 times as long as to
 * look it up in a Set, which has to hash it first, ten take 0.5 times as long, and as many as here are still faster.
 */
export const MOST_COMPARED = 16;

/**
 * So many patterns are tested one after another. More are found by what origins end in, from each dot on: one takes 0.6
 * times as long by itself; a hundred take 0.08 times as long by their endings.
 */
export const MOST_TESTED = 3;
