import type { HostPattern } from "../pattern.js";
import type { Part } from "./part.js";
import { intersectPatterns } from "./pattern-intersection.js";
import { printSetPattern, type SetPattern } from "./set-pattern.js";

/** The parts of one scheme by their hosts, label by label from the last. */
interface HostNode {
  readonly below: Map<string, HostNode>;
  /** Of exactly this host. */
  readonly exact: Part[];
  /** Of parts of a label directly in front. */
  readonly partialLabels: Part[];
  /** Of everything below; at the root, of every host. */
  readonly whole: Part[];
}

function createHostNode(): HostNode {
  return { below: new Map(), exact: [], partialLabels: [], whole: [] };
}

/** An address is one label, which no name has. */
function labelsFromLast(host: HostPattern): readonly string[] {
  if (host.kind === "address") return [host.address];
  return (host.kind === "name" ? host.name : host.base).split(".").reverse();
}

function addPart(root: HostNode, part: Part, host: HostPattern): void {
  let node = root;
  for (const label of labelsFromLast(host)) {
    const next = node.below.get(label) ?? createHostNode();
    node.below.set(label, next);
    node = next;
  }
  if (host.kind === "subdomains") node.whole.push(part);
  else if (host.kind === "partial-label") node.partialLabels.push(part);
  else node.exact.push(part);
}

/** All parts below a node, of whatever depth; not those of its own host. */
function* partsBelow(node: HostNode): Generator<Part> {
  yield* node.whole;
  yield* node.partialLabels;
  for (const next of node.below.values()) {
    yield* next.exact;
    yield* partsBelow(next);
  }
}

/** The parts whose hosts may have one in common with a host pattern. No other part has. */
function* partsAt(root: HostNode, host: HostPattern): Generator<Part> {
  const labels = labelsFromLast(host);
  const above: HostNode[] = [];
  let node: HostNode | undefined = root;
  for (const label of labels) {
    if (!node) break;
    above.push(node);
    yield* node.whole;
    node = node.below.get(label);
  }
  switch (host.kind) {
    case "name":
    case "address":
      yield* above[labels.length - 1]?.partialLabels ?? [];
      yield* node?.exact ?? [];
      break;
    case "subdomains":
      if (node) yield* partsBelow(node);
      break;
    case "partial-label":
      if (!node) return;
      yield* node.whole;
      yield* node.partialLabels;
      for (const next of node.below.values()) yield* next.exact;
  }
}

/** Parts, to ask which of them have something to do with a pattern. */
export interface PartIndex {
  /** The part of this very pattern. */
  readonly findSame: (pattern: SetPattern) => Part | null;
  /**
   * The parts whose patterns have something in common with one, in the order of the list; their exceptions may take it away
   * again.
   */
  readonly findMeeting: (pattern: SetPattern) => readonly Part[];
}

/**
 * Makes the index of parts with different patterns. To find what meets a pattern, only what can meet it is looked at: what
 * is above it, beside it in the same label, or below it.
 */
export function createPartIndex(parts: readonly Part[]): PartIndex {
  const sameByText = new Map<string, Part>();
  const rootByScheme = new Map<string, HostNode>();
  const positions = new Map(parts.map((part, position) => [part, position]));
  const byPosition = (one: Part, other: Part) => (positions.get(one) ?? 0) - (positions.get(other) ?? 0);
  let everything: Part | null = null;
  let ofNull: Part | null = null;

  for (const part of parts) {
    const { pattern } = part;
    sameByText.set(printSetPattern(pattern), part);
    if (pattern === "*") {
      everything = part;
    } else if (pattern.kind === "null") {
      ofNull = part;
    } else {
      const root = rootByScheme.get(pattern.scheme) ?? createHostNode();
      rootByScheme.set(pattern.scheme, root);
      if (pattern.kind === "any-host") root.whole.push(part);
      else addPart(root, part, pattern.host);
    }
  }

  function* findCandidates(pattern: Exclude<SetPattern, "*">): Generator<Part> {
    if (everything) yield everything;
    if (pattern.kind === "null") {
      if (ofNull) yield ofNull;
      return;
    }
    const root = rootByScheme.get(pattern.scheme);
    if (root) yield* pattern.kind === "any-host" ? partsBelow(root) : partsAt(root, pattern.host);
  }

  return {
    findSame: (pattern) => sameByText.get(printSetPattern(pattern)) ?? null,
    findMeeting: (pattern) =>
      pattern === "*"
        ? parts
        : [...findCandidates(pattern)]
            .filter((part) => intersectPatterns(part.pattern, pattern).length > 0)
            .sort(byPosition),
  };
}
