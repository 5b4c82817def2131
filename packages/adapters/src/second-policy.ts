import type { Matcher } from "@corslang/runtime";
import { DECIDED, type Decided } from "./cors-headers.js";
import type { Guarded } from "./node-response.js";

let isTold = false;

/**
 * Tells, once a process, that a request has passed two policies. The inner one decides its answer, but a preflight for
 * the same URL gets no further than the outer one, which may allow what the inner one does not, or the reverse.
 *
 * @param before - What the last policy before has decided; nothing where there was none.
 * @param url - The request's: many a policy is called `default`.
 */
export function tellSecondPolicy(inner: Matcher, before: Decided | undefined, url: string | undefined): void {
  const outer = before?.policy;
  if (isTold || !outer || outer === inner) return;
  isTold = true;
  // Not every runtime of the Fetch API has a process.
  globalThis.process?.emitWarning?.(
    `policy ${outer.policy.name} answers preflights for ${JSON.stringify(url)}, policy ${inner.policy.name} the rest: mount each for its paths`,
    { code: "CORSLANG_TWO_POLICIES" },
  );
}

/** As {@link tellSecondPolicy}, before the policy's decision is kept at the response. */
export function passPolicy(response: Guarded, policy: Matcher, url: string | undefined): void {
  tellSecondPolicy(policy, response[DECIDED], url);
}
