import { isToken } from "./characters.js";
import { LONGEST_MAX_AGE } from "./limits.js";
import { isOriginPattern } from "./origin.js";
import { type CompiledPolicy, POLICY_VERSION } from "./policy.js";

type ValueCheck = (value: unknown) => boolean;
type ItemCheck = (item: string) => boolean;

/** `*` is a token too, but as one name of several it would be a wildcard that the browser alone sees. */
const isName: ItemCheck = (text) => text !== "*" && isToken(text);

/** What each member has to be; in brackets: what each item of its list has to be. */
const MEMBERS: Readonly<Record<keyof CompiledPolicy, ValueCheck | readonly [ItemCheck]>> = {
  version: (value) => value === POLICY_VERSION,
  name: (value) => typeof value === "string",
  origins: [isOriginPattern],
  methods: [isName],
  headers: [(name) => isName(name) && name === name.toLowerCase()],
  expose: [isName],
  credentials: (value) => typeof value === "boolean",
  maxAge: (value) =>
    value === null || (typeof value === "number" && value % 1 === 0 && value >= 0 && value <= LONGEST_MAX_AGE),
};

function refuseUnless(isRight: boolean, member: string, value: unknown): asserts isRight {
  if (isRight) return;
  // Neither JSON nor String takes every value there is, and this must not fail in another way.
  const text =
    typeof value === "string"
      ? JSON.stringify(value.slice(0, 100))
      : Object(value) === value
        ? "an object"
        : String(value);
  throw new TypeError(`compiled policy refused: ${member} is ${text}; compile it again, for version ${POLICY_VERSION}`);
}

/**
 * Checks a compiled policy, which may come from a file, a database or the network, and returns a frozen copy of it.
 *
 * @throws TypeError that names what is wrong. Nothing is taken of a policy with any fault, and a member that is not
 * known is a fault: half a policy would be another one than was reviewed.
 */
export function loadPolicy(policy: CompiledPolicy): CompiledPolicy {
  const copy: Record<string, unknown> = { ...policy };
  for (const key of new Set([...Object.keys(MEMBERS), ...Object.keys(copy)])) {
    const value = copy[key];
    // The cast holds: MEMBERS has this key of its own, and not by its prototype as `constructor` would be.
    const check = Object.hasOwn(MEMBERS, key) ? MEMBERS[key as keyof CompiledPolicy] : null;
    if (!check) {
      refuseUnless(false, `unknown member ${key}`, value);
    } else if (typeof check === "function") {
      refuseUnless(check(value), key, value);
    } else if (value !== "*" || copy.credentials) {
      refuseUnless(Array.isArray(value), value === "*" ? `${key} with credentials` : key, value);
      // Copied before it is checked: nothing can change in between, and holes are seen.
      const items: readonly unknown[] = Object.freeze([...value]);
      items.forEach((item, index) => {
        refuseUnless(typeof item === "string" && check[0](item), `${key}[${index}]`, item);
      });
      copy[key] = items;
    }
  }
  // The cast holds: every member has passed its check.
  return Object.freeze(copy) as unknown as CompiledPolicy;
}
