import type { CheckedPolicy } from "../check/checked-policy.js";
import { type SettingName, STAR } from "../syntax/vocabulary.js";
import type { Span } from "../text/span.js";
import type { Change, Effect, ForCommonOrigins } from "./change.js";
import type { OriginsComparison } from "./compare-origins.js";
import { type ExampleRequest, type Matchers, toExample } from "./example.js";
import { type Grant, grantOf, type NamedPart } from "./grant.js";
import { exampleName, hasName, type NameSet, withoutNames } from "./name-set.js";
import { WELL_KNOWN_NAMES } from "./well-known-names.js";

const SETTING_OF: Readonly<Record<NamedPart, SettingName>> = {
  methods: "methods",
  requestHeaders: "headers",
  responseHeaders: "expose",
};

const PARTS: readonly NamedPart[] = ["methods", "requestHeaders", "responseHeaders"];

/** A policy and what it lets the pages do that it allows. */
interface Side {
  readonly policy: CheckedPolicy;
  readonly grant: Grant;
}

type Request = Partial<Omit<ExampleRequest, "origin">>;

/** What shows that a name is in a part or is not. */
function toRequest(part: NamedPart, name: string): Request {
  switch (part) {
    case "methods":
      return { method: name };
    case "requestHeaders":
      return { headers: [name] };
    case "responseHeaders":
      return { reads: name };
  }
}

function exampleInBoth(one: NameSet, other: NameSet, part: NamedPart): string | null {
  return exampleName(withoutNames(one, withoutNames(one, other)), WELL_KNOWN_NAMES[part]);
}

/** A request that both policies allow and that has a preflight. */
function toPreflightedRequest(old: Grant, now: Grant): Request {
  const method = exampleInBoth(old.methods, now.methods, "methods");
  if (method !== null) return { method };
  const header = exampleInBoth(old.requestHeaders, now.requestHeaders, "requestHeaders");
  return header === null ? { method: "POST", uploadListener: true } : { headers: [header] };
}

function placesOf(policy: CheckedPolicy, setting: SettingName, isMeant: (text: string) => boolean): Span[] {
  const items = policy.settings[setting]?.items ?? [];
  return items.filter(({ text }) => isMeant(text)).map(({ span }) => span);
}

/** Where names are listed, or the `*` that stands for them. */
function placesOfNames({ policy, grant }: Side, part: NamedPart, names: NameSet): Span[] {
  const isStar = grant[part].kind === "all-but";
  const toName = (text: string) => (part === "methods" ? text : text.toLowerCase());
  return placesOf(policy, SETTING_OF[part], (text) => (isStar ? text === STAR : hasName(names, toName(text))));
}

function placesOfMaxAge(old: CheckedPolicy, now: CheckedPolicy): Span[] {
  const places = placesOf(now, "max-age", () => true);
  return places.length > 0 ? places : placesOf(old, "max-age", () => true);
}

/**
 * Tells what the pages that two policies allow can do under one of them alone.
 *
 * @param findCommon - The origins that both allow; where there is none, nothing is said.
 *
 * @example
 * ```ts
 * compareGrants(before, after, compareOrigins(before, after).findCommon, createMatchers(before, after));
 * // [{ kind: "credentials", effect: "newly-allowed", … }]
 * ```
 */
export function compareGrants(
  before: CheckedPolicy,
  after: CheckedPolicy,
  findCommon: OriginsComparison["findCommon"],
  matchers: Matchers,
): Change[] {
  const old: Side = { policy: before, grant: grantOf(before) };
  const now: Side = { policy: after, grant: grantOf(after) };
  const changes: Change[] = [];
  let common: ReturnType<typeof findCommon> | null = null;

  function add(request: Request, toChange: (about: Pick<ForCommonOrigins, "origins" | "example">) => Change): void {
    common ??= findCommon();
    const { example: origin, parts } = common;
    if (origin === null) return;
    changes.push(toChange({ origins: parts, example: toExample({ ...request, origin }, matchers) }));
  }

  function addOnlyIn(one: Side, other: Side, effect: Effect): void {
    for (const part of PARTS) {
      const names = withoutNames(one.grant[part], other.grant[part]);
      const name = exampleName(names, WELL_KNOWN_NAMES[part]);
      if (name === null) continue;
      const places = placesOfNames(one, part, names);
      add(toRequest(part, name), (about) => ({ kind: part, effect, names, places, ...about }));
    }
    if (one.grant.credentials && !other.grant.credentials) {
      const places = placesOf(one.policy, "credentials", () => true);
      add({ credentials: true }, (about) => ({ kind: "credentials", effect, places, ...about }));
    }
  }

  addOnlyIn(now, old, "newly-allowed");
  addOnlyIn(old, now, "no-longer-allowed");
  const [secondsBefore, secondsAfter] = [old.grant.preflightSeconds, now.grant.preflightSeconds];
  if (secondsBefore !== secondsAfter) {
    add(toPreflightedRequest(old.grant, now.grant), (about) => ({
      kind: "preflightSeconds",
      before: secondsBefore,
      after: secondsAfter,
      places: placesOfMaxAge(before, after),
      ...about,
    }));
  }
  return changes;
}
