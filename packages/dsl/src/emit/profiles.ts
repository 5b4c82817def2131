import type { Policy } from "../compile.js";
import { toDocumentationComment, toStringLiteral } from "./escape.js";
import { memberNameOf } from "./exports.js";
import { IMPORTED, type Linking } from "./linking.js";
import { printMatcher, printOrigin } from "./matcher.js";

/** The policies of one profile. */
export interface ProfilePolicies {
  readonly profile: string;
  readonly policies: readonly Policy[];
}

const DESCRIPTION = ["The policies of a profile, to be asked for once, when the program starts.", ""];

function printProfile({ profile, policies }: ProfilePolicies): string {
  const members = policies.map(
    (policy) => `    ${toStringLiteral(memberNameOf(policy))}: ${printMatcher(policy.compiled, "    ")},\n`,
  );
  return `  ${toStringLiteral(profile)}: () => ({\n${members.join("")}  }),\n`;
}

/**
 * Writes a module of policies for several profiles, of which the program chooses one when it starts. A profile that is
 * not there is an error that lists those that are: a misspelt stage must not run with another one's policy.
 */
export function emitProfilesModule(
  profiles: readonly ProfilePolicies[],
  sourceName: string,
  linking: Linking = IMPORTED,
): string {
  const known = profiles.map(({ profile }) => profile).join(", ");
  const comment = toDocumentationComment([...DESCRIPTION, `@throws Error for a name that is none of ${known}.`]);
  return `${printOrigin(sourceName)}${linking.moduleStart}
const profiles = {
${profiles.map(printProfile).join("")}};

${comment}
export function forProfile(name) {
  if (!Object.hasOwn(profiles, name)) {
    throw new Error(\`there is no profile \${JSON.stringify(name)}; this module was compiled for ${known}\`);
  }
  return Object.freeze(profiles[name]());
}
${linking.moduleEnd}`;
}

/** Writes the TypeScript declarations of the module that `emitProfilesModule` writes. */
export function emitProfilesTypes(
  profiles: readonly ProfilePolicies[],
  sourceName: string,
  linking: Linking = IMPORTED,
): string {
  const names = profiles.map(({ profile }) => toStringLiteral(profile)).join(" | ");
  const members = (profiles[0]?.policies ?? []).map((policy) => {
    const documentation = toDocumentationComment(policy.documentation)?.replaceAll("\n", "\n  ");
    return `${documentation ? `  ${documentation}\n` : ""}  readonly ${toStringLiteral(memberNameOf(policy))}: Matcher;\n`;
  });
  const known = profiles.map(({ profile }) => profile).join(", ");
  const comment = toDocumentationComment([...DESCRIPTION, `@throws Error for a name that is none of ${known}.`]);
  return `${printOrigin(sourceName)}${linking.typesStart}
/** The profiles that this module was compiled for. */
export type Profile = ${names};

/** The policies, each for the profile. */
export interface Policies {
${members.join("")}}

${comment}
export declare function forProfile(name: Profile | (string & {})): Policies;
${linking.typesEnd}`;
}
