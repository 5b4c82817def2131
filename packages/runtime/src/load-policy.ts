import { isOriginPattern } from "./origin.js";
import { type CompiledPolicy, POLICY_VERSION } from "./policy.js";
import { isToken } from "./request-headers.js";

type Members = Record<string, unknown>;
type Check = (value: unknown, policy: Members) => boolean;

/** `"*"` where there are no credentials, or a list of what `isItem` says. */
function listOf(isItem: (text: string) => boolean): Check {
  return (value, policy) =>
    value === "*"
      ? policy.credentials !== true
      : Array.isArray(value) && value.every((item: unknown) => typeof item === "string" && isItem(item));
}

const CHECKS: Readonly<Record<keyof CompiledPolicy, Check>> = {
  version: (value) => value === POLICY_VERSION,
  name: (value) => typeof value === "string",
  origins: listOf(isOriginPattern),
  methods: listOf(isToken),
  headers: listOf((name) => isToken(name) && name === name.toLowerCase()),
  expose: listOf(isToken),
  credentials: (value) => typeof value === "boolean",
  // One day is the highest cap of any browser.
  maxAge: (value) => value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 86400),
};

/**
 * Checks a compiled policy, which may come from a file, a database or the network, and returns a frozen copy of it.
 *
 * @throws TypeError that names what is wrong. Nothing is taken of a policy with any fault, and a member that is not
 * known is a fault: half a policy would be another one than was reviewed.
 */
export function loadPolicy(policy: CompiledPolicy): CompiledPolicy {
  const copy: Members = { ...policy };
  for (const key of new Set([...Object.keys(CHECKS), ...Object.keys(copy)])) {
    const value = copy[key];
    // The cast holds: a key that CHECKS does not have gives undefined, as its type then says.
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof CompiledPolicy] : undefined;
    if (!check?.(value, copy)) {
      throw new TypeError(
        `compiled policy refused: ${key} is ${JSON.stringify(value)?.slice(0, 200)}; this release reads version ${POLICY_VERSION}: compile the .cors file again`,
      );
    }
    if (Array.isArray(value)) copy[key] = Object.freeze([...value]);
  }
  // The cast holds: every member has passed its check.
  return Object.freeze(copy) as unknown as CompiledPolicy;
}
