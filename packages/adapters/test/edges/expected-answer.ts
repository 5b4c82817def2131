import type { CompiledPolicy } from "@corslang/runtime";
import { decideByReference } from "../../../runtime/test/reference.js";
import { corsLines, parseHeaderLine } from "../http-client.js";

/** What a request has to come to under a policy. */
export interface ExpectedAnswer {
  /** With which the adapter answers by itself; `null` where it does not. */
  readonly status: 204 | 403 | null;
  /** In the form of `corsLines`. */
  readonly lines: readonly string[];
}

/**
 * Derives from a policy what a request has to come to, by the plain reference that tests alone use.
 *
 * @param requestLines - `METHOD /path`, then header lines, none of them twice.
 * @param own - Header lines that the answer would have without a policy. Those of CORS must be gone, Vary merged.
 */
export function expectedAnswer(
  policy: CompiledPolicy,
  [requestLine = "", ...headerLines]: readonly string[],
  own: readonly string[] = [],
): ExpectedAnswer {
  const headers = new Map(headerLines.map(parseHeaderLine).map(([name, value]) => [name.toLowerCase(), value]));
  const decided = decideByReference(policy, {
    method: requestLine.split(" ")[0] ?? "",
    origin: headers.get("origin"),
    requestMethod: headers.get("access-control-request-method"),
    requestHeaders: headers.get("access-control-request-headers"),
  });
  const { Vary: vary = "", ...others } = decided.headers;
  const kept = own.map(parseHeaderLine).filter(([name]) => !name.toLowerCase().startsWith("access-control-"));
  const varied = [...kept.filter(([name]) => name === "Vary").map(([, value]) => value), vary];
  const names = new Set(varied.flatMap((value) => value.toLowerCase().split(", ")).filter(Boolean));
  const all = names.has("*") ? "*" : [...names].join(", ");
  const merged: [string, string][] = names.size > 0 ? [["Vary", all]] : [];
  const rest = kept.filter(([name]) => name !== "Vary");
  return { status: decided.status, lines: corsLines([...Object.entries(others), ...merged, ...rest]) };
}
