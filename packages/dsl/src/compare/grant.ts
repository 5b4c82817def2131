import { isCorsSafelistedMethod, isCorsSafelistedResponseHeaderName } from "@corslang/runtime/testing";
import type { CheckedPolicy } from "../check/checked-policy.js";
import { allNamesBut, type NameSet, theseNames } from "./name-set.js";

/** How long browsers remember a preflight whose answer has no Access-Control-Max-Age (Fetch Standard, "max-age"). */
export const DEFAULT_PREFLIGHT_SECONDS = 5;

/** What a policy lets a page do whose origin it allows; it is the same for all of these. */
export interface Grant {
  /** Beside GET, HEAD and POST, which need no listing. */
  readonly methods: NameSet;
  /** In lower case, `authorization` as any other. */
  readonly requestHeaders: NameSet;
  /** In lower case, beside the CORS-safelisted ones, which every page may read. */
  readonly responseHeaders: NameSet;
  readonly credentials: boolean;
  /** How long browsers remember a preflight that has passed. */
  readonly preflightSeconds: number;
}

/** The part of a grant that is a set of names. */
export type NamedPart = "methods" | "requestHeaders" | "responseHeaders";

function toNameSet(list: "*" | readonly string[], isAlwaysThere: (name: string) => boolean): NameSet {
  return list === "*" ? allNamesBut([]) : theseNames(list.filter((name) => !isAlwaysThere(name)));
}

function toLowerCase(list: "*" | readonly string[]): "*" | readonly string[] {
  return list === "*" ? list : list.map((name) => name.toLowerCase());
}

/**
 * What a policy lets the pages do that it allows. Two spellings of one thing are one grant: order, repeats, the case of
 * headers, and what is listed without need make no difference.
 *
 * @example
 * ```ts
 * grantOf(policy).methods; // for `methods GET, PUT`: these: PUT
 * ```
 */
export function grantOf({ methods, headers, expose, credentials, maxAge }: CheckedPolicy): Grant {
  return {
    methods: toNameSet(methods, isCorsSafelistedMethod),
    requestHeaders: toNameSet(toLowerCase(headers), () => false),
    responseHeaders: toNameSet(toLowerCase(expose), isCorsSafelistedResponseHeaderName),
    credentials,
    preflightSeconds: maxAge ?? DEFAULT_PREFLIGHT_SECONDS,
  };
}
