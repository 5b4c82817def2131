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
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ["debug", "boolean"],
  ["onDecision", "function"],
]);

/**
 * Checks that a policy is one, by its structure.
 *
 * @throws TypeError that says what was passed instead. At mount time: an unset variable must not open an API, or fail
 * at the first request in production.
 */
function checkPolicy(policy: unknown): void {
  const { version, decide, explain } = Object(policy);
  if (version === POLICY_VERSION && decide && explain) return;
  const kind = Object.prototype.toString.call(policy).slice(8, -1);
  throw new TypeError(
    `cors: expected a policy of version ${POLICY_VERSION} and got ${kind}: pass one that a module written by cors-compile exports; data goes through createMatcher first`,
  );
}

function checkOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const type = OPTIONS.get(name);
    if (!type)
      throw new TypeError(`cors: unknown option ${name}: there are ${[...OPTIONS.keys()]}; the rest is policy`);
    if (value !== undefined && typeof value !== type) throw new TypeError(`cors: ${name} is not a ${type}`);
  }
}

/**
 * Checks what the user has passed and makes it ready.
 *
 * @throws TypeError when the policy or an option is not what it should be.
 */
export function mount<Request>(policy: Matcher, options: Options<Request> = {}): Mounted<Request> {
  checkPolicy(policy);
  checkOptions(options);
  const { debug, onDecision } = options;
  return {
    decide: debug ? policy.decideForDebugging : policy.decide,
    report(decision, corsRequest, request) {
      if (!onDecision) return;
      const { outcome } = decision;
      const { origin = null } = corsRequest;
      onDecision({ policy: policy.policy.name, outcome, origin, denial: policy.explain(corsRequest) }, request);
    },
  };
}
