import type { Policy } from "../compile.js";
import type { ProfilePolicies } from "./profiles.js";

function toData(policies: readonly Policy[]): object {
  return Object.fromEntries(policies.map(({ compiled }) => [compiled.name, compiled]));
}

function print(data: object): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** Writes the compiled policies as JSON: an object from the policies' names to their data. */
export function emitJson(policies: readonly Policy[]): string {
  return print(toData(policies));
}

/** Writes the policies of several profiles as JSON: an object from profiles to what `emitJson` writes. */
export function emitProfilesJson(profiles: readonly ProfilePolicies[]): string {
  return print(Object.fromEntries(profiles.map(({ profile, policies }) => [profile, toData(policies)])));
}
