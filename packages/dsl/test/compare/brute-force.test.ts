import { createMatcher, type Matcher } from "@corslang/runtime";
import { createMatcherServer, simulateFetch } from "@corslang/runtime/testing";
import { expect, test } from "vitest";
import { Random, seedOfThisRun } from "../../../runtime/test/random.js";
import type { CheckedPolicy } from "../../src/check/checked-policy.js";
import type { Change, Effect } from "../../src/compare/change.js";
import { comparePolicies } from "../../src/compare/compare-policies.js";
import { hasName } from "../../src/compare/name-set.js";
import { meanTheSame } from "../../src/compare/same-meaning.js";
import { toCompiledPolicy } from "../../src/compile/to-compiled-policy.js";
import { checkText } from "./checked.js";
import { ANSWERED_HEADERS, ASKED_HEADERS, ORIGINS, REQUEST_METHODS, randomPair } from "./random-policies.js";

/*
 * Tries every request of a small universe under two policies. What comes out differently has to be what the comparison
 * says, and no more.
 */

const SEED = seedOfThisRun();
const PAIRS = 40;
/** Ends a test that hangs, and no sooner: each takes some seconds. */
const TIMEOUT = 120_000;

interface Request {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly credentials: boolean;
  readonly uploadListener: boolean;
}

const HEADER_LISTS = [[], ...ASKED_HEADERS.map((name) => [name]), ["content-type", "x-a"], ["x-a", "x-b"]];

/** With headers and without, and a plain one for which browsers ask first all the same. */
const KINDS = [
  ...HEADER_LISTS.map((headers) => ({ headers, uploadListener: false })),
  { headers: [], uploadListener: true },
];

const REQUESTS: readonly Request[] = ORIGINS.flatMap((origin) =>
  REQUEST_METHODS.flatMap((method) =>
    KINDS.flatMap((kind) => [true, false].map((credentials) => ({ origin, method, credentials, ...kind }))),
  ),
);

interface Seen {
  /** The headers that the page reads. */
  readonly names: readonly string[];
  /** How long the preflight is remembered; `null` where there is none. */
  readonly seconds: number | null;
}

/** What a page gets, by the runtime and the model of the browser; `null` where it is nothing. */
function ask({ origin, method, headers, credentials, uploadListener }: Request, matcher: Matcher): Seen | null {
  const server = createMatcherServer(matcher, {
    status: 200,
    headers: ANSWERED_HEADERS.map((name) => [name, "1"] as const),
  });
  const page = { origin, method, uploadListener, headers: headers.map((name) => [name, "("] as const) };
  const experience = simulateFetch({ ...page, credentials: credentials ? "include" : "omit" }, server);
  if (experience.outcome !== "readable") return null;
  const names = experience.headerNames.filter((name) => ANSWERED_HEADERS.includes(name));
  if (!experience.preflight) return { names, seconds: null };
  const { headers: answered } = server(experience.preflight.facts);
  const age = answered.find(([name]) => name === "Access-Control-Max-Age")?.[1];
  return { names, seconds: age === undefined ? 5 : Number(age) };
}

/** Whether a pattern in words stands for an origin: asked of the matcher, not of the algebra that made the words. */
const stands = new Map<string, boolean>();
function standsFor(pattern: string, origin: string): boolean {
  const key = `${pattern} ${origin}`;
  const origins = pattern === "*" ? pattern : [pattern];
  const policy = { version: 1, name: "default", origins, methods: [], headers: [], expose: [], maxAge: null } as const;
  const known = stands.get(key) ?? createMatcher({ ...policy, credentials: false }).findOrigin(origin) !== null;
  stands.set(key, known);
  return known;
}

function isAbout({ origins }: Change, origin: string): boolean {
  return origins.some(
    ({ pattern, except }) => standsFor(pattern, origin) && !except.some((other) => standsFor(other, origin)),
  );
}

/** Whether the comparison says that a request has an effect that its answer would show. */
function saysOf(changes: readonly Change[], request: Request, effect: Effect): boolean {
  const { method, headers, credentials } = request;
  return changes.some((change) => {
    if (!("effect" in change) || change.effect !== effect || !isAbout(change, request.origin)) return false;
    switch (change.kind) {
      case "origins":
        return true;
      case "methods":
        // What the browser makes of a method is what the policy sees.
        return hasName(change.names, method === "put" ? "PUT" : method) && !["GET", "HEAD", "POST"].includes(method);
      case "requestHeaders":
        return headers.some((name) => hasName(change.names, name));
      case "responseHeaders":
        return false;
      default:
        return credentials;
    }
  });
}

function saidNames(changes: readonly Change[], { origin }: Request, effect: Effect): readonly string[] {
  const said = changes.flatMap((change) =>
    change.kind === "responseHeaders" && change.effect === effect && isAbout(change, origin) ? [change.names] : [],
  );
  return ANSWERED_HEADERS.filter((name) => name !== "set-cookie" && name !== "cache-control").filter((name) =>
    said.some((names) => hasName(names, name)),
  );
}

function saidSeconds(changes: readonly Change[], { origin }: Request): readonly (number | null)[] | null {
  const change = changes.find((one) => one.kind === "preflightSeconds" && isAbout(one, origin));
  return change?.kind === "preflightSeconds" ? [change.before, change.after] : null;
}

/** What a comparison says of one request, and what comes of it. */
interface Checked {
  readonly request: Request;
  readonly said: readonly unknown[];
  readonly seen: readonly unknown[];
}

function checkRequest(changes: readonly Change[], request: Request, was: Seen | null, is: Seen | null): Checked {
  const onlyIn = (one: Seen, other: Seen) =>
    ANSWERED_HEADERS.filter((name) => one.names.includes(name) && !other.names.includes(name));
  const said: unknown[] = [
    is !== null && saysOf(changes, request, "newly-allowed"),
    was !== null && saysOf(changes, request, "no-longer-allowed"),
  ];
  const seen: unknown[] = [is !== null && was === null, was !== null && is === null];
  if (was && is) {
    said.push(saidNames(changes, request, "newly-allowed"), saidNames(changes, request, "no-longer-allowed"));
    seen.push(onlyIn(is, was), onlyIn(was, is));
    said.push(was.seconds === null ? null : saidSeconds(changes, request));
    seen.push(was.seconds === is.seconds ? null : [was.seconds, is.seconds]);
  }
  return { request, said, seen };
}

/** What comes of a request before and after. */
type Tried = readonly [request: Request, was: Seen | null, is: Seen | null];

function tryAll(before: CheckedPolicy, after: CheckedPolicy): readonly Tried[] {
  const [old, now] = [createMatcher(toCompiledPolicy(before)), createMatcher(toCompiledPolicy(after))];
  return REQUESTS.map((request) => [request, ask(request, old), ask(request, now)]);
}

/** Of what a comparison says something else than what comes of it. */
function findMistakes(changes: readonly Change[], tried: readonly Tried[]): Checked[] {
  return tried
    .map(([request, was, is]) => checkRequest(changes, request, was, is))
    .filter(({ said, seen }) => JSON.stringify(said) !== JSON.stringify(seen));
}

/** A change as it is when before and after are exchanged. */
function mirrored(change: Change): unknown {
  const other = { "newly-allowed": "no-longer-allowed", "no-longer-allowed": "newly-allowed" } as const;
  return "effect" in change
    ? { ...change, effect: other[change.effect] }
    : { ...change, before: change.after, after: change.before };
}

/** Without what depends on which text is spoken of first: the order of items, places, and which example is taken. */
function toComparable(changes: readonly unknown[]): unknown {
  const texts = changes.map((change) =>
    JSON.stringify(change, (key, value) => {
      if (["place", "places", "example"].includes(key)) return undefined;
      return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
    }),
  );
  return texts.sort();
}

/** Each example is a request that one policy lets through and the other does not, or answers otherwise. */
function expectTrueExample(change: Change): void {
  expect(change.origins.filter(({ example }) => !isAbout(change, example))).toEqual([]);
  if (change.kind === "origins") expect(change.origins.filter(({ place }) => place === null)).toEqual([]);
  const { request, before, after } = change.example;
  if (!("effect" in change)) {
    expect([before, after]).toEqual([
      { outcome: "readable", readsHeader: null, preflightSeconds: change.before },
      { outcome: "readable", readsHeader: null, preflightSeconds: change.after },
    ]);
    return;
  }
  const [most, least] = change.effect === "newly-allowed" ? [after, before] : [before, after];
  expect(most).toMatchObject({ outcome: "readable", readsHeader: request.reads === null ? null : true });
  if (change.kind === "responseHeaders") expect(least).toMatchObject({ outcome: "readable", readsHeader: false });
  else expect(least.outcome).not.toBe("readable");
}

test(`what a comparison says is what comes out differently, and no more (CORSLANG_SEED=${SEED})`, {
  timeout: TIMEOUT,
}, () => {
  const random = new Random(SEED);
  const kinds = new Map<string, number>();
  for (let pair = 0; pair < PAIRS; pair++) {
    const [oldText, newText] = randomPair(random);
    const [before, after] = [checkText(oldText), checkText(newText)];
    const changes = comparePolicies(before, after);
    try {
      const tried = tryAll(before, after);
      expect(findMistakes(changes, tried)).toEqual([]);
      for (const change of changes) expectTrueExample(change);
      expect(comparePolicies(before, before)).toEqual([]);
      expect(meanTheSame(before, after)).toBe(changes.length === 0);
      expect(toComparable(comparePolicies(after, before))).toEqual(toComparable(changes.map(mirrored)));
    } catch (error) {
      throw new Error(`pair ${pair}:\n${oldText}---\n${newText}${JSON.stringify(toComparable(changes))}`, {
        cause: error,
      });
    }
    for (const { kind } of changes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  // Of changes that hardly ever happen, nothing would be learnt.
  for (const kind of ["origins", "methods", "requestHeaders", "responseHeaders", "credentials", "preflightSeconds"]) {
    expect(kinds.get(kind), kind).toBeGreaterThan(0);
  }
});

test(`a change that is left out or made up is found (CORSLANG_SEED=${SEED})`, { timeout: TIMEOUT }, () => {
  const random = new Random(SEED);
  let planted = 0;
  let found = 0;
  for (let pair = 0; pair < 10; pair++) {
    const [oldText, newText] = randomPair(random);
    const [before, after] = [checkText(oldText), checkText(newText)];
    const changes = comparePolicies(before, after);
    const tried = tryAll(before, after);
    for (const change of changes) {
      planted++;
      if (
        findMistakes(
          changes.filter((other) => other !== change),
          tried,
        ).length > 0
      )
        found++;
    }
    const others = comparePolicies(after, before);
    if (others.length > 0) expect(findMistakes(others, tried)).not.toEqual([]);
  }
  // One can be of origins or names that no request of the small universe has.
  expect(found).toBeGreaterThan(planted * 0.8);
  expect(planted).toBeGreaterThan(5);
});
