import type { Policy } from "../compile.js";
import { isBindable, toIdentifier } from "../resolve/identifier.js";
import { DEFAULT_POLICY } from "../resolve/scope.js";

/** How a policy leaves the generated module. */
export type Export =
  | { readonly kind: "default"; readonly policy: Policy }
  | { readonly kind: "named"; readonly identifier: string; readonly policy: Policy }
  /** The name can be exported and not bound: `public`, or what is bound in the module already. */
  | { readonly kind: "renamed"; readonly binding: string; readonly identifier: string; readonly policy: Policy };

/** What a policy is called in JavaScript. */
export function memberNameOf({ compiled }: Policy): string {
  return compiled.name === DEFAULT_POLICY ? DEFAULT_POLICY : toIdentifier(compiled.name);
}

/**
 * Decides how each policy is exported.
 *
 * @param bindsByName - Whether a policy is bound under its own name, where it is one that can be bound.
 */
export function toExports(policies: readonly Policy[], bindsByName: boolean): readonly Export[] {
  return policies.map((policy) => {
    const identifier = memberNameOf(policy);
    if (identifier === DEFAULT_POLICY) return { kind: "default", policy };
    // No name of the language has a `$`, so that nothing else can be called so.
    return bindsByName && isBindable(identifier)
      ? { kind: "named", identifier, policy }
      : { kind: "renamed", binding: `$${identifier}`, identifier, policy };
  });
}
