/** A value of the header that is no origin: browsers write no slash behind one. `*` alone stands for it. */
export const MALFORMED = "https://example.com/";

const SCHEMES = ["https://", "http://"];

/** What people expect to see comes first: whether it is an origin, its scheme, its port, its length. */
function rankOf(value: string): readonly number[] {
  const scheme = SCHEMES.findIndex((start) => value.startsWith(start));
  return [
    value === MALFORMED ? 2 : value === "null" ? 1 : 0,
    scheme < 0 ? SCHEMES.length : scheme,
    /:[0-9]+$/.test(value) ? 1 : 0,
    value.length,
  ];
}

function comesBefore(one: readonly number[], other: readonly number[]): boolean {
  const differing = one.findIndex((rank, index) => rank !== other[index]);
  return differing >= 0 && (one[differing] ?? 0) < (other[differing] ?? 0);
}

/**
 * The value of several that is best shown as an example; the first of equally good ones, `null` of none.
 *
 * @example
 * ```ts
 * chooseExample(["http://a.test", "https://app.test:8443", "https://app.test"]); // "https://app.test"
 * ```
 */
export function chooseExample(values: readonly string[]): string | null {
  let best: { readonly value: string; readonly rank: readonly number[] } | null = null;
  for (const value of values) {
    const rank = rankOf(value);
    if (!best || comesBefore(rank, best.rank)) best = { value, rank };
  }
  return best?.value ?? null;
}
