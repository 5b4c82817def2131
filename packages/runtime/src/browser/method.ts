/* Fetch Standard, "Methods". */

const CORS_SAFELISTED_METHODS: readonly string[] = ["GET", "HEAD", "POST"];
const FORBIDDEN_METHODS: readonly string[] = ["CONNECT", "TRACE", "TRACK"];
/** PATCH and QUERY are not among them: a page's `patch` goes out as `patch`. */
const NORMALIZED_METHODS: readonly string[] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

/**
 * Whether a method alone needs no preflight, and no listing in one.
 *
 * @example
 * ```ts
 * isCorsSafelistedMethod("POST"); // true
 * isCorsSafelistedMethod("OPTIONS"); // false
 * ```
 */
export function isCorsSafelistedMethod(method: string): boolean {
  return CORS_SAFELISTED_METHODS.includes(method);
}

/**
 * Whether scripts can't use a method, however it is written.
 *
 * @example
 * ```ts
 * isForbiddenMethod("Trace"); // true
 * ```
 */
export function isForbiddenMethod(method: string): boolean {
  return FORBIDDEN_METHODS.includes(method.toUpperCase());
}

/**
 * Puts the methods that are known of old into upper case, and leaves all others as they are.
 *
 * @example
 * ```ts
 * normalizeMethod("put"); // "PUT"
 * normalizeMethod("patch"); // "patch"
 * ```
 */
export function normalizeMethod(method: string): string {
  const upperCase = method.toUpperCase();
  return NORMALIZED_METHODS.includes(upperCase) ? upperCase : method;
}
