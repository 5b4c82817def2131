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
  return createMatcher("policy" in policy ? policy.policy : policy);
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
 * process.on("SIGHUP", async () => current.replace(JSON.parse(await readFile("account.json", "utf8"))));
 * ```
 */
export function createPolicyRef(policy: Matcher | CompiledPolicy): PolicyRef {
  let current = toMatcher(policy);
  return Object.freeze({
    version: current.version,
    get policy() {
      return current.policy;
    },
    decide: (request) => current.decide(request),
    decideForDebugging: (request) => current.decideForDebugging(request),
    explain: (request) => current.explain(request),
    replace(next) {
      current = toMatcher(next);
    },
  } satisfies PolicyRef);
}
