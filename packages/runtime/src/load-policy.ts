import { isToken } from "./characters.js";
import { LONGEST_MAX_AGE } from "./limits.js";
import { isOriginPattern } from "./origin.js";
import { type CompiledPolicy, POLICY_VERSION } from "./policy.js";
import { refuseUnless } from "./refuse.js";

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
  // The casts hold: it is a number by then.
  maxAge: (value) =>
    value === null || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LONGEST_MAX_AGE),
};

const WHAT = "compiled policy:";

/**
 * Checks a compiled policy, which may come from a file, a database or the network, and returns a frozen copy of it.
 *
 * @throws TypeError that names what is wrong. Nothing is taken of a policy with any fault, and a member that is not
 * known is a fault: half a policy would be another one than was reviewed.
 */
export function loadPolicy(policy: CompiledPolicy): CompiledPolicy {
  const copy: Record<string, unknown> = { ...policy };
  for (const key of Object.keys({ ...MEMBERS, ...copy })) {
    const value = copy[key];
    refuseUnless(Object.hasOwn(MEMBERS, key), `${WHAT} unknown member ${key}`, value);
    // The cast holds: MEMBERS has this key of its own, and not by its prototype as `constructor` would be.
    const check = MEMBERS[key as keyof CompiledPolicy];
    if (typeof check === "function") {
      refuseUnless(check(value), `${WHAT} ${key}`, value);
    } else if (value !== "*" || copy.credentials) {
      refuseUnless(Array.isArray(value), `${WHAT} ${key}${value === "*" ? " with credentials" : ""}`, value);
      // Copied before it is checked: nothing can change in between, and holes are seen.
      const items: readonly unknown[] = Object.freeze([...value]);
      items.forEach((item, index) => {
        refuseUnless(typeof item === "string" && check[0](item), `${WHAT} ${key}[${index}]`, item);
      });
      copy[key] = items;
    }
  }
  // The cast holds: every member has passed its check.
  return Object.freeze(copy) as unknown as CompiledPolicy;
}
