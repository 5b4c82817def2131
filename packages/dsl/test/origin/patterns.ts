import { createMatcher } from "@corslang/runtime";
import type { SetPattern } from "../../src/origin/algebra/set-pattern.js";
import { type ClaimPattern, parseClaimPattern } from "../../src/origin/claim-pattern.js";
import { parseOriginPattern } from "../../src/origin/parse.js";
import type { OriginPattern } from "../../src/origin/pattern.js";

/** The pattern that a text is; a test that writes another text is at fault. */
export function parse(text: string): OriginPattern {
  const parsed = parseOriginPattern(text);
  if ("problem" in parsed) throw new Error(`${text} is no pattern: ${parsed.problem.code}`);
  return parsed.value;
}

/** As `parse`, for what a `never` claim may say. */
export function parseClaim(text: string): ClaimPattern {
  const parsed = parseClaimPattern(text);
  if ("problem" in parsed) throw new Error(`${text} is no claim's pattern: ${parsed.problem.code}`);
  return parsed.value;
}

/** As `parseClaim`, for what a set of origins may have in it. */
export function parseSet(text: string): SetPattern {
  return text === "*" ? text : parseClaim(text);
}

/** A name of just that length, of labels that are as long as they may be, and a rest. */
export function nameOfLength(length: number): string {
  const name = `${"z".repeat(63)}.`.repeat(1 + length / 64).slice(0, length);
  return name.endsWith(".") ? `${name.slice(0, -2)}.z` : name;
}

/** Tells of an origin whether a pattern stands for it: the runtime's own answer, which every relation is held to. */
export type OriginOracle = (origin: string) => boolean;

const REST_OF_POLICY = {
  version: 1,
  name: "default",
  methods: [],
  headers: [],
  expose: [],
  credentials: false,
  maxAge: null,
} as const;

function requestFrom(origin: string) {
  return { method: "GET", origin, requestMethod: null, requestHeaders: null };
}

/** Asks a matcher of a policy that lists these patterns. */
export function createListOracle(patterns: readonly string[]): OriginOracle {
  const matcher = createMatcher({ ...REST_OF_POLICY, origins: patterns });
  return (origin) => matcher.decide(requestFrom(origin)).outcome === "actual-allowed";
}

/** Asks a matcher of a policy that lists one pattern. */
export function createOracle(pattern: string): OriginOracle {
  return createListOracle([pattern]);
}

const denyAll = createMatcher({ ...REST_OF_POLICY, origins: [] });

/** Whether the runtime takes an origin for well-formed; `null` is none in this sense. */
export function isWellFormed(origin: string): boolean {
  return origin !== "null" && denyAll.explain(requestFrom(origin))?.reason === "origin-not-allowed";
}

/** As `createOracle`, for what a `never` claim may say: no policy can list `http://*`, so its parts are compared here. */
export function createClaimOracle(pattern: string): OriginOracle {
  const [, scheme, port] = /^([^:]+):\/\/\*(?::(.+))?$/.exec(pattern) ?? [];
  if (scheme === undefined) return createOracle(pattern);
  return (origin) => {
    const [, originScheme, originPort] = /^([^:]+):\/\/(?:\[.*\]|[^:]*)(?::(.*))?$/.exec(origin) ?? [];
    return isWellFormed(origin) && originScheme === scheme && (port === "*" || originPort === port);
  };
}
