import { type CorsRequest, type Decision, type Header, type Matcher, mergeVary } from "@corslang/runtime";

/**
 * Under it, what was decided is kept: on Node at a response, with the Fetch API at a request. The same for all copies of
 * this package that are installed side by side.
 */
export const DECIDED = Symbol.for("corslang");

/** What the headers of a response are made from: a decision, and the origin that it is about. */
export interface Decided {
  readonly decision: Decision;
  readonly origin: CorsRequest["origin"];
  /** The policy that has decided. */
  readonly policy: Matcher;
}

/** Where headers go: an array that has names and values in turn is one. */
export interface HeaderSink {
  readonly push: (name: string, value: string) => unknown;
}

/**
 * Adds all that a decision has a response say.
 *
 * @param vary - What the response varies by so far.
 */
export function addCorsHeaders(sink: HeaderSink, { decision, origin }: Decided, vary: string | null | undefined): void {
  const { allowOrigin, headers } = decision;
  // The cast holds: the origin of this request was found allowed.
  if (allowOrigin) sink.push("Access-Control-Allow-Origin", allowOrigin === "*" ? allowOrigin : (origin as string));
  // By index: the iterators of lists, empty ones too, take as long as a tenth of an answer on Node.
  for (let index = 0; index < headers.length; index++) {
    // The cast holds: the index is below the length.
    const header = headers[index] as Header;
    sink.push(header[0], header[1]);
  }
  if (vary || decision.vary) sink.push("Vary", mergeVary(vary, decision.vary));
}
