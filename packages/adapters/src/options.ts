import {
  type CorsRequest,
  type Decision,
  type Denial,
  type Matcher,
  type Outcome,
  POLICY_VERSION,
} from "@corslang/runtime";

/** What `onDecision` is told. */
export interface DecisionReport {
  /** The policy that decided. */
  readonly policy: string;
  readonly outcome: Outcome;
  /** The request's `Origin`, unchecked: treat it as text from a stranger. */
  readonly origin: string | null;
  /** Why the request was denied; `null` when it was not. */
  readonly denial: Denial | null;
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
  /** Called once for each request, after the decision and before the handler. What it throws goes to the framework. */
  readonly onDecision?: ((decision: DecisionReport, request: Request) => void) | undefined;
}

/** A policy with its options, checked: what an adapter works with. */
export interface Mounted<Request> {
  readonly decide: (request: CorsRequest) => Decision;
  /** Tells `onDecision`, where there is one. */
  readonly report: (decision: Decision, corsRequest: CorsRequest, request: Request) => void;
}

/** The options, each with the type that it has. */
const OPTIONS: Readonly<Record<string, string>> = { debug: "boolean", onDecision: "function" };

/**
 * Checks what the user has passed and makes it ready. At mount time: an unset variable must not open an API, or fail at
 * the first request in production.
 *
 * @throws TypeError when the policy or an option is not what it should be, and says what it is.
 */
export function mount<Request>(policy: Matcher, options: Options<Request> = {}): Mounted<Request> {
  // By its structure, as copies of the runtime can live side by side. Object() lets undefined be asked as well.
  if (Object(policy).version !== POLICY_VERSION || !policy.explain) {
    throw new TypeError(
      `cors: expected a policy of version ${POLICY_VERSION}, not ${Object.prototype.toString.call(policy)}: pass what a compiled .cors module exports, or createMatcher(data)`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    const type = OPTIONS[name];
    if (!type || (value !== undefined && typeof value !== type)) {
      throw new TypeError(
        `cors: no option ${name} of type ${typeof value}; there are ${JSON.stringify(OPTIONS)}, the rest is policy`,
      );
    }
  }
  const { debug, onDecision } = options;
  return {
    decide: debug ? policy.decideForDebugging : policy.decide,
    report({ outcome }, corsRequest, request) {
      const { origin = null } = corsRequest;
      onDecision?.({ policy: policy.policy.name, outcome, origin, denial: policy.explain(corsRequest) }, request);
    },
  };
}
