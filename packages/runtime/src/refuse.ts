/**
 * Throws when a value that a program has passed is not what it should be. For adapters too, so that all say it alike.
 *
 * @param what - What the value is for, for people.
 * @throws TypeError unless `isRight`.
 *
 * @example
 * ```ts
 * refuseUnless(typeof limit === "number", "the limit", limit); // TypeError: the limit can't be "7"
 * ```
 */
export function refuseUnless(isRight: unknown, what: string, value: unknown): asserts isRight {
  if (isRight) return;
  // Neither JSON nor String takes every value there is, and this must not fail in another way.
  const text =
    typeof value === "string"
      ? JSON.stringify(value.slice(0, 100))
      : Object(value) === value
        ? "an object"
        : String(value);
  throw new TypeError(`${what} can't be ${text}`);
}
