import type { ServerResponse } from "node:http";
import type { Matcher } from "@corslang/runtime";

let isTold = false;

/**
 * Tells, once a process, that a request has passed two policies. The inner one decides its answer, but a preflight for
 * the same URL gets no further than the outer one, which may allow what the inner one does not, or the reverse.
 *
 * @param url - The request's: many a policy is called `default`.
 */
export function tellSecondPolicy(inner: Matcher, outer: Matcher | undefined, url: string | undefined): void {
  if (isTold || !outer || outer === inner) return;
  isTold = true;
  // Not every runtime of the Fetch API has a process.
  globalThis.process?.emitWarning?.(
    `policy ${outer.policy.name} answers preflights for ${JSON.stringify(url)}, policy ${inner.policy.name} the rest: mount each for its paths`,
    { code: "CORSLANG_TWO_POLICIES" },
  );
}

// The same for all copies of this package that are installed side by side.
const POLICY = Symbol.for("corslang policy");

/** As {@link tellSecondPolicy}; which policies a request has passed is kept at its response. */
export function passPolicy(response: ServerResponse & { [POLICY]?: Matcher }, policy: Matcher, url?: string): void {
  tellSecondPolicy(policy, response[POLICY], url);
  response[POLICY] = policy;
}
