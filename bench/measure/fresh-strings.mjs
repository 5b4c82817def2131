/*
 * Strings as an HTTP parser gives them. Every one is copied out of bytes anew, because V8 remembers things about a
 * string: the first look-up in a Set computes its hash and keeps it in the string, and using it as a property's name
 * replaces it by the one interned copy, which compares by its address. A benchmark that takes its strings from literals
 * or from a small pool measures the second look-up, which no server ever makes.
 *
 * `latin1Slice` makes what Node's parser makes of a header's value: a flat one-byte string without a hash.
 */

/** Numbers that look random and are the same in every run (Numerical Recipes' generator). */
export function createRandom(seed = 1) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Makes a source of fresh strings: each call gives a new copy of one of the texts, which one looks random. With a long
 * list the look-ups so miss the processor's caches as they would in a server.
 *
 * @param {readonly string[]} texts - ASCII.
 * @returns {() => string}
 */
export function createStringSource(texts) {
  const bytes = Buffer.from(texts.join(""), "latin1");
  const ends = new Uint32Array(texts.length + 1);
  for (const [index, text] of texts.entries()) ends[index + 1] = ends[index] + text.length;
  const random = createRandom();
  return () => {
    const index = random(texts.length);
    return bytes.latin1Slice(ends[index], ends[index + 1]);
  };
}
