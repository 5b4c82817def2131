import { createMatcher, type Matcher } from "@corslang/runtime";
import type { CheckedPolicy } from "../check/checked-policy.js";
import { toCompiledPolicy } from "../compile/to-compiled-policy.js";
import { printOriginPattern } from "../origin/pattern.js";
import type { ResolvedItem } from "../resolve/resolved-policy.js";
import { NONE, type SettingName, STAR } from "../syntax/vocabulary.js";
import type { Place } from "./place.js";

/** A policy for the profile that is spoken of, and what decides by it. */
export interface Subject {
  readonly policy: CheckedPolicy;
  readonly profile: string | null;
  readonly matcher: Matcher;
}

/** Makes a policy ready to be asked. */
export function createSubject(policy: CheckedPolicy, profile: string | null): Subject {
  return { policy, profile, matcher: createMatcher(toCompiledPolicy(policy)) };
}

/** Where a setting is written; the policy itself where it is not. */
export function placeOfSetting(name: SettingName, { settings, span }: CheckedPolicy): Place {
  const setting = settings[name];
  return setting ? { span: setting.key, trail: setting.trail } : { span, trail: [] };
}

/** The items of a setting that stand for something by themselves. */
export function itemsOf(name: SettingName, { settings }: CheckedPolicy): readonly ResolvedItem[] {
  return (settings[name]?.items ?? []).filter(({ text }) => text !== NONE && text !== STAR);
}

/** Where a setting has its `*`. */
export function placeOfStar(name: SettingName, policy: CheckedPolicy): Place {
  const star = policy.settings[name]?.items.find(({ text }) => text === STAR);
  return star ?? placeOfSetting(name, policy);
}

/** Where the item stands that lets an origin in, and what it says; `null` where none does. */
export function findAllowing(
  origin: string,
  { policy, matcher }: Subject,
): { readonly item: string; readonly place: Place } | null {
  const item = matcher.findOrigin(origin);
  if (item === null) return null;
  if (policy.origins === "*") return { item, place: placeOfStar("origins", policy) };
  const allowing = policy.origins.find(({ pattern }) => printOriginPattern(pattern) === item);
  return { item, place: allowing?.item ?? placeOfSetting("origins", policy) };
}
