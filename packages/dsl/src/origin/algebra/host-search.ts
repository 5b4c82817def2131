import { coversHost } from "../host-relations.js";
import type { PartialLabel } from "../label-relations.js";
import type { HostPattern } from "../pattern.js";
import { ANY_LABEL, findFreeLabel } from "./label-search.js";
import { roomBefore } from "./pattern-intersection.js";

/** Hosts below a base that are taken, by label from the base on. */
interface TakenHosts {
  /** This name itself is taken. */
  isTaken: boolean;
  /** Every name below this one is taken. */
  areAllBelowTaken: boolean;
  /** Directly in front of this name. */
  readonly partialLabels: PartialLabel[];
  readonly below: Map<string, TakenHosts>;
}

function createTakenHosts(): TakenHosts {
  return { isTaken: false, areAllBelowTaken: false, partialLabels: [], below: new Map() };
}

/** The tree of those of some hosts that are below a base. */
function takeBelow(base: string, hosts: readonly HostPattern[]): TakenHosts {
  const root = createTakenHosts();
  const find = (name: string): TakenHosts | null => {
    if (name === base) return root;
    if (!name.endsWith(`.${base}`)) return null;
    const front = name.slice(0, -1 - base.length);
    let here = root;
    for (const label of front.split(".").reverse()) {
      const there = here.below.get(label) ?? createTakenHosts();
      here.below.set(label, there);
      here = there;
    }
    return here;
  };
  for (const host of hosts) {
    if (host.kind === "address") continue;
    const taken = find(host.kind === "name" ? host.name : host.base);
    if (!taken) continue;
    if (host.kind === "name") taken.isTaken = true;
    else if (host.kind === "subdomains") taken.areAllBelowTaken = true;
    else taken.partialLabels.push(host);
  }
  return root;
}

/** The labels directly in front that are taken as whole names. */
function takenLabels({ below }: TakenHosts): string[] {
  return [...below].filter(([, { isTaken }]) => isTaken).map(([label]) => label);
}

/** With a shorter one there is none of two labels that is as short. */
const SHORTEST_OF_TWO_LABELS = "a.a".length;

/**
 * A shortest text of one or more labels, at most `room` characters in all, that makes a free name in front of the one
 * that the tree begins at; `null` without one.
 */
function findFreeBelow(taken: TakenHosts, room: number): string | null {
  if (taken.areAllBelowTaken) return null;
  const { below, partialLabels } = taken;
  const oneLabel = { labels: takenLabels(taken), partialLabels };
  let best = findFreeLabel(ANY_LABEL, oneLabel, room);
  if (best !== null && best.length <= SHORTEST_OF_TWO_LABELS) return best;

  const roomForBetter = () => (best === null ? room : best.length - 1);
  // Below a label that the tree does not have, everything is free.
  const untouched = findFreeLabel(
    ANY_LABEL,
    { labels: below.keys(), partialLabels: [] },
    roomForBetter() - "a.".length,
  );
  if (untouched !== null) best = `a.${untouched}`;
  for (const [label, takenBelow] of below) {
    const front = findFreeBelow(takenBelow, roomForBetter() - 1 - label.length);
    if (front !== null) best = `${front}.${label}`;
  }
  return best;
}

/** Shown where any host at all would do. */
const PLAIN_EXAMPLE_HOST = "example.com";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** The words of letters from short to long, counted from 0: `a` to `z`, `aa` … */
function wordOfLetters(index: number): string {
  const last = LETTERS.charAt(index % LETTERS.length);
  return index < LETTERS.length ? last : wordOfLetters(Math.floor(index / LETTERS.length) - 1) + last;
}

/**
 * A host, by name, that none of some patterns stands for. There always is one: no pattern but an exact one stands for a
 * name of one label, and there are more such names than patterns can be listed.
 */
export function findFreeAnyHost(taken: readonly HostPattern[]): string {
  if (!taken.some((pattern) => coversHost(pattern, { kind: "name", name: PLAIN_EXAMPLE_HOST }))) {
    return PLAIN_EXAMPLE_HOST;
  }
  const names = new Set(taken.flatMap((pattern) => (pattern.kind === "name" ? [pattern.name] : [])));
  let index = 0;
  while (names.has(wordOfLetters(index))) index++;
  return wordOfLetters(index);
}

/**
 * A shortest host that a pattern stands for and that is not taken by others; `null` when they have taken all.
 *
 * @example
 * ```ts
 * const subdomains: HostPattern = { kind: "subdomains", base: "example.com" };
 * findFreeHost(subdomains, [{ kind: "name", name: "a.example.com" }]); // "b.example.com"
 * findFreeHost(subdomains, [{ kind: "subdomains", base: "com" }]);     // null
 * ```
 */
export function findFreeHost(host: HostPattern, taken: readonly HostPattern[]): string | null {
  if (taken.some((pattern) => coversHost(pattern, host))) return null;
  switch (host.kind) {
    case "name":
      return host.name;
    case "address":
      return host.address;
    case "subdomains": {
      const front = findFreeBelow(takeBelow(host.base, taken), roomBefore(host.base));
      return front === null ? null : `${front}.${host.base}`;
    }
    case "partial-label": {
      const atBase = takeBelow(host.base, taken);
      const list = { labels: takenLabels(atBase), partialLabels: atBase.partialLabels };
      const label = findFreeLabel(host, list, roomBefore(host.base));
      return label === null ? null : `${label}.${host.base}`;
    }
  }
}
