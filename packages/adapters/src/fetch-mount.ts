import type { CorsRequest, Matcher } from "@corslang/runtime";
import type { Decided } from "./cors-headers.js";
import { withCorsHeaders } from "./fetch-response.js";
import { mount, type Options } from "./options.js";
import { tellSecondPolicy } from "./second-policy.js";

/** The policy that a request has passed last, and what it has decided. Of two on its way the inner one decides alone. */
interface Passage {
  policy: Matcher;
  decided: Decided;
}

/** By the request, and by what the framework calls one: middlewares replace either of them by a copy. */
const passages = new WeakMap<object, Passage>();

/** A request that passes a policy. */
export interface Passing {
  /** With a status, it is to be answered at once, with an empty body; with `null` the handler runs. */
  readonly decided: Decided;
  /** Tells `onDecision`. */
  readonly report: () => void;
  /**
   * Gives the response to the request its headers; returns a copy where they can't be changed, and where the response is
   * not the request's own and may be that of others.
   */
  readonly finish: (response: Response, isOwn?: boolean) => Response;
}

function readRequest({ headers, method }: Request): CorsRequest {
  return {
    method,
    origin: headers.get("Origin"),
    requestMethod: headers.get("Access-Control-Request-Method"),
    requestHeaders: headers.get("Access-Control-Request-Headers"),
  };
}

/**
 * What Fetch handlers and Hono have in common.
 *
 * @typeParam Context - What the framework calls a request.
 * @param requestOf - The Fetch API's request in it.
 * @throws TypeError when the policy or an option is not what it should be.
 */
export function mountOnFetch<Context extends object>(
  policy: Matcher,
  options: Options<Context> | undefined,
  requestOf: (context: Context) => Request,
): (context: Context) => Passing {
  const { decide, report } = mount(
    policy,
    options,
    (context) => requestOf(context).headers.get("Sec-Fetch-Site"),
    (context) => new URL(requestOf(context).url).origin,
  );
  return (context) => {
    const request = requestOf(context);
    const corsRequest = readRequest(request);
    const decision = decide(corsRequest, context);
    const decided = { decision, origin: corsRequest.origin };
    const before = passages.get(context) ?? passages.get(request);
    tellSecondPolicy(policy, before?.policy, request.url);
    const passage: Passage = Object.assign(before ?? {}, { policy, decided });
    // What is answered at once gets no further.
    if (decision.status === null) passages.set(context, passage).set(request, passage);
    return {
      decided,
      report: () => report(decision, corsRequest, context),
      finish: (response, isOwn = false) => withCorsHeaders(response, passage.decided, isOwn),
    };
  };
}
