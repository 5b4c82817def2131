/** The rules of the Public Suffix List as tldts holds them: nodes with labelled edges, from the last label inwards. */
declare module "tldts/dist/cjs/src/data/trie.js" {
  /** By node, its first edge; the next node's entry ends them. */
  export const edgeStart: Uint16Array;
  /** By edge, the length of its label. */
  export const edgeLength: Uint8Array;
  /** By edge, the node that it leads to. */
  export const edgeChild: Uint16Array;
  /** The labels of all edges, one behind the other. */
  export const labelText: string;
  /** The node that the rules begin at. */
  export const rulesRoot: number;
}
