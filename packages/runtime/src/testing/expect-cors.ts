import { byteLowercase, toSortedLowercaseSet } from "../browser/header-list.js";
import { createPreflight } from "../browser/preflight.js";
import { isForbiddenResponseHeaderName } from "../browser/readable-headers.js";
import { type CredentialsMode, createRequest, type PageRequest } from "../browser/request.js";
import type { DenialReason, Header } from "../decision.js";
import type { Matcher } from "../matcher.js";
import { CorsAssertionError } from "./assertion-error.js";
import { type HeadersLike, readHeaderLines } from "./header-lines.js";
import { judgeActualRequest, judgeFetch, judgePreflight, type PolicyBlockReason } from "./judge-policy.js";
import { checkPageOrigin } from "./page-origin.js";
import { REFUSALS } from "./refusals.js";
import { expectBad, expectGood, type Subject } from "./verdict.js";
import { describeFetch, enumerate } from "./wording.js";

/** What a page gives `fetch()` beside method and URL, as far as a policy looks at it. */
export interface PolicyFetchInit {
  readonly headers?: HeadersLike | undefined;
  /** `same-origin` when it is left out, as in `fetch()`: across origins, without credentials. */
  readonly credentials?: CredentialsMode | undefined;
  /** As a listener on XMLHttpRequest's `upload` does: there is always a preflight. */
  readonly uploadListener?: boolean | undefined;
}

/** What can be asserted of a preflight. All throw a {@link CorsAssertionError}. */
export interface PreflightExpectations {
  /** The policy allows what is asked for, and the browser sends the request. */
  readonly toPass: () => void;
  /** The policy does not allow it, for this reason or for any. */
  readonly toFail: (reason?: DenialReason) => void;
}

/** What can be asserted of a page's whole `fetch()`, preflight included. All throw a {@link CorsAssertionError}. */
export interface FetchExpectations {
  /** The page reads the answer. */
  readonly toBeReadable: () => void;
  /** The page does not, for this reason or for any. */
  readonly toBeBlocked: (reason?: PolicyBlockReason) => void;
  /** The page reads the answer and these headers of it, where the application sends them. */
  readonly toExpose: (...names: readonly string[]) => void;
}

/** What a page at an origin may do under a policy. */
export interface OriginExpectations {
  /**
   * A preflight.
   *
   * @param headerNames - The headers that the browser asks for, in any case and order.
   * @throws TypeError for a method or a header that no preflight asks for, because scripts can't use it.
   */
  readonly preflight: (method: string, headerNames?: readonly string[]) => PreflightExpectations;
  /** A whole `fetch()`: the preflight if one is needed, then the request. */
  readonly fetch: (method: string, init?: PolicyFetchInit) => FetchExpectations;
  /** Requests that are no preflights are allowed; whatever their method, only the origin counts. */
  readonly toBeAllowed: () => void;
  /** They are denied, for this reason or for any: browsers send them all the same, and keep the answer from the page. */
  readonly toBeDenied: (reason?: DenialReason) => void;
}

/** What can be asserted of a policy. */
export interface PolicyExpectations {
  /**
   * A page at an origin.
   *
   * @param origin - As the browser sends it, such as `https://app.example.com`.
   * @throws TypeError for what no browser sends, such as `https://app.example.com/`.
   */
  readonly from: (origin: string) => OriginExpectations;
}

function expectPreflight(matcher: Matcher, origin: string, method: string, names: readonly string[]) {
  const headers = names.map((name): Header => [name, ""]);
  const request = createRequest({ origin, method, headers, credentials: "same-origin" });
  if (typeof request === "string") throw new TypeError(`there is no such preflight: ${REFUSALS[request]}`);
  const [dropped] = names.filter((name) => !request.headers.some(([kept]) => kept === name));
  if (dropped !== undefined) {
    throw new TypeError(`there is no such preflight: browsers do not let scripts set the header ${dropped}`);
  }
  const unsafeNames = toSortedLowercaseSet(names);
  const { facts } = createPreflight({ ...request, unsafeNames });
  const subject: Subject = {
    what: `the preflight of ${describeFetch(request.method, request)}`,
    good: ["to pass", "passes"],
    bad: ["to fail", "fails"],
  };
  const expectations: PreflightExpectations = {
    toPass: () => expectGood(subject, judgePreflight(facts, matcher), expectations.toPass),
    toFail: (reason) => expectBad(subject, judgePreflight(facts, matcher), reason, expectations.toFail),
  };
  return expectations;
}

/** Why a page can't read some headers of an answer that it can read. */
function describeHidden(names: readonly string[], matcher: Matcher): string {
  const [forbidden] = names.filter(isForbiddenResponseHeaderName);
  if (forbidden !== undefined) return `No page can read ${forbidden}, whatever a policy exposes.`;
  const { name, expose } = matcher.policy;
  const what = expose.length === 0 ? "no headers" : `${enumerate([expose].flat())}, and not ${enumerate(names)}`;
  return `Policy \`${name}\` exposes ${what}.`;
}

function expectFetch(matcher: Matcher, page: PageRequest): FetchExpectations {
  const subject: Subject = {
    what: `the answer to ${describeFetch(page.method, page)}`,
    good: ["to be readable", "is readable"],
    bad: ["to be blocked", "is blocked"],
  };
  const judge = (...responseHeaderNames: string[]) => judgeFetch(page, matcher, responseHeaderNames);
  const expectations: FetchExpectations = {
    toBeReadable: () => expectGood(subject, judge(), expectations.toBeReadable),
    toBeBlocked: (reason) => expectBad(subject, judge(), reason, expectations.toBeBlocked),
    toExpose(...names) {
      const verdict = judge(...names);
      expectGood(subject, verdict, expectations.toExpose);
      const { headerNames } = verdict.experience;
      const hidden = names.filter((name) => !headerNames.includes(byteLowercase(name)));
      if (hidden.length === 0) return;
      const message = `expected ${subject.what} to expose ${enumerate(names)}, and it hides ${enumerate(hidden)}\n\n${describeHidden(hidden, matcher)}`;
      const readable = names.filter((name) => !hidden.includes(name));
      throw new CorsAssertionError(message, names, readable, expectations.toExpose);
    },
  };
  return expectations;
}

/**
 * Begins an assertion of what a policy lets pages do. It needs no server: the policy decides, and a model of the
 * browser (Fetch Standard) says what that comes to for the page.
 *
 * @param policy - What a module written by cors-compile exports, or `createMatcher(data)`, or a PolicyRef.
 * @throws TypeError when it is no policy.
 *
 * @example
 * ```ts
 * expectCors(account).from("https://app.example.com").preflight("PUT", ["Content-Type"]).toPass();
 * expectCors(account).from("https://app.example.com").fetch("PUT", { credentials: "include" }).toBeReadable();
 * expectCors(account).from("https://app.example.com.evil.test").toBeDenied("origin-not-allowed");
 * ```
 */
export function expectCors(policy: Matcher): PolicyExpectations {
  // By its structure, as copies of the runtime can live side by side. Object() lets undefined be asked as well.
  if (typeof Object(policy).explain !== "function") {
    throw new TypeError(
      `expectCors: expected a policy, not ${Object.prototype.toString.call(policy)}: pass what a compiled .cors module exports, or createMatcher(data)`,
    );
  }
  return {
    from(origin) {
      checkPageOrigin(origin);
      const subject: Subject = {
        what: `a request from ${origin}`,
        good: ["to be allowed", "is allowed"],
        bad: ["to be denied", "is denied"],
      };
      const judge = () => judgeActualRequest(origin, policy);
      const expectations: OriginExpectations = {
        preflight: (method, headerNames = []) => expectPreflight(policy, origin, method, headerNames),
        fetch(method, { headers = [], credentials = "same-origin", uploadListener } = {}) {
          return expectFetch(policy, {
            origin,
            method,
            headers: readHeaderLines(headers),
            credentials,
            uploadListener,
          });
        },
        toBeAllowed: () => expectGood(subject, judge(), expectations.toBeAllowed),
        toBeDenied: (reason) => expectBad(subject, judge(), reason, expectations.toBeDenied),
      };
      return expectations;
    },
  };
}
