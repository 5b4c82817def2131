import { isToken } from "./characters.js";
import { Limit } from "./limits.js";
import { createPatternTest } from "./origin.js";
import { type CompiledPolicy, POLICY_VERSION } from "./policy.js";
import { refuseUnless } from "./refuse.js";

type ValueCheck = (value: unknown) => boolean;
type ItemCheck = (item: string) => unknown;
type Check = ValueCheck | [ItemCheck];

/** `*` is a token too, but as one name of several it would be a wildcard that the browser alone sees. */
const isName: ItemCheck = (text) => text !== "*" && isToken(text);

/** What each member has to be; in brackets: what each item of its list has to be. */
const MEMBERS: Readonly<Record<keyof CompiledPolicy, Check> & Record<string, Check | null>> = {
  // Or `constructor` would be a member.
  __proto__: null,
  version: (value) => value === POLICY_VERSION,
  name: (value) => typeof value === "string",
  origins: [(text) => text === "null" || createPatternTest(text)],
  methods: [isName],
  headers: [(name) => name === name.toLowerCase() && isName(name)],
  expose: [isName],
  credentials: (value) => typeof value === "boolean",
  // `>>> 0` leaves integers from 0 on alone as they are.
  maxAge: (value) =>
    value === null || (typeof value === "number" && value >>> 0 === value && value <= Limit.LONGEST_MAX_AGE),
};

/**
 * Checks a compiled policy, which may come from a file, a database or the network, and returns a frozen copy of it.
 *
 * @throws TypeError that names what is wrong. Nothing is taken of a policy with any fault, and a member that is not
 * known is a fault: half a policy would be another one than was reviewed.
 */
export function loadPolicy(policy: CompiledPolicy): CompiledPolicy {
  // Without a prototype: what the policy lacks must not be found on a polluted one.
  const copy: Record<string, unknown> = { __proto__: null, ...policy } as unknown as Record<string, unknown>;
  for (const key of Object.keys({ ...MEMBERS, ...copy })) {
    const value = copy[key];
    const check = MEMBERS[key];
    refuseUnless(check, "compiled policy: member", key);
    if (!Array.isArray(check)) {
      refuseUnless(check(value), `compiled policy: ${key}`, value);
    } else if (value !== "*" || copy.credentials) {
      refuseUnless(Array.isArray(value), `compiled policy: ${key}${value === "*" ? " with credentials" : ""}`, value);
      // Copied before it is checked: nothing can change in between, and holes are seen.
      const items: readonly unknown[] = Object.freeze([...value]);
      for (const [index, item] of items.entries()) {
        refuseUnless(typeof item === "string" && check[0](item), `compiled policy: ${key}[${index}]`, item);
      }
      copy[key] = items;
    }
  }
  // The cast holds: every member has passed its check.
  return Object.freeze(copy) as unknown as CompiledPolicy;
}
