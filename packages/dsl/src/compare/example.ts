import { type CorsRequest, createMatcher, HEADER, type Matcher } from "@corslang/runtime";
import { createMatcherServer, type PageRequest, simulateFetch } from "@corslang/runtime/testing";
import { UNSAFE_VALUE } from "../analyze/expectations.js";
import type { CheckedPolicy } from "../check/checked-policy.js";
import { toCompiledPolicy } from "../compile/to-compiled-policy.js";
import { DEFAULT_PREFLIGHT_SECONDS } from "./grant.js";

/** What a page does in an example. */
export interface ExampleRequest {
  readonly origin: string;
  readonly method: string;
  /** Names of headers that it sets, to values that need a preflight. */
  readonly headers: readonly string[];
  readonly credentials: boolean;
  /** Whether it listens to the upload's progress, for which browsers always send a preflight. */
  readonly uploadListener: boolean;
  /** The header of the answer that it reads, if the example is about one. */
  readonly reads: string | null;
}

/** What comes of an example under one of the policies. */
export type ExampleVerdict =
  /** The browser does not send the request, since its preflight failed. */
  | { readonly outcome: "not-sent" }
  /** The request is sent, and the page does not get the answer. */
  | { readonly outcome: "blocked" }
  | {
      readonly outcome: "readable";
      /** Whether the page gets the header that the example reads; `null` where it reads none. */
      readonly readsHeader: boolean | null;
      /** For how long the browser remembers the preflight; `null` where there was none. */
      readonly preflightSeconds: number | null;
    };

/** A request that one policy answers otherwise than the other. */
export interface Example {
  readonly request: ExampleRequest;
  readonly before: ExampleVerdict;
  readonly after: ExampleVerdict;
}

const NOBODY: Matcher = createMatcher({
  version: 1,
  name: "default",
  origins: [],
  methods: [],
  headers: [],
  expose: [],
  credentials: false,
  maxAge: null,
});

/** What decides before and after. */
export interface Matchers {
  readonly before: () => Matcher;
  readonly after: () => Matcher;
}

/** What decides by two policies; without a policy, nobody is let in. Policies that do not differ need none. */
export function createMatchers(before: CheckedPolicy | null, after: CheckedPolicy | null): Matchers {
  const create = (policy: CheckedPolicy | null) => {
    let matcher: Matcher | null = null;
    return () => {
      matcher ??= policy === null ? NOBODY : createMatcher(toCompiledPolicy(policy));
      return matcher;
    };
  };
  return { before: create(before), after: create(after) };
}

function toPageRequest({ origin, method, headers, credentials, uploadListener }: ExampleRequest): PageRequest {
  return {
    origin,
    method,
    headers: headers.map((name) => [name, UNSAFE_VALUE] as const),
    credentials: credentials ? "include" : "omit",
    uploadListener,
  };
}

/** What the browser is told of how long it may remember a preflight. */
function preflightSeconds(preflight: CorsRequest, matcher: Matcher): number {
  const [, value] = matcher.decide(preflight).headers.find(([name]) => name === HEADER.maxAge) ?? [];
  return value === undefined ? DEFAULT_PREFLIGHT_SECONDS : Number(value);
}

/**
 * What a page experiences under a policy: by the runtime's own decision and the model of the browser.
 *
 * @example
 * ```ts
 * judge({ origin: "https://a.example.com", method: "PUT", headers: [], … }, matchers.before()).outcome; // "not-sent"
 * ```
 */
export function judge(request: ExampleRequest, matcher: Matcher): ExampleVerdict {
  const { reads } = request;
  const headers = reads === null ? [] : [[reads, "1"] as const];
  const experience = simulateFetch(toPageRequest(request), createMatcherServer(matcher, { status: 200, headers }));
  if (experience.outcome !== "readable") {
    return { outcome: experience.outcome === "blocked" ? "blocked" : "not-sent" };
  }
  const { preflight, headerNames } = experience;
  return {
    outcome: "readable",
    readsHeader: reads === null ? null : headerNames.includes(reads),
    preflightSeconds: preflight && preflightSeconds(preflight.facts, matcher),
  };
}

/**
 * Makes an example of a request: a GET without anything special, but for what is given.
 *
 * @example
 * ```ts
 * toExample({ origin: "https://app.example.com", method: "PUT" }, matchers).after.outcome; // "readable"
 * ```
 */
export function toExample(
  given: Partial<ExampleRequest> & Pick<ExampleRequest, "origin">,
  { before, after }: Matchers,
): Example {
  const plain = { method: "GET", headers: [], credentials: false, uploadListener: false, reads: null };
  const request: ExampleRequest = { ...plain, ...given };
  return { request, before: judge(request, before()), after: judge(request, after()) };
}
