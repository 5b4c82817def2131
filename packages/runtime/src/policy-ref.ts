import { createMatcher, type Matcher } from "./matcher.js";
import type { CompiledPolicy } from "./policy.js";

/** A policy that can be replaced while a server runs. Adapters take one in a policy's place. */
export interface PolicyRef extends Matcher {
  /**
   * Puts another policy in place, for all requests from then on. What has been decided stays decided.
   *
   * @param next - Another policy, or a {@link CompiledPolicy}; it is checked in full first.
   * @throws TypeError that says what is wrong with it; the old policy stays in place then.
   */
  readonly replace: (next: Matcher | CompiledPolicy) => void;
}

/** Made anew in any case: so it is checked, whoever made it, and a reference to a reference keeps what it was then. */
function toMatcher(policy: Matcher | CompiledPolicy): Matcher {
  // What comes from elsewhere may be nothing at all, and no data has a function.
  const { decide, policy: data }: Partial<Matcher> = Object(policy);
  // The cast holds for what the types let in; createMatcher refuses the rest.
  return createMatcher(typeof decide === "function" && data ? data : (policy as CompiledPolicy));
}

/**
 * Makes a reference to a policy.
 *
 * @param policy - The policy to begin with.
 * @throws TypeError when the policy is not what it should be.
 *
 * @example
 * ```ts
 * const current = createPolicyRef(account);
 * app.use(cors(current));
 * current.replace(JSON.parse(await readFile("account.json", "utf8")));
 * ```
 */
export function createPolicyRef(policy: Matcher | CompiledPolicy): PolicyRef {
  let current = toMatcher(policy);
  return Object.freeze({
    version: current.version,
    get policy() {
      return current.policy;
    },
    decide: (request, debug) => current.decide(request, debug),
    findOrigin: (origin) => current.findOrigin(origin),
    explain: (request) => current.explain(request),
    replace(next) {
      current = toMatcher(next);
    },
  } satisfies PolicyRef);
}
