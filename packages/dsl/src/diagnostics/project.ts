import type { Code } from "./messages.js";

/** What the reports call this tool. */
export const TOOL_NAME = "corslang";

/** Where the tool is at home. */
export const PROJECT_URL = "https://github.com/corslang/corslang";

/**
 * Where a code is explained.
 *
 * @example
 * ```ts
 * documentationOf("origin-null"); // "https://github.com/corslang/corslang/blob/main/docs/diagnostics.md#origin-null"
 * ```
 */
export function documentationOf(code: Code): string {
  return `${PROJECT_URL}/blob/main/docs/diagnostics.md#${code}`;
}
