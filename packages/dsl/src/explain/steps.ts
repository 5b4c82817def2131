import {
  type Experience,
  isCorsSafelistedMethod,
  isForbiddenRequestHeader,
  normalizeMethod,
} from "@corslang/runtime/testing";
import { UNSAFE_VALUE } from "../analyze/expectations.js";
import type { Question, Step } from "./explanation.js";
import {
  findCredentialsStep,
  findHeaderSteps,
  findMethodStep,
  findOriginStep,
  findReadableStep,
  findReadSteps,
} from "./obstacles.js";
import type { Subject } from "./subject.js";

/** The names that a preflight asks for, in lower case. */
function namesAskedFor({ preflight }: Exclude<Experience, { readonly outcome: "refused" }>): readonly string[] {
  return preflight?.facts.requestHeaders?.split(",") ?? [];
}

function findDroppedHeaders({ page }: Question): readonly Step[] {
  const dropped = page.headers.filter((header) => isForbiddenRequestHeader(header));
  return dropped.map(([name]) => ({ kind: "dropped-header", name }));
}

function findPreflightStep({ page }: Question, method: string, names: readonly string[], isNeeded: boolean): Step {
  const findValue = (name: string) => {
    const value = page.headers.find(([other]) => other.toLowerCase() === name)?.[1];
    // Where only the name was given, there is no value to speak of.
    return value === undefined || value === UNSAFE_VALUE ? null : value;
  };
  const headers = names.map((name) => [name, findValue(name)] as const);
  return { kind: "preflight", isNeeded, method, isMethodUnsafe: !isCorsSafelistedMethod(method), headers };
}

/**
 * The steps of a browser on the way of a request, those behind a failing one as well, as if it had passed.
 *
 * @param experience - What the page experiences.
 *
 * @example
 * ```ts
 * findSteps(question, experience, subject).find((step) => "passes" in step && !step.passes); // where it ends
 * ```
 */
export function findSteps(question: Question, experience: Experience, subject: Subject): readonly Step[] {
  if (experience.outcome === "refused") return [{ kind: "refused", refusal: experience.refusal }];
  const { page } = question;
  const dropped = findDroppedHeaders(question);
  if (page.isSameOrigin) return [...dropped, { kind: "same-origin" }];
  const method = normalizeMethod(page.method);
  const names = namesAskedFor(experience);
  const asked = experience.preflight ? [findMethodStep(method, subject), ...findHeaderSteps(names, subject)] : [];
  // A preflight that the policy fails has no headers of CORS in its answer; only of one that it passes does the browser
  // get to see whether credentials are allowed.
  const credentials = page.credentials === "include" ? [findCredentialsStep(subject)] : [];
  return [
    ...dropped,
    findPreflightStep(question, method, names, experience.preflight !== null),
    findOriginStep(page.origin, subject),
    ...asked,
    ...credentials,
    findReadableStep(subject),
    ...findReadSteps(question, subject),
  ];
}
