import type { Matcher } from "@corslang/runtime";
import type { Listening } from "../../applications/application.js";
import type { RequestText } from "../raw-exchange.js";

/** Where a middleware is mounted, with regard to the policy. */
export type Order = "the policy first" | "the policy behind";

/** Which answer something gives without a policy. */
export interface OwnAnswer {
  readonly status: number;
  /** Lines of CORS and Vary. */
  readonly own?: readonly string[];
}

/** A request, and what the application answers without a policy. */
export interface Asked extends OwnAnswer, RequestText {
  /** Lines that the answer has beside those of CORS, and in no case loses. */
  readonly others?: readonly string[];
  /** Whether the answer is the middleware's: where the policy is mounted behind it, that sees nothing of the request. */
  readonly isAnsweredAtOnce?: boolean;
  /** What the middleware answers a preflight for this path with, where it is mounted first; without, it passes it on. */
  readonly preflight?: OwnAnswer;
  /** What the middleware adds to the policy's answer to a preflight that it passes on. */
  readonly ownOfPassedPreflight?: readonly string[];
}

/** A middleware in an application of a framework. */
export interface Combination {
  readonly framework: string;
  readonly middleware: string;
  readonly asked: readonly Asked[];
  readonly start: (policy: Matcher, order: Order) => Promise<Listening>;
}

/** What applications answer at `/text`: long enough to be compressed. */
export const LONG_TEXT = "handled ".repeat(400);

/** Puts a policy and a middleware in an order. */
export function inOrder<Handler>(order: Order, policy: Handler, middleware: Handler): readonly Handler[] {
  return order === "the policy first" ? [policy, middleware] : [middleware, policy];
}

/** Closes what was started for a middleware with the application. */
export function closingWith(server: Listening, started: readonly Listening[]): Listening {
  return {
    port: server.port,
    async close() {
      await server.close();
      for (const other of started) await other.close();
    },
  };
}
