import { HEADERS, METHODS } from "../policies.mjs";

/**
 * The least code that could check what a preflight asks for, in the form alone in which browsers write it. Without it
 * the code by hand tells its lists to anybody and leaves the check to the browser, which is less work than what is
 * compared with it.
 *
 * @param {boolean} isWanted - Without it everything passes.
 * @returns {(requestMethod: string, requestHeaders: string | null | undefined) => boolean}
 */
export function createPreflightCheck(isWanted) {
  if (!isWanted) return () => true;
  const methods = new Set(METHODS);
  const headers = new Set(HEADERS);
  return (requestMethod, requestHeaders) =>
    methods.has(requestMethod) &&
    (requestHeaders == null || requestHeaders.split(",").every((name) => headers.has(name)));
}
