import type { Denial } from "@corslang/runtime";
import type { Experience, PageRequest } from "@corslang/runtime/testing";
import type { CheckedPolicy } from "../check/checked-policy.js";
import type { Edit } from "../text/edit.js";
import type { NameMiss } from "./name-miss.js";
import type { OriginMiss } from "./origin-miss.js";
import type { Place } from "./place.js";

/** What is asked: what a page fetches, and which headers of the response its script reads. */
export interface Question {
  readonly page: PageRequest;
  /** Names of response headers, in any case. */
  readonly reads: readonly string[];
}

/** What covers a name: a list of the Fetch Standard, an item, or the `*` of a setting. */
export type Cover = "safelisted" | "listed" | "star";

/** One thing that a browser looks at on its way, in the order in which it does, and the place that decides. */
export type Step =
  /** The page and the server are of one origin. */
  | { readonly kind: "same-origin" }
  /** The API refuses. */
  | {
      readonly kind: "refused";
      readonly refusal: Extract<Experience, { readonly outcome: "refused" }>["refusal"];
    }
  /** The browser leaves a header out that no script can set. */
  | { readonly kind: "dropped-header"; readonly name: string }
  /** Whether the browser asks before, and because of what: the method, or headers with their values. */
  | {
      readonly kind: "preflight";
      readonly isNeeded: boolean;
      readonly method: string;
      readonly isMethodUnsafe: boolean;
      readonly headers: readonly (readonly [name: string, value: string | null])[];
    }
  | {
      readonly kind: "origin";
      readonly passes: boolean;
      readonly origin: string;
      /** The item that lets it in. */
      readonly item: string | null;
      readonly place: Place;
    }
  /** Only where the page sends credentials. `star`: the policy has `origins *`. */
  | { readonly kind: "credentials"; readonly passes: boolean; readonly isStar: boolean; readonly place: Place }
  | {
      readonly kind: "method";
      readonly passes: boolean;
      readonly method: string;
      readonly by: Cover | null;
      readonly place: Place | null;
    }
  | {
      readonly kind: "header";
      readonly passes: boolean;
      readonly name: string;
      readonly by: Cover | null;
      readonly place: Place;
    }
  /** What pages may read of any answer; `names` beside the CORS-safelisted ones. */
  | { readonly kind: "readable"; readonly names: "*" | readonly string[]; readonly place: Place | null }
  /** A response header that the script wants to read. */
  | {
      readonly kind: "read";
      readonly passes: boolean;
      readonly name: string;
      readonly by: Cover | "forbidden" | null;
      readonly place: Place | null;
    };

/** How a step ends; `note` where there is nothing to pass. */
export function resultOf(step: Step): "note" | "pass" | "fail" {
  if (step.kind === "refused") return "fail";
  return "passes" in step ? (step.passes ? "pass" : "fail") : "note";
}

/** The place that decides a step. */
export function placeOf(step: Step): Place | null {
  return "place" in step ? step.place : null;
}

/** A step that fails. */
export type FailedStep = Extract<Step, { readonly passes: boolean }> | Extract<Step, { readonly kind: "refused" }>;

/** What is nearest to what is asked. */
export type Miss = OriginMiss | NameMiss | { readonly kind: "star-with-credentials" | "forbidden-response-header" };

/** Something in the way, what comes near, and what would take it out of the way. */
export interface Obstacle {
  readonly step: FailedStep;
  readonly miss: Miss | null;
}

/** What to write so that all is allowed that is asked: tried, so that it compiles and does. */
export interface Change {
  /** What it does, as in «add `PATCH` to `methods`». */
  readonly titles: readonly string[];
  readonly edits: readonly Edit[];
  /** The profile for which it is allowed then. */
  readonly profile: string | null;
  /** What the compiler warns of then, and did not before. */
  readonly warnings: readonly string[];
}

/** The way of a request by a policy, as a browser goes it. */
export interface Explanation {
  readonly policy: CheckedPolicy;
  readonly profile: string | null;
  readonly question: Question;
  /** The method as it is sent. */
  readonly method: string;
  /** By the runtime's decision and the model of the browser. */
  readonly experience: Experience;
  /** Why the policy denies it; `null` where it does not, and where it is the browser that does. */
  readonly denial: Denial | null;
  /** Up to the one that fails. */
  readonly steps: readonly Step[];
  /** All that is in the way, the one that the browser meets first of all. */
  readonly obstacles: readonly Obstacle[];
  /** Other profiles, or none (`null`), for which all is allowed that is asked, and what lets the first obstacle through. */
  readonly allowedWith: readonly { readonly profile: string | null; readonly place: Place | null }[];
  readonly change: Change | null;
  /** Why what would have to be written does not compile; `null` where it does, or where there is nothing to write. */
  readonly refusedChange: string | null;
}

/** Whether the page gets the answer, and its script what it reads of it. */
export function isAllowed({ experience, obstacles }: Pick<Explanation, "experience" | "obstacles">): boolean {
  return experience.outcome === "readable" && obstacles.length === 0;
}
