import { toPrintable } from "../diagnostics/pretty.js";
import { type Explanation, placeOf, resultOf, type Step } from "./explanation.js";
import { describePlace, type Place } from "./place.js";
import { describeHints, describeNotes } from "./remarks.js";
import { describeQuestion, describeStep, describeVerdict } from "./wording.js";

/** A sentence with the place that it speaks of. */
function withPlace(sentence: string, place: Place | null): string {
  return place === null ? sentence : `${sentence} (${describePlace(place)})`;
}

function renderStep(step: Step, index: number): string {
  return `${index + 1}. ${resultOf(step)}: ${withPlace(describeStep(step), placeOf(step))}`;
}

/** What to write, in words; `null` where nothing is proposed. */
function describeChange({ change, refusedChange, profile }: Explanation): string | null {
  if (refusedChange !== null) return `no change: what would have to be written does not compile: ${refusedChange}`;
  if (change === null) return null;
  const other = change.profile === profile ? "" : `; it is allowed then with --profile ${change.profile}`;
  return `change: ${change.titles.join(", ")}${other}`;
}

/**
 * Writes an explanation for people: what is asked, the steps of the browser, the verdict, and for a denial what comes
 * near and what to write, without the change itself.
 *
 * @example
 * ```text
 * PATCH from `https://app.example.com`, by the policy `default`
 *
 * 1. note: the browser asks first, by a preflight, because of `PATCH`
 * 2. pass: `https://app.example.com` is in `origins` (api.cors:1:9)
 * 3. fail: `PATCH` is not in `methods` (api.cors:2:1)
 *
 * denied: the preflight fails, and the request is not sent
 * change: add `PATCH` to `methods`
 * ```
 */
export function renderExplanation(explanation: Explanation): string {
  const hints = describeHints(explanation).map(({ message, place }) => `hint: ${withPlace(message, place)}`);
  const notes = describeNotes(explanation).map(({ message, place }) => `note: ${withPlace(message, place)}`);
  const change = describeChange(explanation);
  const lines = [
    describeQuestion(explanation),
    "",
    ...explanation.steps.map(renderStep),
    "",
    describeVerdict(explanation),
    ...hints,
    ...notes,
    ...(change === null ? [] : [toPrintable(change)]),
    ...(explanation.change?.warnings ?? []).map((warning) => toPrintable(`warning: with the change, ${warning}`)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
