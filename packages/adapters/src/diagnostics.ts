import { channel } from "node:diagnostics_channel";
import type { DecisionListener, DecisionReport } from "./options.js";

export type { DecisionListener, DecisionReport } from "./options.js";

/** What the subscribers of the channel `corslang:decision` get. Frozen, as they share it. */
export interface DecisionMessage {
  readonly decision: DecisionReport;
  /** What the framework calls the request. */
  readonly request: unknown;
}

// Kept here: Node may drop a channel that nobody keeps.
const decisions = channel("corslang:decision");

/**
 * Publishes each decision on Node's `diagnostics_channel`, as the channel `corslang:decision`: an option's value for
 * every adapter. While nobody has subscribed, no report is made.
 *
 * What a subscriber throws does not reach the request. Node throws it again as an uncaught exception.
 *
 * @example
 * ```ts
 * import { subscribe } from "node:diagnostics_channel";
 * import { type DecisionMessage, publishDecision } from "@corslang/adapters/diagnostics";
 *
 * app.use(cors(account, { onDecision: publishDecision }));
 * subscribe("corslang:decision", (message) => count((message as DecisionMessage).decision.outcome));
 * ```
 */
export const publishDecision: DecisionListener<unknown> = Object.defineProperty(
  (decision: DecisionReport, request: unknown) => {
    decisions.publish(Object.freeze({ decision: Object.freeze(decision), request } satisfies DecisionMessage));
  },
  "idle",
  { get: () => !decisions.hasSubscribers },
);
