import type { CorsRequest, Matcher } from "@corslang/runtime";
import type { Decided } from "./cors-headers.js";
import { withCorsHeaders } from "./fetch-response.js";
import { guardResponseHead } from "./node-response.js";
import { mount, type Options } from "./options.js";
import { tellSecondPolicy } from "./second-policy.js";

/**
 * At a request, and at what the framework calls one, as middlewares replace either of them by a copy: which policy it has
 * passed last. The same for all copies of this package that are installed side by side.
 */
const PASSAGE = Symbol.for("corslang passage");

/** What the policy has decided. Of two on a request's way the inner one decides alone, so it is changed. */
interface Passage extends Decided {
  readonly policy: Matcher;
}

interface Passed {
  [PASSAGE]?: Passage;
}

/** A request that passes a policy. */
export interface Passing {
  /** With a status, it is to be answered at once, with an empty body; with `null` the handler runs. */
  readonly decided: Decided;
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
    ({ url }) => new URL(url).origin,
  );
  return (context: Context & Passed, request: Request & Passed, env) => {
    const corsRequest = readRequest(request);
    const decision = decide(corsRequest, request);
    const { url } = request;
    const before = context[PASSAGE] ?? request[PASSAGE];
    tellSecondPolicy(policy, before?.policy, url);
    const passage: Passage = Object.assign(before ?? {}, { policy, decision, origin: corsRequest.origin });
    // What is answered at once gets no further.
    if (decision.status === null) context[PASSAGE] = request[PASSAGE] = passage;
    // What @hono/node-server gives, if the request is the one that it has received: an answer to a request that a handler
    // has made up for another application is not the answer that goes out.
    const { outgoing } = Object(env);
    const isNode = outgoing?.req?.url === url.slice(url.indexOf("/", "https://".length));
    const guard = () => guardResponseHead(outgoing, passage.decision, passage);
    if (isNode) guard();
    return {
      decided: passage,
      report: () => report(decision, corsRequest, context),
      finish(response, isOwn = false) {
        if (!isNode) return withCorsHeaders(response, passage, isOwn);
        // Again: a policy further in may have decided, or that of such another application.
        guard();
        return response;
      },
    };
  };
}
