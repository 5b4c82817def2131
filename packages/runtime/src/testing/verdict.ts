import type { ReadableExperience } from "../browser/fetch.js";
import { CorsAssertionError } from "./assertion-error.js";

/** How something that a page asks for ended, and why, in sentences. */
export interface Verdict<Reason extends string> {
  /** `null` when the page got what it asked for. */
  readonly reason: Reason | null;
  readonly explanation: string;
}

/** How a page's whole `fetch()` ended; with what the page got, where it got it. */
export type FetchVerdict<Reason extends string> =
  | { readonly reason: null; readonly explanation: string; readonly experience: ReadableExperience }
  | { readonly reason: Reason; readonly explanation: string };

/** What is spoken of, and the two ways in which it can end: as in "to pass, and it fails". */
export interface Subject {
  readonly what: string;
  readonly good: readonly [infinitive: string, present: string];
  readonly bad: readonly [infinitive: string, present: string];
}

/** A function that a test calls to assert something. */
export type Assertion = (...args: never[]) => unknown;

function withReason(text: string, reason: string | null | undefined): string {
  return reason == null ? text : `${text} (${reason})`;
}

/** Throws when something that should end well does not. */
export function expectGood<Judged extends Verdict<string>>(
  { what, good, bad }: Subject,
  verdict: Judged,
  assertion?: Assertion,
): asserts verdict is Judged & { readonly reason: null } {
  const { reason, explanation } = verdict;
  if (reason === null) return;
  const actual = withReason(bad[1], reason);
  const message = `expected ${what} ${good[0]}, and it ${actual}\n\n${explanation}`;
  throw new CorsAssertionError(message, good[1], actual, assertion);
}

/** Throws when something that should end badly does not, or not for the reason that is given. */
export function expectBad<Reason extends string>(
  { what, good, bad }: Subject,
  { reason, explanation }: Verdict<Reason>,
  expectedReason: Reason | undefined,
  assertion?: Assertion,
): void {
  if (reason !== null && (expectedReason === undefined || reason === expectedReason)) return;
  const actual = reason === null ? good[1] : withReason(bad[1], reason);
  const message = `expected ${what} ${withReason(bad[0], expectedReason)}, and it ${actual}\n\n${explanation}`;
  throw new CorsAssertionError(message, withReason(bad[1], expectedReason), actual, assertion);
}
