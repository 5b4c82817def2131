import { parse } from "tldts";
import { edgeChild, edgeLength, edgeStart, labelText, rulesRoot } from "tldts/dist/cjs/src/data/trie.js";
import tldts from "tldts/package.json" with { type: "json" };

/*
 * The Public Suffix List: domains below which anybody can register a name, from registries (`co.uk`, ICANN section)
 * and from companies (`github.io`, private section). tldts answers whether a name is on it; what is below a name is
 * read from its table of rules, which it does not offer as a function.
 */

/** The package and version that the list comes from; a new one appears for nearly every change of the list. */
export const PUBLIC_SUFFIX_LIST = `tldts ${tldts.version}`;

/** The nodes behind a node by label, for the nodes that have been asked for. */
const edgesByNode = new Map<number, ReadonlyMap<string, number>>();

/** Where each edge's label begins in the text of all labels. */
function readLabelOffsets(): Uint32Array {
  const offsets = new Uint32Array(edgeLength.length);
  edgeLength.reduce((offset, length, edge) => {
    offsets[edge] = offset;
    return offset + length;
  }, 0);
  return offsets;
}

const labelOffsets = readLabelOffsets();

function edgesOf(node: number): ReadonlyMap<string, number> {
  const known = edgesByNode.get(node);
  if (known) return known;
  const edges = new Map<string, number>();
  for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++) {
    const start = labelOffsets[edge] ?? 0;
    edges.set(labelText.slice(start, start + (edgeLength[edge] ?? 0)), edgeChild[edge] ?? 0);
  }
  edgesByNode.set(node, edges);
  return edges;
}

/** The labels of the rules directly or further below a name: `*` and the like. */
function labelsBelow(name: string): string[] {
  let nodes = [rulesRoot];
  for (const label of name.split(".").reverse()) {
    nodes = nodes.flatMap((node) => {
      const edges = edgesOf(node);
      return [edges.get(label), edges.get("*")].filter((next) => next !== undefined);
    });
  }
  return nodes.flatMap((node) => [...edgesOf(node).keys()]);
}

/** Whether a name is a suffix by a rule of the registries' section. */
export function isIcannSuffix(name: string): boolean {
  const { isIcann, publicSuffix } = parse(name, { allowPrivateDomains: false });
  return isIcann === true && publicSuffix === name;
}

/**
 * Whether a name is a suffix by any rule, so that names directly below it belong to many owners. With the rule `*.ck`
 * tldts takes `ck` for one, too. A name without a rule, such as `localhost` or `internal`, is none.
 */
export function isPublicSuffix(name: string): boolean {
  const { isIcann, isPrivate, publicSuffix } = parse(name, { allowPrivateDomains: true });
  return (isIcann === true || isPrivate === true) && publicSuffix === name;
}

/** Whether a name is a suffix or has one below it: then its subdomains belong to many owners. */
export function reachesPublicSuffix(name: string): boolean {
  return isPublicSuffix(name) || labelsBelow(name).length > 0;
}
