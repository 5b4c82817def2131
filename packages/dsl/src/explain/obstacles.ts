/*
 * All that is in the way of a request, each thing asked of the runtime by itself: what a policy would answer if nothing
 * but its methods, its headers or its credentials mattered. A browser meets only the first.
 */

import { type CorsRequest, createMatcher, type Matcher } from "@corslang/runtime";
import {
  CORS_SAFELISTED_RESPONSE_HEADER_NAMES,
  createMatcherServer,
  isCorsSafelistedMethod,
  isCorsSafelistedResponseHeaderName,
  isForbiddenResponseHeaderName,
  simulateFetch,
} from "@corslang/runtime/testing";
import type { Question, Step } from "./explanation.js";
import { findAllowing, itemsOf, placeOfSetting, placeOfStar, type Subject } from "./subject.js";

type StepOf<Kind extends Step["kind"]> = Extract<Step, { readonly kind: Kind }>;

/** A page that is let in, where something else is asked about. */
const ANY_PAGE = "https://page.example";

/** The policy without a question of who asks, and without credentials. */
function openTo({ policy }: Matcher): Matcher {
  return createMatcher({ ...policy, origins: "*", credentials: false });
}

/** Whether pages of an origin are let in. */
export function findOriginStep(origin: string, subject: Subject): StepOf<"origin"> {
  const allowing = findAllowing(origin, subject);
  const place = allowing?.place ?? placeOfSetting("origins", subject.policy);
  return { kind: "origin", passes: allowing !== null, origin, item: allowing?.item ?? null, place };
}

/** Whether the answer to a request with credentials passes the CORS check of a page that is let in. */
export function findCredentialsStep({ policy, matcher }: Subject): StepOf<"credentials"> {
  const isStar = policy.origins === "*";
  const asked = isStar ? matcher : createMatcher({ ...matcher.policy, origins: [ANY_PAGE] });
  const page = { origin: ANY_PAGE, method: "GET", headers: [], credentials: "include" } as const;
  const passes = simulateFetch(page, createMatcherServer(asked)).outcome === "readable";
  const place = isStar ? placeOfStar("origins", policy) : placeOfSetting("credentials", policy);
  return { kind: "credentials", passes, isStar, place };
}

function preflightOf(facts: Partial<CorsRequest>): CorsRequest {
  return { method: "OPTIONS", origin: ANY_PAGE, requestMethod: "GET", requestHeaders: null, ...facts };
}

/** Whether a preflight may ask for a method. */
export function findMethodStep(method: string, { policy, matcher }: Subject): StepOf<"method"> {
  const passes = openTo(matcher).explain(preflightOf({ requestMethod: method })) === null;
  const base = { kind: "method", passes, method } as const;
  if (!passes) return { ...base, by: null, place: placeOfSetting("methods", policy) };
  if (isCorsSafelistedMethod(method)) return { ...base, by: "safelisted", place: null };
  if (policy.methods === "*") return { ...base, by: "star", place: placeOfStar("methods", policy) };
  const item = itemsOf("methods", policy).find(({ text }) => text === method);
  return { ...base, by: "listed", place: item ?? placeOfSetting("methods", policy) };
}

/** Whether a preflight may ask for each of some headers, by names in lower case. */
export function findHeaderSteps(names: readonly string[], { policy, matcher }: Subject): readonly StepOf<"header">[] {
  const open = openTo(matcher);
  const items = new Map(itemsOf("headers", policy).map((item) => [item.text.toLowerCase(), item]));
  return names.map((name) => {
    const passes = open.explain(preflightOf({ requestHeaders: name })) === null;
    const base = { kind: "header", passes, name } as const;
    if (!passes) return { ...base, by: null, place: placeOfSetting("headers", policy) };
    // Beside the star, `Authorization` is written by its name.
    const item = items.get(name);
    if (item) return { ...base, by: "listed", place: item };
    return { ...base, by: "star", place: placeOfStar("headers", policy) };
  });
}

/** The names that a page reads of a response that has these headers, when the policy lets it in. */
function readableNames(names: readonly string[], { matcher }: Subject): readonly string[] {
  const application = { status: 200, headers: names.map((name) => [name, "1"] as const) };
  const page = { origin: ANY_PAGE, method: "GET", headers: [], credentials: "omit" } as const;
  const experience = simulateFetch(page, createMatcherServer(openTo(matcher), application));
  return experience.outcome === "readable" ? experience.headerNames : [];
}

/** What pages that are let in may read of any response. */
export function findReadableStep(subject: Subject): StepOf<"readable"> {
  const { policy } = subject;
  if (policy.expose === "*") return { kind: "readable", names: "*", place: placeOfStar("expose", policy) };
  const names = readableNames(policy.expose, subject).filter((name) => !isCorsSafelistedResponseHeaderName(name));
  const written = policy.expose.filter((name) => names.includes(name.toLowerCase()));
  return { kind: "readable", names: written, place: policy.settings.expose ? placeOfSetting("expose", policy) : null };
}

/** Whether a page that is let in may read each of the headers that its script reads. */
export function findReadSteps({ reads }: Question, subject: Subject): readonly StepOf<"read">[] {
  const { policy } = subject;
  const readable = new Set(readableNames([...reads, ...CORS_SAFELISTED_RESPONSE_HEADER_NAMES], subject));
  return reads.map((name) => {
    const lowerCase = name.toLowerCase();
    const passes = readable.has(lowerCase);
    const base = { kind: "read", passes, name } as const;
    if (isForbiddenResponseHeaderName(name)) return { ...base, by: "forbidden", place: null };
    if (!passes) return { ...base, by: null, place: placeOfSetting("expose", policy) };
    if (isCorsSafelistedResponseHeaderName(name)) return { ...base, by: "safelisted", place: null };
    if (policy.expose === "*") return { ...base, by: "star", place: placeOfStar("expose", policy) };
    const item = itemsOf("expose", policy).find(({ text }) => text.toLowerCase() === lowerCase);
    return { ...base, by: "listed", place: item ?? placeOfSetting("expose", policy) };
  });
}
