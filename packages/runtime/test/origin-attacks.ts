import { readFileSync } from "node:fs";

/** One line of the corpus: what testers of origin checks send, with honest origins among it. */
export interface OriginAttack {
  readonly pattern: string;
  readonly origin: string;
  readonly mustBe: "allowed" | "denied";
  readonly family: string;
  readonly why: string;
}

/** A line as it is kept. */
interface Line extends OriginAttack {
  /** What else the origin has at its end, too long to be written out. */
  readonly repeated?: { readonly text: string; readonly times: number };
}

const file = new URL("./fixtures/origin-attacks.json", import.meta.url);
// The cast holds: the file is kept in this form, and a line without it fails its test.
const lines = JSON.parse(readFileSync(file, "utf8")) as readonly Line[];

/** The corpus of attacks on origin checks. */
export const originAttacks: readonly OriginAttack[] = lines.map(({ repeated, ...attack }) => ({
  ...attack,
  origin: attack.origin + (repeated ? repeated.text.repeat(repeated.times) : ""),
}));
