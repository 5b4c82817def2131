import type { Random } from "../../../runtime/test/random.js";

/*
 * A universe so small that all of its origins can be asked about, and still so large that it has an example of
 * everything that two of its patterns can have in common, and an exception to everything that they can't. Patterns have
 * at most two fixed characters before and behind a star and at most two labels in a base; the shortest label that two
 * stars within a label have in common is then of at most five characters.
 */

const ALPHABET = ["a", "b", "-"];
const LONGEST_LABEL_OF_ALL = 5;
const LONGEST_PART = 2;
const SCHEMES = ["http", "https"];
const BASES_OF_LABELS = ["b", "a.b"];
const ADDRESSES = ["127.0.0.1", "[::1]"];
/** With each scheme's default port, which no well-formed origin has. */
const PORTS = ["", ":1", ":80", ":443"];

/** All words of a length. */
function wordsOfLength(length: number): string[] {
  return length === 0 ? [""] : wordsOfLength(length - 1).flatMap((word) => ALPHABET.map((letter) => word + letter));
}

function wordsOfLengths(least: number, most: number): string[] {
  return Array.from({ length: most - least + 1 }, (_, index) => wordsOfLength(least + index)).flat();
}

/** All labels of the universe. */
export const LABELS: readonly string[] = wordsOfLengths(1, LONGEST_LABEL_OF_ALL);

const PARTS: readonly string[] = wordsOfLengths(0, LONGEST_PART);

/** All labels with a star in them: `a*`, `*-b`, `ab*a` … */
export const STAR_LABELS: readonly string[] = PARTS.flatMap((before) =>
  PARTS.map((after) => `${before}*${after}`),
).filter((label) => label !== "*");

/** All names of one to three labels of one character. */
const SHORT_NAMES: readonly string[] = [1, 2, 3].flatMap((length) =>
  wordsOfLength(length).map((word) => [...word].join(".")),
);

const HOSTS: readonly string[] = [
  ...new Set([
    ...SHORT_NAMES,
    ...BASES_OF_LABELS.flatMap((base) => LABELS.map((label) => `${label}.${base}`)),
    ...ADDRESSES,
  ]),
];

/** All origins of the universe, among them some that are not well-formed. */
export const ORIGINS: readonly string[] = [
  "null",
  ...SCHEMES.flatMap((scheme) => HOSTS.flatMap((host) => PORTS.map((port) => `${scheme}://${host}${port}`))),
];

function randomHost(random: Random): string {
  const kind = random.fraction();
  if (kind < 0.08) return random.pick(ADDRESSES);
  if (kind < 0.3) return random.pick(HOSTS);
  if (kind < 0.6) return `*.${random.pick(SHORT_NAMES.filter((name) => name.length <= 3))}`;
  return `${random.pick(STAR_LABELS)}.${random.pick(BASES_OF_LABELS)}`;
}

/** A pattern whose relation to any other such pattern the universe can tell. */
export function randomSmallPattern(random: Random): string {
  if (random.chance(0.02)) return "null";
  const scheme = random.pick(["https", "https", "https", "http"]);
  const port = random.pick(["", "", ":*", ":*", ":1", scheme === "http" ? ":443" : ":80"]);
  return `${scheme}://${randomHost(random)}${port}`;
}

/** A claim about any host. */
export function randomAnyHostPattern(random: Random): string {
  const scheme = random.pick(SCHEMES);
  return `${scheme}://*${random.pick(["", ":*", ":1", scheme === "http" ? ":443" : ":80"])}`;
}
