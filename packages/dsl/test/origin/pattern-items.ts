import type { OriginPattern } from "../../src/origin/pattern.js";
import { parse } from "./patterns.js";

/** Two items may have the same text; they are two items all the same. */
export interface Item {
  readonly text: string;
  readonly pattern: OriginPattern;
}

/** A list of the patterns that texts are. */
export function createItems(texts: readonly string[]): Item[] {
  return texts.map((text) => ({ text, pattern: parse(text) }));
}
