import type fc from "fast-check";
import { madeBy } from "./seed.js";

/*
 * Files that were once right, or wrong in one point: with bytes and with words of the language taken out, put in,
 * doubled, swapped and copied from elsewhere.
 */

/** What stands for something in the language, and what looks like it. */
const WORDS = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "+=",
    "=",
    "#",
    "@",
    '"',
    "'",
    "://",
    ":",
    ":*",
    "*",
    "*.",
    "/",
  ],
  ...["import", "as", "from", "set", "policy", "extends", "when", "expect", "allow", "deny", "never", "with", "unsafe"],
  ...["origins", "methods", "headers", "expose", "credentials", "max-age", "none", "true", "false", "default", "null"],
  ...[
    "# corslang allow origin-redundant: x",
    "@a",
    "__proto__",
    "constructor",
    "toString",
    "1e9",
    "99999999999d",
    "-1",
  ],
  ...[
    "https://*.com",
    "https://a.example",
    "http://[::1",
    "https://xn--a",
    "https://\u00e9.example",
    `https://${"a".repeat(300)}`,
  ],
];

const CHARACTERS =
  "\0\u0008\u000b\u007f\u0085\u00a0\u00ad\u200b\u2028\u202e\ufeff\ufffd\ud800\udc00\u{1f600}\u0130\u212a";

/** The words of a text, with the white space between them. */
function wordsOf(text: string): string[] {
  return text.split(/([\s,{}[\]]|\+=)/).filter((word) => word !== "");
}

/** A text with up to six of its words changed. */
export function withChangedWords(text: string, others: readonly string[]): fc.Arbitrary<string> {
  return madeBy((random) => {
    const words = wordsOf(text);
    for (let count = random.pick([1, 1, 2, 3, 6]); count > 0; count--) {
      const at = random.between(0, words.length);
      const length = random.pick([0, 1, 1, 1, 2, 8]);
      const taken = words.slice(at, at + length);
      const put = random.pick<() => readonly string[]>([
        () => [],
        () => [random.pick(WORDS)],
        () => [random.pick(WORDS)],
        () => [...taken, ...taken],
        () => taken.toReversed(),
        () => [random.pick([...CHARACTERS])],
        () => {
          const other = wordsOf(random.pick(others));
          const start = random.between(0, other.length);
          return other.slice(start, start + random.between(1, 12));
        },
        () =>
          Array.from({ length: random.pick([3, 40, 400]) }, () => random.pick(["{", "[", "unsafe ", ",", "@a ", "a-"])),
      ])();
      words.splice(at, length, ...put);
    }
    return words.join("");
  });
}

/** The bytes of a text with up to six of them changed. */
export function withChangedBytes(text: string): fc.Arbitrary<Uint8Array> {
  return madeBy((random) => {
    const bytes = [...new TextEncoder().encode(text)];
    for (let count = random.pick([1, 1, 2, 3, 6]); count > 0; count--) {
      const at = random.between(0, Math.max(0, bytes.length - 1));
      const byte = bytes[at] ?? 0;
      const put = random.pick([
        [],
        [random.between(0, 255)],
        [byte ^ (1 << random.between(0, 7))],
        [byte, byte],
        [random.pick([0x00, 0x0a, 0x0d, 0x22, 0x23, 0x80, 0xc0, 0xe2, 0xf0, 0xff])],
      ]);
      bytes.splice(at, random.pick([0, 1, 1]), ...put);
    }
    // Broken off, now and then.
    return Uint8Array.from(random.chance(0.1) ? bytes.slice(0, random.between(0, bytes.length)) : bytes);
  });
}
