import type { DescribedPart } from "../origin/algebra/origin-set.js";
import { STAR } from "../syntax/vocabulary.js";
import type { Span } from "../text/span.js";
import type { Change, Effect } from "./change.js";
import type { Aspect, Comparison, PolicyComparison, PolicyName, ProfiledChange } from "./comparison.js";
import type { ExampleRequest, ExampleVerdict } from "./example.js";
import type { Grant, NamedPart } from "./grant.js";
import { groupByText } from "./groups.js";
import type { NameSet } from "./name-set.js";
import { joinPhrases, joinQuoted, type Phrase, type Piece, printCount, printDuration, quote } from "./phrase.js";

/** A line, and where what it is about is written. */
export interface PlacedPhrase {
  readonly phrase: Phrase;
  readonly places: readonly Span[];
}

/** A change in words. */
export interface Entry {
  /** What has changed, one line for each pattern of origins. */
  readonly lines: readonly PlacedPhrase[];
  /** What there is to know about it. */
  readonly details: readonly Phrase[];
}

/** The changes of a policy that have the same effect. */
export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** A policy in words. */
export interface Section {
  readonly title: Phrase;
  readonly groups: readonly EntryGroup[];
}

/** Changes of one kind, and for which profiles. */
interface Profiled<Kind extends Change> extends ProfiledChange {
  readonly change: Kind;
}

type OriginsChange = Extract<Change, { readonly kind: "origins" }>;

const SAFELISTED_METHODS = ["GET", "HEAD", "POST"];

/** More patterns than this that a change is about as a whole are counted. */
const MOST_ORIGINS = 3;

/** More lines than this are counted. */
const MOST_LINES = 10;

const NOUNS: Readonly<Record<NamedPart, string>> = {
  methods: "method",
  requestHeaders: "request header",
  responseHeaders: "response header",
};

const ASPECTS: Readonly<Record<Aspect, string>> = {
  origins: "origins",
  methods: "methods",
  requestHeaders: "request headers",
  responseHeaders: "response headers",
  credentials: "credentials",
  preflightSeconds: "preflight caching",
};

function describeNames({ kind, names }: NameSet, noun: string): Phrase {
  if (kind === "these") return [`${noun}${names.length === 1 ? "" : "s"} `, ...joinQuoted(names)];
  return names.length === 0 ? [`every ${noun}`] : [`every ${noun} but `, ...joinQuoted(names)];
}

function describeOrigins({ pattern, except }: DescribedPart): Phrase {
  const who: Phrase = pattern === STAR ? ["every origin"] : [quote(pattern)];
  return except.length === 0 ? who : [...who, " except ", ...joinQuoted(except)];
}

function describeGrant(
  { methods, requestHeaders, responseHeaders, credentials, preflightSeconds }: Grant,
  effect: Effect,
): Phrase {
  const can = effect === "newly-allowed" ? "may" : "could";
  const parts: Phrase[] = [
    methods.kind === "these"
      ? [`${can} use `, ...joinQuoted([...SAFELISTED_METHODS, ...methods.names])]
      : [`${can} use every method`],
  ];
  const isThere = ({ kind, names }: NameSet) => kind === "all-but" || names.length > 0;
  if (isThere(requestHeaders)) parts.push(["send ", ...describeNames(requestHeaders, NOUNS.requestHeaders)]);
  if (isThere(responseHeaders)) parts.push(["read ", ...describeNames(responseHeaders, NOUNS.responseHeaders)]);
  parts.push([credentials ? "with credentials" : "without credentials"]);
  parts.push([`preflights remembered for ${printDuration(preflightSeconds)}`]);
  return parts.flatMap((part, index) => (index === 0 ? part : ["; ", ...part]));
}

function describeVerdict(verdict: ExampleVerdict): string {
  if (verdict.outcome !== "readable") {
    return verdict.outcome === "not-sent" ? "blocked at the preflight" : "kept from the page";
  }
  if (verdict.readsHeader === null) return "allowed";
  return verdict.readsHeader ? "readable" : "not readable";
}

function describeRequest({ origin, method, headers, credentials, uploadListener, reads }: ExampleRequest): Phrase {
  const pieces: Piece[] = reads === null ? [] : [quote(reads), " of the answer to "];
  pieces.push(quote(method), " from ", quote(origin));
  if (headers.length > 0) pieces.push(" with ", ...joinQuoted(headers));
  if (credentials) pieces.push(" with credentials");
  if (uploadListener) pieces.push(" with an upload listener");
  return pieces;
}

function describeExample({ kind, example: { request, before, after } }: Change): Phrase {
  if (kind !== "preflightSeconds") {
    const then = describeVerdict(before);
    return ["for example ", ...describeRequest(request), `: ${then} before, ${describeVerdict(after)} now`];
  }
  return ["for example the preflight of ", ...describeRequest(request)];
}

function nameProfiles(profiles: readonly (string | null)[]): string {
  const names = profiles.filter((name) => name !== null);
  const none = profiles.includes(null) ? ["without a profile"] : [];
  const some = names.length > 0 ? [`with profile${names.length === 1 ? "" : "s"} ${names.join(", ")}`] : [];
  return [...none, ...some].join(" and ");
}

/** For which profiles something holds, unless it does for all. */
function describeProfiles(profiles: readonly (string | null)[], all: readonly (string | null)[]): Phrase {
  return profiles.length === all.length ? [] : [` (${nameProfiles(profiles)})`];
}

type CommonChange = Exclude<Change, { readonly kind: "origins" }>;

function describeSubject(change: CommonChange): Phrase {
  switch (change.kind) {
    case "credentials":
      return ["credentials"];
    case "preflightSeconds":
      return [`preflights remembered for ${printDuration(change.after)} instead of ${printDuration(change.before)}`];
    default:
      return describeNames(change.names, NOUNS[change.kind]);
  }
}

function describeCommonOrigins(parts: readonly DescribedPart[]): Phrase {
  return joinPhrases(parts.map(describeOrigins), MOST_ORIGINS);
}

function keyOfPart({ pattern, except }: DescribedPart): string {
  return JSON.stringify([pattern, except]);
}

/** What is said of further profiles: what they have beside the first, if they have all of it. */
function describeFurther(first: CommonChange, { change, profiles }: Profiled<CommonChange>): Phrase {
  const [known, own] = [new Set(first.origins.map(keyOfPart)), new Set(change.origins.map(keyOfPart))];
  const isMore = [...known].every((key) => own.has(key));
  const shown = isMore ? change.origins.filter((part) => !known.has(keyOfPart(part))) : change.origins;
  return [`; ${nameProfiles(profiles)} ${isMore ? "also " : ""}from `, ...describeCommonOrigins(shown)];
}

/** The same change for several profiles, which differ in the origins that they allow. */
function toCommonEntry(same: readonly Profiled<CommonChange>[], all: readonly (string | null)[]): Entry[] {
  const [first, ...others] = same;
  if (!first) return [];
  const { change, profiles } = first;
  const covered = same.flatMap((one) => one.profiles);
  const phrase = [
    ...describeSubject(change),
    " from ",
    ...describeCommonOrigins(change.origins),
    ...(covered.length === all.length ? [] : describeProfiles(profiles, all)),
    ...others.flatMap((other) => describeFurther(change, other)),
  ];
  return [{ lines: [{ phrase, places: change.places }], details: [describeExample(change)] }];
}

/** Origins with one grant: a line for each pattern, with the profiles for which it is one. */
function toOriginsEntry(same: readonly Profiled<OriginsChange>[], all: readonly (string | null)[]): Entry[] {
  const [first] = same;
  if (!first) return [];
  const parts = same.flatMap(({ change, profiles }) => change.origins.map((part) => ({ part, profiles })));
  const byWords = [...groupByText(parts, ({ part }) => keyOfPart(part)).values()];
  const lines = byWords.slice(0, MOST_LINES).flatMap((equal) => {
    const [one] = equal;
    const profiles = describeProfiles(
      equal.flatMap((other) => other.profiles),
      all,
    );
    const places = one?.part.place ? [one.part.place] : [];
    return one ? [{ phrase: [...describeOrigins(one.part), ...profiles], places }] : [];
  });
  const more = byWords.length - lines.length;
  const rest = more > 0 ? [{ phrase: [`and ${printCount(more)} more`], places: [] }] : [];
  const { change } = first;
  return [
    { lines: [...lines, ...rest], details: [describeGrant(change.grant, change.effect), describeExample(change)] },
  ];
}

function entriesOf({ changes, profiles }: PolicyComparison, effect: Effect | null): Entry[] {
  const meant = changes.filter(({ change }) => ("effect" in change ? change.effect : null) === effect);
  const origins = meant.flatMap((one) => (one.change.kind === "origins" ? [{ ...one, change: one.change }] : []));
  const common = meant.flatMap((one) => (one.change.kind === "origins" ? [] : [{ ...one, change: one.change }]));
  const byGrant = groupByText(origins, ({ change }) => JSON.stringify(change.grant));
  const bySubject = groupByText(common, ({ change }) => JSON.stringify([change.kind, describeSubject(change)]));
  return [
    ...[...byGrant.values()].flatMap((same) => toOriginsEntry(same, profiles)),
    ...[...bySubject.values()].flatMap((same) => toCommonEntry(same, profiles)),
  ];
}

function namePolicy({ file, name }: PolicyName): Phrase {
  return [quote(name), " in ", quote(file)];
}

function describePolicy({ before, after, changes }: PolicyComparison): Phrase {
  const isEmpty = changes.length === 0;
  if (after && !before) return [...namePolicy(after), `, a new policy${isEmpty ? ", which allows nobody" : ""}`];
  if (before && !after) {
    return [...namePolicy(before), `, which is there no more${isEmpty ? ", and allowed nobody" : ""}`];
  }
  if (!before || !after) return [];
  const isSame = before.file === after.file && before.name === after.name;
  return isSame ? namePolicy(after) : [...namePolicy(after), ", before ", ...namePolicy(before)];
}

/**
 * Puts what has changed into words: a section for each policy that has.
 *
 * @example
 * ```ts
 * describeSections(compareSides(before, after))[0]?.groups[0]?.title; // "newly allowed"
 * ```
 */
export function describeSections({ policies }: Comparison): Section[] {
  const changed = policies.filter(
    ({ changes, status }) => changes.length > 0 || status === "added" || status === "removed",
  );
  return changed.map((policy) => {
    const unchanged = policy.unchanged.map((aspect) => ASPECTS[aspect]).join(", ");
    const groups: EntryGroup[] = [
      { title: "newly allowed", entries: entriesOf(policy, "newly-allowed") },
      { title: "no longer allowed", entries: entriesOf(policy, "no-longer-allowed") },
      { title: "otherwise changed", entries: entriesOf(policy, null) },
      {
        title: "unchanged",
        entries: unchanged === "" ? [] : [{ lines: [{ phrase: [unchanged], places: [] }], details: [] }],
      },
    ];
    return { title: describePolicy(policy), groups: groups.filter(({ entries }) => entries.length > 0) };
  });
}

/** The policies that have another name or file and mean the same. */
export function describeRenamed({ policies }: Comparison): Phrase[] {
  return policies
    .filter(({ status, before, after }) => {
      const isSame = before?.file === after?.file && before?.name === after?.name;
      return status === "unchanged" && !isSame;
    })
    .map(describePolicy);
}
