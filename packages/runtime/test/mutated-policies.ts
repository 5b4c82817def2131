import fc from "fast-check";
import type { CompiledPolicy } from "../src/index.js";
import { Random } from "./random.js";
import { randomPolicy } from "./random-requests.js";
import { isWellFormed } from "./reference.js";

/*
 * Compiled policies as they come from elsewhere: a policy that the compiler could emit, with up to three faults, or with
 * none. For tests alone.
 */

export const MEMBERS = ["version", "name", "origins", "methods", "headers", "expose", "credentials", "maxAge"] as const;

/** How many of each kind a run of the tests loads; docs/assurance.md says so. */
export const RUNS = 10_000;

const LISTS = ["origins", "methods", "headers", "expose"] as const;

/** Names that objects have from elsewhere, that policies have not, and those that are nearly a member's. */
const OTHER_MEMBERS = [
  ...["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "toJSON", "then", "length"],
  ...["policy", "decide", "Version", "Origins", "origin", "maxage", "max-age", "allowCredentials", "", "0", " name"],
];

const HOSTILE_ITEMS = [
  ...["*", "**", "", " ", ",", "null", "NULL", "true", "GET", "get", "P UT", "a,b", "a\r\nb: c", "\u0000", "\u212a"],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "content-type", "Content-Type", "x-é", "x:y"],
  ...["https://*", "https://*.com", "https://evil.test", "https://*.evil.test", "https://evil.test/", "*.evil.test"],
  ...["https://evil.test:443", "https://evil.test:*", "https://xn--*.evil.test", "file://x", "capacitor://localhost"],
  ...["http://127.0.0.1", "http://127.1", "http://[::1]:*", "http://[0::1]", "https://a.*.test", "https://a*b*.test"],
];

const hostileItem = fc.oneof(fc.constantFrom(...HOSTILE_ITEMS), fc.string({ unit: "binary", maxLength: 20 }));

const hostileValue = fc.oneof(
  fc.constantFrom<unknown>("*", ["*"], [], {}, null, undefined, true, false, 0, 1, 2, -1, 600, 86_400, 86_401, 0.5),
  fc.constantFrom<unknown>("1", "true", "600", Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol("x"), [[]], [null]),
  fc.array(hostileItem, { maxLength: 3 }),
  hostileItem,
  fc.anything({
    withObjectString: true,
    withNullPrototype: true,
    withBigInt: true,
    withSparseArray: true,
    maxDepth: 2,
  }),
);

/** One fault; it may come to nothing, as where a policy has no item to change. */
type Mutation = (data: Record<string, unknown>) => void;

/** As JSON.parse sets a member: also where its name is `__proto__`. */
function setMember(data: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Changes a copy of a list. */
function editList(member: string, edit: (items: unknown[]) => void): Mutation {
  return (data) => {
    const list = data[member];
    if (!Array.isArray(list)) return;
    const items = [...list];
    edit(items);
    setMember(data, member, items);
  };
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constantFrom(...MEMBERS).map(
    (member): Mutation =>
      (data) =>
        delete data[member],
  ),
  fc.tuple(fc.constantFrom(...MEMBERS), hostileValue).map(
    ([member, value]): Mutation =>
      (data) =>
        setMember(data, member, value),
  ),
  fc.tuple(fc.constantFrom(...OTHER_MEMBERS), hostileValue).map(
    ([member, value]): Mutation =>
      (data) =>
        setMember(data, member, value),
  ),
  fc
    .tuple(fc.constantFrom(...LISTS), fc.nat(10), fc.oneof(hostileItem, hostileValue))
    .map(([member, at, item]) => editList(member, (items) => items.splice(at, 1, item))),
  fc
    .tuple(fc.constantFrom(...LISTS), fc.nat(10), hostileItem)
    .map(([member, at, item]) => editList(member, (items) => items.splice(at, 0, item))),
  fc.tuple(fc.constantFrom(...LISTS), fc.nat(10), fc.nat(40), hostileItem).map(([member, at, place, text]) =>
    editList(member, (items) => {
      const item = items[at];
      if (typeof item === "string") items[at] = item.slice(0, place) + text.slice(0, 2) + item.slice(place + 1);
    }),
  ),
  fc.constantFrom(...LISTS).map((member) => editList(member, (items) => items.push(...items))),
  fc.constantFrom(...LISTS).map((member) => editList(member, (items) => items.reverse())),
);

/** Data that is a policy or nearly one. */
export const mutatedPolicies: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(fc.integer(), fc.array(mutation, { maxLength: 3 }), fc.constantFrom("default", "", "__proto__", "\u2028*/"))
  .map(([seed, mutations, name]) => {
    const data: Record<string, unknown> = { ...randomPolicy(new Random(seed)), name };
    for (const mutate of mutations) mutate(data);
    return data;
  });

/** The text of a policy with some characters changed, where that is still JSON. */
export const mutatedTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer(),
    fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom(...'"*,:[]{}01 -./aZ', "", "null", "true", '"*"', "[]")), {
      maxLength: 3,
    }),
  )
  .map(([seed, edits]) => {
    let text = JSON.stringify(randomPolicy(new Random(seed)));
    for (const [at, length, put] of edits) {
      const place = at % text.length;
      text = text.slice(0, place) + put + text.slice(place + length);
    }
    return text;
  });

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** docs/language.md, "Origin patterns", in the plainest words there are. */
function isPattern(text: string): boolean {
  if (text === "null") return true;
  const anyPort = text.endsWith(":*");
  const rest = anyPort ? text.slice(0, -2) : text;
  const filled = rest.replace("*", "a") + (anyPort ? ":1" : "");
  const hasStarInPlace = !rest.includes("*") || /^https?:\/\/(?!xn--)[a-z0-9_-]*\*[a-z0-9_-]*\.[^*]*$/.test(rest);
  return hasStarInPlace && isWellFormed(filled);
}

function isListOf(value: unknown, isItem: (item: string) => boolean): boolean {
  return Array.isArray(value) && [...value].every((item) => typeof item === "string" && isItem(item));
}

function isName(text: string): boolean {
  return text !== "*" && TOKEN.test(text);
}

/** The members of data that are not what docs of the format say (`policy.ts`), those that are missing and unknown too. */
export function findFaults(data: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  // Of an object that has no prototype: nothing is found that is not there.
  const members = new Map(Object.entries(data));
  const anonymous = members.get("credentials") === false;
  const isList = (key: string, isItem: (item: string) => boolean) =>
    (anonymous && members.get(key) === "*") || isListOf(members.get(key), isItem);
  const maxAge = members.get("maxAge");
  const isRight: Record<(typeof MEMBERS)[number], boolean> = {
    version: members.get("version") === 1,
    name: typeof members.get("name") === "string",
    origins: isList("origins", isPattern),
    methods: isList("methods", isName),
    headers: isList("headers", (name) => isName(name) && !/[A-Z]/.test(name)),
    expose: isList("expose", isName),
    credentials: typeof members.get("credentials") === "boolean",
    maxAge: maxAge === null || (Number.isInteger(maxAge) && Number(maxAge) >= 0 && Number(maxAge) <= 86_400),
  };
  // The cast holds: the object has just these keys.
  const wrong = MEMBERS.filter((member) => !isRight[member]) as string[];
  const unknown = [...members.keys()].filter((key) => !(MEMBERS as readonly string[]).includes(key));
  return new Set([...wrong, ...unknown]);
}

/** Narrows data without faults to what it is. */
export function isPolicy(
  data: Readonly<Record<string, unknown>>,
): data is Readonly<Record<string, unknown>> & CompiledPolicy {
  return findFaults(data).size === 0;
}
