import { type CorsRequest, type Decision, mergeVary } from "@corslang/runtime";

/** What the headers of a response are made from: a decision, and the origin that it is about. */
export interface Decided {
  readonly decision: Decision;
  readonly origin: CorsRequest["origin"];
}

/**
 * Adds all that a decision has a response say.
 *
 * @param vary - What the response varies by so far.
 */
export function addCorsHeaders(
  headers: Record<string, string | string[]>,
  { decision, origin }: Decided,
  vary: string | null | undefined,
): void {
  const { allowOrigin } = decision;
  if (allowOrigin) headers["Access-Control-Allow-Origin"] = allowOrigin === "*" ? allowOrigin : String(origin);
  for (const [name, value] of decision.headers) headers[name] = value;
  const merged = mergeVary(vary, decision.vary);
  if (merged) headers.Vary = merged;
}
