import { createMatcher, type Matcher } from "@corslang/runtime";
import { checkDefinition } from "./check-definition.js";
import type { PolicyDefinition } from "./definition.js";
import type { ReadDefinition } from "./read-definition.js";
import { writeForPeople } from "./write-definition.js";

/** What matchers were defined by: their compiled policies no longer know what was marked as unsafe. */
const definitions = new WeakMap<object, ReadDefinition>();

/**
 * Makes a policy of an object, by the rules of a `.cors` file: what is an error there is one here, with the same code.
 * For policies that are known only when a program runs, or where a file would be in the way.
 *
 * Warnings do not stop it, as they do not stop the compiler, and nothing is printed. `check(toCors(policy)).diagnostics`
 * has them, for a test.
 *
 * The definition is copied: what becomes of the object later changes nothing.
 *
 * @param definition - The settings; see {@link PolicyDefinition}.
 * @returns The policy, frozen, as a generated module exports it.
 * @throws PolicyError that says all that is wrong, with the path of each fault.
 *
 * @example
 * ```ts
 * app.use(cors(definePolicy({ origins: ["https://app.example.com"], credentials: true, maxAge: "10m" })));
 * ```
 */
export function definePolicy<const Text extends string, const Unsafe extends string>(
  definition: PolicyDefinition<Text, Unsafe>,
): Matcher {
  const checked = checkDefinition(definition);
  const matcher = createMatcher(checked.compiled);
  definitions.set(matcher, checked.definition);
  return matcher;
}

/**
 * Prints a policy as a `.cors` file, as the formatter leaves it: to review it, to see its warnings, or to move it into a
 * file. Compiled, it gives the same policy.
 *
 * @param policy - A definition, or what {@link definePolicy} has made of one. Other matchers do not tell what was marked
 * as unsafe.
 * @throws PolicyError where {@link definePolicy} would.
 *
 * @example
 * ```ts
 * toCors({ origins: [{ unsafe: "http://kiosk.example.net" }], maxAge: 600 });
 * // origins unsafe http://kiosk.example.net
 * // max-age 600
 * ```
 */
export function toCors<const Text extends string, const Unsafe extends string>(
  policy: PolicyDefinition<Text, Unsafe> | Matcher,
): string {
  return writeForPeople(definitions.get(policy) ?? checkDefinition(policy).definition);
}
