import {
  type CorsRequest,
  type Decision,
  type Denial,
  type Matcher,
  type Outcome,
  originOf,
  POLICY_VERSION,
  refuseUnless,
} from "@corslang/runtime";

/** What `onDecision` is told. */
export interface DecisionReport {
  /** The policy that decided. */
  readonly policy: string;
  readonly outcome: Outcome;
  /** The status that the adapter answers with by itself, with an empty body; `null`: the handler runs. */
  readonly status: 204 | 403 | null;
  /** The request's `Origin`, unchecked: treat it as text from a stranger. */
  readonly origin: string | null;
  /** The item of the policy's `origins` that allows the request's; `null` when none does. */
  readonly matched: string | null;
  /** Why the request was denied; `null` when it was not. */
  readonly denial: Denial | null;
}

/** Is told each decision. */
export interface DecisionListener<Request> {
  (decision: DecisionReport, request: Request): void;
  /** Where it is `true`, nobody listens at the moment: no report is made, and the listener is not called. */
  readonly idle?: boolean;
}

/**
 * What every adapter takes beside the policy.
 *
 * @typeParam Request - What the framework calls a request.
 */
export interface Options<Request> {
  /**
   * Answers a failed preflight with 204 and the headers that it earned up to the failing step, so that the browser's
   * console names the step. It discloses the policy's lists: for development. Off by default.
   */
  readonly debug?: boolean | undefined;
  /**
   * Answers denied actual requests with 403 and an empty body, and the handler does not run. Requests of the server's
   * own pages are never refused: browsers send `Origin` with these too. Off by default.
   */
  readonly enforce?: boolean | undefined;
  /**
   * The server's own origins, beside the one that the framework takes from the request: for `enforce` behind a proxy
   * that the framework is not told of, where browsers send no `Sec-Fetch-Site`.
   */
  readonly self?: readonly string[] | undefined;
  /** Called once for each request, after the decision and before the handler. What it throws goes to the framework. */
  readonly onDecision?: DecisionListener<Request> | undefined;
}

/** A policy with its options, checked: what an adapter works with. */
export interface Mounted<Request, Context> {
  readonly decide: (corsRequest: CorsRequest, request: Request) => Decision;
  /** Tells `onDecision`, where there is one. */
  readonly report: (decision: Decision, corsRequest: CorsRequest, context: Context) => void;
}

/** The options, each with the type that it has. */
const OPTIONS: Readonly<Record<string, string>> = {
  debug: "boolean",
  enforce: "boolean",
  self: "object",
  onDecision: "function",
};

/**
 * Checks what the user has passed and makes it ready. At mount time: an unset variable must not open an API, or fail at
 * the first request in production.
 *
 * @typeParam Request - What `readSite` and `ownUrlOf` read.
 * @typeParam Context - What the framework calls a request.
 * @param readSite - The value of a request's `Sec-Fetch-Site`.
 * @param ownUrlOf - The URL of a request, at least its scheme, host and port, as the framework knows them.
 * @throws TypeError when the policy or an option is not what it should be, and says what it is.
 */
export function mount<Request, Context = Request>(
  policy: Matcher,
  options: Options<Context> = {},
  readSite: (request: Request) => unknown,
  ownUrlOf: (request: Request) => string,
): Mounted<Request, Context> {
  // By its structure, as copies of the runtime can live side by side. What was passed may be an unset variable.
  refuseUnless(
    policy?.version === POLICY_VERSION && policy.findOrigin,
    `cors: a compiled policy of version ${POLICY_VERSION}`,
    policy,
  );
  for (const [name, value] of Object.entries(options)) {
    const type = OPTIONS[name];
    refuseUnless(
      type && (value === undefined || typeof value === type),
      `cors: ${name} (of ${Object.keys(OPTIONS)})`,
      value,
    );
  }
  const { debug, enforce, self = [], onDecision } = options;
  // Copied before it is checked: nothing can change in between. What is no list becomes its one item, and is refused.
  const ownOrigins = [self].flat();
  // As browsers write it: no path, no default port, no upper case.
  for (const origin of ownOrigins) refuseUnless(originOf(origin) === origin, "cors: self", origin);

  function isSameOrigin(origin: string, request: Request): boolean {
    const site = readSite(request);
    // No page can set it; browsers leave it out on plain http, and old ones everywhere.
    if (site != null) return site === "same-origin";
    return [...ownOrigins, originOf(ownUrlOf(request))].includes(origin);
  }

  return {
    decide(corsRequest, request) {
      const decision = policy.decide(corsRequest, debug);
      // The cast holds: without an Origin nothing is denied.
      return enforce && decision.outcome === "actual-denied" && !isSameOrigin(corsRequest.origin as string, request)
        ? { ...decision, status: 403 }
        : decision;
    },
    report({ outcome, status }, corsRequest, context) {
      if (!onDecision || onDecision.idle) return;
      const { origin = null } = corsRequest;
      onDecision(
        {
          policy: policy.policy.name,
          outcome,
          status,
          origin,
          matched: policy.findOrigin(origin ?? ""),
          denial: policy.explain(corsRequest),
        },
        context,
      );
    },
  };
}
