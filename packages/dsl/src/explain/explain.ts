import { createMatcherServer, type Experience, normalizeMethod, simulateFetch } from "@corslang/runtime/testing";
import type { CheckedFile, CheckResult } from "../compile.js";
import type { Host } from "../program/host.js";
import { type Inquiry, NO_CHANGE, proposeChange } from "./change.js";
import {
  type Explanation,
  type FailedStep,
  isAllowed,
  type Miss,
  type Obstacle,
  placeOf,
  type Question,
  resultOf,
  type Step,
} from "./explanation.js";
import { findMethodMiss, findNameTypo } from "./name-miss.js";
import { type Difference, findOriginMiss } from "./origin-miss.js";
import type { Place } from "./place.js";
import { findSteps } from "./steps.js";
import { createSubject, itemsOf, type Subject } from "./subject.js";

function isFailed(step: Step): step is FailedStep {
  return resultOf(step) === "fail";
}

function findMiss(step: FailedStep, { policy, matcher }: Subject): Miss | null {
  switch (step.kind) {
    case "refused":
      return null;
    case "origin": {
      const items = policy.origins === "*" ? [] : policy.origins;
      return findOriginMiss(step.origin, items, (origin) => matcher.findOrigin(origin) !== null);
    }
    case "credentials":
      return step.isStar ? { kind: "star-with-credentials" } : null;
    case "method":
      return findMethodMiss(step.method, itemsOf("methods", policy));
    case "header":
      return findNameTypo(step.name, itemsOf("headers", policy));
    case "read":
      return step.by === "forbidden"
        ? { kind: "forbidden-response-header" }
        : findNameTypo(step.name, itemsOf("expose", policy));
  }
}

interface Answer {
  readonly experience: Experience;
  readonly steps: readonly Step[];
  readonly obstacles: readonly Obstacle[];
}

/** What a page experiences: the runtime's decision, and the model of the browser. */
function ask(question: Question, subject: Subject): Answer {
  const experience = simulateFetch(question.page, createMatcherServer(subject.matcher));
  const steps = findSteps(question, experience, subject);
  const obstacles = steps.filter(isFailed).map((step) => ({ step, miss: findMiss(step, subject) }));
  return { experience, steps, obstacles };
}

/** The answer of another state of a file, or for another profile; `null` where it is not that all is allowed. */
function askAllowing(question: Question, policyName: string, file: CheckedFile, profile: string | null): Answer | null {
  const policy = file.checkedFor(profile)?.find(({ name }) => name === policyName);
  const answer = policy ? ask(question, createSubject(policy, profile)) : null;
  return answer && isAllowed(answer) ? answer : null;
}

/** Where a step that fails here passes there. */
function placeOfPassing(failed: FailedStep, { steps }: Answer): Place | null {
  const passing = steps.find((step) => {
    if (step.kind !== failed.kind) return false;
    return !("name" in step && "name" in failed) || step.name === failed.name;
  });
  return passing ? placeOf(passing) : null;
}

/** Of another profile, what is only alike says nothing. */
const FAR_DIFFERENCES: ReadonlySet<Difference> = new Set(["look-alike", "typo", "typo-of-site"]);

/** Looks for what is near to a refused origin in the policy's profiles, where the policy without one has nothing. */
function lookInProfiles(obstacle: Obstacle, file: CheckedFile, { policy, profile }: Subject): Obstacle {
  const { step, miss } = obstacle;
  const isNear = miss?.kind !== "nothing-near" && miss?.kind !== "nobody";
  if (step.kind !== "origin" || profile !== null || isNear) return obstacle;
  for (const name of file.profiles) {
    const { origins } = file.checkedFor(name)?.find((other) => other.name === policy.name) ?? policy;
    const other = findOriginMiss(step.origin, origins === "*" ? [] : origins, () => false);
    if (other.kind === "differs" && !FAR_DIFFERENCES.has(other.difference))
      return { step, miss: { ...other, profile: name } };
  }
  return obstacle;
}

/** The steps that a browser gets to. */
function cutOff(steps: readonly Step[]): readonly Step[] {
  const end = steps.findIndex((step) => isFailed(step) && step.kind !== "read");
  return end < 0 ? steps : steps.slice(0, end + 1);
}

function findDenial(question: Question, experience: Experience, { matcher }: Subject) {
  if (experience.outcome === "readable" || experience.outcome === "refused") return null;
  const { origin } = question.page;
  const actual = { method: normalizeMethod(question.page.method), origin, requestMethod: null, requestHeaders: null };
  return matcher.explain(experience.outcome === "preflight-failed" ? experience.preflight.facts : actual);
}

/**
 * Explains what becomes of a page's request by a policy: the way step by step, what is in the way, what comes near, and
 * what to write.
 *
 * @param checked - What checking one file has given, without errors.
 * @param policyName - One of its policies.
 * @param host - What the file was read by; a proposed change is tried with it.
 * @returns `null` where the file has no such policy.
 *
 * @example
 * ```ts
 * const checked = checkFiles(["api.cors"], host);
 * const page = { origin: "https://app.example.com", method: "PUT", headers: [], credentials: "include" } as const;
 * explain({ page, reads: [] }, { checked, policyName: "default", profile: null, host })?.experience.outcome; // "readable"
 * ```
 */
export function explain(
  question: Question,
  about: {
    readonly checked: CheckResult;
    readonly policyName: string;
    readonly profile: string | null;
    readonly host: Host;
  },
): Explanation | null {
  const { checked, policyName, profile, host } = about;
  const [file] = checked.files;
  const policy = file?.checkedFor(profile)?.find(({ name }) => name === policyName);
  const declaration = file?.declarations.find(({ name }) => name === policyName);
  if (!file || !policy || !declaration) return null;
  const subject = createSubject(policy, profile);
  const { experience, steps, obstacles: found } = ask(question, subject);
  const obstacles = found.map((obstacle) => lookInProfiles(obstacle, file, subject));

  const [first] = obstacles;
  const others = first ? [null, ...file.profiles].filter((name) => name !== profile) : [];
  const allowedWith = others.flatMap((name) => {
    const answer = askAllowing(question, policyName, file, name);
    return first && answer ? [{ profile: name, place: placeOfPassing(first.step, answer) }] : [];
  });
  const inquiry: Inquiry = { question, subject, checked, file, declaration, host };
  // An origin that another profile lets in was left out of this one by somebody.
  const isLeftOut = allowedWith.length > 0 && obstacles.some(({ step }) => step.kind === "origin");
  const helps = (changed: CheckedFile, name: string | null) => {
    return askAllowing(question, policyName, changed, name) !== null;
  };
  const proposed = first && !isLeftOut ? proposeChange(obstacles, inquiry, helps) : NO_CHANGE;
  return {
    policy,
    profile,
    question,
    method: normalizeMethod(question.page.method),
    experience,
    denial: findDenial(question, experience, subject),
    steps: cutOff(steps),
    obstacles,
    allowedWith,
    ...proposed,
  };
}
