import { CORS_SAFELISTED_RESPONSE_HEADER_NAMES, type Experience } from "@corslang/runtime/testing";
import { UNSAFE_VALUE } from "../analyze/expectations.js";
import { type JsonEdit, type JsonPlace, type JsonRelated, toJsonPlace } from "../diagnostics/json.js";
import { createPositions, type Positions } from "../diagnostics/positions.js";
import { TOOL_NAME } from "../diagnostics/project.js";
import { type Explanation, isAllowed, placeOf, resultOf } from "./explanation.js";
import { describeHints, describeNotes, type Remark } from "./remarks.js";
import { describeStep, describeVerdict } from "./wording.js";

/** The version of the shape. Members may be added within a version; none changes its meaning. */
export const EXPLANATION_VERSION = 1;

/** A sentence, and the place that it speaks of. */
export interface JsonRemark {
  readonly message: string;
  readonly place: JsonPlace | null;
  /** The way from the policy to that place, through `extends` and sets. */
  readonly trail: readonly JsonRelated[];
}

/** One thing that the browser looks at. */
export interface JsonStep extends JsonRemark {
  /** What it is; a later release has more of them. */
  readonly step: string;
  readonly result: "note" | "pass" | "fail";
}

/** What to write so that all is allowed that is asked. */
export interface JsonChange {
  readonly titles: readonly string[];
  /** The profile for which it is allowed then. */
  readonly profile: string | null;
  readonly edits: readonly JsonEdit[];
  /** What the compiler warns of then, and did not before. */
  readonly warnings: readonly string[];
}

/** An explanation as data. */
export interface JsonExplanation {
  readonly version: typeof EXPLANATION_VERSION;
  readonly tool: { readonly name: typeof TOOL_NAME; readonly version: string };
  readonly policy: string;
  readonly profile: string | null;
  readonly request: {
    readonly origin: string;
    readonly method: string;
    /** The value is `null` where only the name is known. */
    readonly headers: readonly { readonly name: string; readonly value: string | null }[];
    readonly credentials: boolean;
  };
  /** Whether the page gets the answer, and its script what it reads of it. */
  readonly allowed: boolean;
  readonly outcome: Experience["outcome"];
  readonly verdict: string;
  /** Why it is denied: the policy's reason, or what the browser finds wrong; `null` where it is allowed. */
  readonly reason: string | null;
  readonly steps: readonly JsonStep[];
  /** The names of the headers that the page can read, in lower case; `*` for all but Set-Cookie. */
  readonly readableHeaders: "*" | readonly string[];
  readonly hints: readonly JsonRemark[];
  readonly notes: readonly JsonRemark[];
  readonly change: JsonChange | null;
  /** Why what would have to be written does not compile. */
  readonly refusedChange: string | null;
}

function findReason({ experience, denial, obstacles }: Explanation): string | null {
  switch (experience.outcome) {
    case "refused":
      return experience.refusal;
    case "readable":
      return obstacles.length > 0 ? "header-not-exposed" : null;
    case "blocked":
      return denial?.reason ?? experience.failure;
    case "preflight-failed": {
      const { failure } = experience;
      return denial?.reason ?? (failure.step === "cors-check" ? failure.failure : failure.step);
    }
  }
}

function findReadableHeaders({ experience, steps }: Explanation): "*" | readonly string[] {
  const step = steps.find(({ kind }) => kind === "readable");
  if (experience.outcome !== "readable") return [];
  if (step?.kind !== "readable" || step.names === "*") return "*";
  return [...CORS_SAFELISTED_RESPONSE_HEADER_NAMES, ...step.names.map((name) => name.toLowerCase())].sort();
}

function toRemark({ message, place }: Remark, positions: Positions): JsonRemark {
  const trail = (place?.trail ?? []).map((step) => ({ message: step.message, ...toJsonPlace(step.span, positions) }));
  return { message, place: place && toJsonPlace(place.span, positions), trail };
}

/**
 * Makes the data of an explanation. `schemas/explanation.schema.json` describes it.
 *
 * @example
 * ```ts
 * toJsonExplanation(explanation, "1.0.0").reason; // "origin-not-allowed"
 * ```
 */
export function toJsonExplanation(explanation: Explanation, toolVersion: string): JsonExplanation {
  const { policy, profile, question, method, experience, steps, change, refusedChange } = explanation;
  const { page } = question;
  const positions = createPositions();
  return {
    version: EXPLANATION_VERSION,
    tool: { name: TOOL_NAME, version: toolVersion },
    policy: policy.name,
    profile,
    request: {
      origin: page.origin,
      method,
      headers: page.headers.map(([name, value]) => ({ name, value: value === UNSAFE_VALUE ? null : value })),
      credentials: page.credentials === "include",
    },
    allowed: isAllowed(explanation),
    outcome: experience.outcome,
    verdict: describeVerdict(explanation),
    reason: findReason(explanation),
    steps: steps.map((step) => ({
      step: step.kind,
      result: resultOf(step),
      ...toRemark({ message: describeStep(step), place: placeOf(step) }, positions),
    })),
    readableHeaders: findReadableHeaders(explanation),
    hints: describeHints(explanation).map((hint) => toRemark(hint, positions)),
    notes: describeNotes(explanation).map((note) => toRemark(note, positions)),
    change: change && {
      titles: change.titles,
      profile: change.profile,
      edits: change.edits.map(({ span, text }) => ({ ...toJsonPlace(span, positions), text })),
      warnings: change.warnings,
    },
    refusedChange,
  };
}
