import { enumerate } from "@corslang/runtime/testing";
import { type Explanation, type Obstacle, placeOf } from "./explanation.js";
import type { Place } from "./place.js";
import { describeMiss, describeStep, quote } from "./wording.js";

/** A sentence, and the place that it speaks of. */
export interface Remark {
  readonly message: string;
  readonly place: Place | null;
}

/** The item that a miss is about. */
function placeOfMiss({ miss }: Obstacle): Place | null {
  switch (miss?.kind) {
    case "differs":
      return miss.item.item;
    case "name-typo":
      return miss.item;
    case "method-case":
      return miss.item;
    default:
      return null;
  }
}

/** What is behind the first thing in the way: headers are told together, as there may be many. */
function describeLater(later: readonly Obstacle[], { step }: Obstacle): string | null {
  if (step.kind !== "header") return `then ${describeStep(step)}`;
  const names = later.flatMap((other) => (other.step.kind === "header" ? [other.step.name] : []));
  if (names[0] !== step.name) return null;
  return names.length === 1
    ? `then ${describeStep(step)}`
    : `then ${enumerate(names.map(quote))} are not in \`headers\``;
}

/** What comes near, for what is in the way; behind the first, what it is about has not been said yet. */
export function describeHints(explanation: Explanation): readonly Remark[] {
  const { obstacles, steps } = explanation;
  const later = obstacles.filter(({ step }) => !steps.includes(step));
  return obstacles.flatMap((obstacle) => {
    const message = describeMiss(obstacle, explanation);
    const also = later.includes(obstacle) ? describeLater(later, obstacle) : null;
    return [
      ...(also === null ? [] : [{ message: also, place: placeOf(obstacle.step) }]),
      ...(message === null ? [] : [{ message, place: placeOfMiss(obstacle) }]),
    ];
  });
}

/** What else there is to know, with the places that it is about. */
export function describeNotes({ experience, denial, allowedWith }: Explanation): readonly Remark[] {
  const isBehindOrigin = denial !== null && !denial.reason.startsWith("origin-");
  const console =
    experience.outcome === "preflight-failed" && isBehindOrigin
      ? [
          "a failed preflight is answered without headers of CORS, so that the browser's console speaks of a missing Access-Control-Allow-Origin",
        ]
      : [];
  return [
    ...console.map((message) => ({ message, place: null })),
    ...allowedWith.map(({ profile, place }) => ({
      message: profile === null ? "it is allowed without a profile" : `it is allowed with --profile ${profile}`,
      place,
    })),
  ];
}
