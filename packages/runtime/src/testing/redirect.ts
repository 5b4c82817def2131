import { getHeader } from "../browser/header-list.js";
import type { ServerResponse } from "../browser/server.js";

/** Fetch Standard, "redirect status". */
const REDIRECT_STATUSES: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Where a response sends a browser to.
 *
 * @returns What `Location` says, whole or not; `null` for a response that does not redirect.
 *
 * @example
 * ```ts
 * findRedirect({ status: 302, headers: [["Location", "/login"]] }); // "/login"
 * findRedirect({ status: 201, headers: [["Location", "/orders/7"]] }); // null
 * ```
 */
export function findRedirect({ status, headers }: ServerResponse): string | null {
  return REDIRECT_STATUSES.includes(status) ? getHeader("Location", headers) : null;
}
