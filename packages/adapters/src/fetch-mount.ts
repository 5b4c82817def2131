import type { ServerResponse } from "node:http";
import type { CorsRequest, Decision, Matcher } from "@corslang/runtime";
import { DECIDED, type Decided } from "./cors-headers.js";
import { withCorsHeaders } from "./fetch-response.js";
import { guardResponseHead } from "./node-response.js";
import { mount, type Options } from "./options.js";
import { tellSecondPolicy } from "./second-policy.js";

/** Of two policies on a request's way the inner one decides alone: both have the same object, which is changed. */
type Passage = { -readonly [Member in keyof Decided]: Decided[Member] };

/** A request, and what the framework calls one: middlewares replace either of them by a copy. */
interface Passed {
  [DECIDED]?: Passage;
}

/** A request that passes a policy. */
export interface Passing {
  /** The status with which to answer at once, with an empty body; `null`: the handler runs. */
  readonly status: Decision["status"];
  /** Tells `onDecision`. */
  readonly report: () => void;
  /**
   * Gives the response to the request its headers; returns a copy where they can't be changed, and where the response is
   * not the request's own and may be that of others.
   *
   * Under @hono/node-server they go right into the head that Node writes: a Response whose headers are looked at costs
   * twice as much there as one that is passed on.
   */
  readonly finish: (response: Response, isOwn?: boolean) => Response;
}

function readRequest({ headers, method }: Request): CorsRequest {
  // Nobody looks at the others of another request, and Headers take their time.
  const isOptions = method === "OPTIONS";
  return {
    method,
    origin: headers.get("Origin"),
    requestMethod: isOptions ? headers.get("Access-Control-Request-Method") : null,
    requestHeaders: isOptions ? headers.get("Access-Control-Request-Headers") : null,
  };
}

/**
 * What Fetch handlers and Hono have in common.
 *
 * @typeParam Context - What the framework calls a request.
 * @returns What to call with each request; `env` is what the platform gives beside it.
 * @throws TypeError when the policy or an option is not what it should be.
 */
export function mountOnFetch<Context extends object>(
  policy: Matcher,
  options: Options<Context> | undefined,
): (context: Context, request: Request, env: unknown) => Passing {
  const { decide, report } = mount<Request, Context>(
    policy,
    options,
    ({ headers }) => headers.get("Sec-Fetch-Site"),
    ({ url }) => url,
  );
  return (context: Context & Passed, request: Request & Passed, env) => {
    const corsRequest = readRequest(request);
    const decision = decide(corsRequest, request);
    const before = context[DECIDED] ?? request[DECIDED];
    // Not the URL of every request: it is made anew whenever it is asked for.
    if (before) tellSecondPolicy(policy, before, request.url);
    // The cast holds: all is set below. By Object.assign it would take as long as the decision.
    const passage = before ?? ({} as Passage);
    passage.decision = decision;
    passage.origin = corsRequest.origin;
    passage.policy = policy;
    // What is answered at once gets no further.
    if (decision.status === null) context[DECIDED] = request[DECIDED] = passage;
    // What @hono/node-server gives, if the request is the one that it has received: an answer to a request that a handler
    // has made up for another application is not the answer that goes out.
    // The cast holds: what has such a member and such a URL in it is that.
    const outgoing = (env as { readonly outgoing?: ServerResponse } | null | undefined)?.outgoing;
    const isOutgoing =
      outgoing?.req && outgoing.req.url === request.url.slice(request.url.indexOf("/", "https://".length));
    if (isOutgoing) guardResponseHead(outgoing, passage);
    return {
      status: decision.status,
      report: () => report(decision, corsRequest, context),
      finish(response, isOwn) {
        if (!isOutgoing) return withCorsHeaders(response, passage, isOwn);
        // Again: a policy further in may have decided, or that of such another application.
        guardResponseHead(outgoing, passage);
        return response;
      },
    };
  };
}
