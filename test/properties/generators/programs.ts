import { compile } from "@corslang/dsl";
import fc from "fast-check";
import { patterns } from "./policies.js";

/*
 * Programs of the language as values: two files with sets, policies that extend one another, and blocks for profiles.
 * All of them compile, perhaps with warnings. How one is written is print-program.ts, what it means resolve-program.ts.
 */

export const LISTS = ["origins", "methods", "headers", "expose"] as const;
export type ListName = (typeof LISTS)[number];

/** A word of a list, or all of the set with that number. */
export type Item = { readonly text: string; readonly unsafe: boolean } | { readonly set: number };

/** A list that replaces what there is, or is added to it. Without items it is `none`. */
export interface ListSetting {
  readonly appends: boolean;
  readonly items: "*" | readonly Item[];
}

/** The settings of a block, each at most once. */
export interface Block {
  readonly lists: Readonly<Partial<Record<ListName, ListSetting>>>;
  readonly credentials: boolean | null;
  readonly maxAge: MaxAge | null;
}

/** A duration as it is written, and what it means. */
export interface MaxAge {
  readonly text: string;
  readonly seconds: number | null;
}

export interface WhenBlock {
  readonly profiles: readonly string[];
  readonly block: Block;
}

export interface PolicyNode {
  /** The number of the policy that it extends. */
  readonly base: number | null;
  readonly block: Block;
  readonly whens: readonly WhenBlock[];
}

export interface SetNode {
  readonly kind: "origins" | "names";
  readonly items: readonly Item[];
}

/** A program. Sets and policies are known by their numbers, and use only what has a lower one. */
export interface Program {
  readonly sets: readonly SetNode[];
  readonly policies: readonly PolicyNode[];
  /** How many of the sets and policies, from the first on, are in the file that the other imports. */
  readonly sharedSets: number;
  readonly sharedPolicies: number;
  /** Whether the first policy of the file that is compiled is the one of its top level. */
  readonly hasDefault: boolean;
}

export const PROFILES = ["development", "staging", "production"] as const;

const SAFE_ORIGINS = [
  ...["https://app.example.com", "https://app.example.com:8443", "https://pp.example.com", "https://example.com"],
  ...[
    "https://*.example.com",
    "https://preview-*.example.dev",
    "https://*-x.example.dev",
    "https://xn--bcher-kva.example",
  ],
  ...[
    "http://localhost:*",
    "http://127.0.0.1:8080",
    "http://[::1]:3000",
    "https://[2001:db8::1]",
    "capacitor://localhost",
  ],
  ...[`https://${"a".repeat(63)}.example.com`, "https://*.a.example.com", "https://a.example.com:65535"],
];
const DANGEROUS_ORIGINS = [
  "http://kiosk.example.net",
  "https://*.github.io",
  "https://b.example.com:*",
  "http://a.test:*",
];
const METHODS = ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PROPFIND"];
const NAMES = [
  ...["Content-Type", "content-type", "X-Request-Id", "x", "If-Match", "ETag", "allow", "policy", "from", "origins"],
  ...["!#$%&+-.^_|~", "none-of-it", "true", `X-${"l".repeat(120)}`],
];
const MAX_AGES: readonly MaxAge[] = [
  { text: "0", seconds: 0 },
  { text: "600", seconds: 600 },
  { text: "600s", seconds: 600 },
  { text: "10m", seconds: 600 },
  { text: "2h", seconds: 7200 },
  { text: "1d", seconds: 86_400 },
  { text: "none", seconds: null },
];

/** A pattern of any kind that the language lets through as unsafe; not all that the runtime knows are. */
const unsafePattern = patterns
  .filter((text) => text !== "null" && compile(`origins unsafe ${text}\ncredentials true\n`).policies.length > 0)
  .map((text) => ({ text, unsafe: true }));

function itemsOf(kind: ListName | "names", credentials: boolean): fc.Arbitrary<Item> {
  if (kind === "methods") return fc.constantFrom(...METHODS).map((text) => ({ text, unsafe: false }));
  // What stands in a set of names may be used for methods, too.
  if (kind === "names") return fc.constantFrom("PUT", "DELETE", "QUERY").map((text) => ({ text, unsafe: false }));
  if (kind !== "origins") return fc.constantFrom(...NAMES).map((text) => ({ text, unsafe: false }));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...SAFE_ORIGINS).map((text) => ({ text, unsafe: false })) },
    { weight: 1, arbitrary: fc.constantFrom(...DANGEROUS_ORIGINS).map((text) => ({ text, unsafe: true })) },
    { weight: 2, arbitrary: unsafePattern },
    ...(credentials ? [] : [{ weight: 1, arbitrary: fc.constant({ text: "null", unsafe: true }) }]),
  );
}

/** How a program uses a list everywhere: nothing can be added to a star. */
type Use = "with stars" | "with additions";

function listSettings(name: ListName, use: Use, credentials: boolean): fc.Arbitrary<ListSetting> {
  const setItem = fc.nat(5).map((set) => ({ set }));
  const item = fc.oneof({ weight: 4, arbitrary: itemsOf(name, credentials) }, { weight: 1, arbitrary: setItem });
  const items = fc.array(item, { minLength: 1, maxLength: 5 });
  const plain = fc.oneof({ weight: 5, arbitrary: items }, { weight: 1, arbitrary: fc.constant([]) });
  return use === "with stars"
    ? fc.oneof(plain, fc.constant("*" as const)).map((list) => ({ appends: false, items: list }))
    : fc.oneof(
        plain.map((list) => ({ appends: false, items: list })),
        items.map((list) => ({ appends: true, items: list })),
      );
}

function blocks(uses: Readonly<Record<ListName, Use>>, credentials: boolean): fc.Arbitrary<Block> {
  const lists = fc.record(
    {
      origins: listSettings("origins", uses.origins, credentials),
      methods: listSettings("methods", uses.methods, credentials),
      headers: listSettings("headers", uses.headers, credentials),
      expose: listSettings("expose", uses.expose, credentials),
    },
    { requiredKeys: [] },
  );
  return fc.record({
    lists,
    credentials: fc.option(credentials ? fc.boolean() : fc.constant(false)),
    maxAge: fc.option(fc.constantFrom(...MAX_AGES)),
  });
}

/** Makes every number mean something that is there, and comes before. */
function connect(program: Program): Program {
  const { sets, policies } = program;
  const sharedSets = Math.min(program.sharedSets, sets.length);
  // The last one is always of the file that is compiled.
  const sharedPolicies = Math.min(program.sharedPolicies, policies.length - 1);
  const choose = (items: readonly Item[], kind: SetNode["kind"], below: number): readonly Item[] => {
    const candidates = sets.slice(0, below).flatMap((set, number) => (set.kind === kind ? [number] : []));
    return items.flatMap((item): readonly Item[] => {
      if ("text" in item) return [item];
      const set = candidates[item.set % Math.max(1, candidates.length)];
      return set === undefined ? [] : [{ set }];
    });
  };
  const chooseInBlock = (block: Block, below: number): Block => ({
    ...block,
    lists: Object.fromEntries(
      Object.entries(block.lists).flatMap(([name, setting]) => {
        const kind = name === "origins" ? "origins" : "names";
        const items = setting.items === "*" ? setting.items : choose(setting.items, kind, below);
        // Nothing can't be added.
        return setting.appends && items.length === 0 ? [] : [[name, { ...setting, items }]];
      }),
    ),
  });
  return {
    ...program,
    sharedSets,
    sharedPolicies,
    sets: sets.map(({ kind, items }, number) => {
      const chosen = choose(items, kind, number);
      const single = { text: kind === "origins" ? "https://set.example.com" : "PUT", unsafe: false };
      return { kind, items: chosen.length > 0 ? chosen : [single] };
    }),
    policies: policies.map(({ base, block, whens }, number) => {
      const below = number < sharedPolicies ? sharedSets : sets.length;
      const own = chooseInBlock(block, below);
      // There is no place to write what the policy of the top level extends.
      const isDefault = program.hasDefault && number === sharedPolicies;
      const connectedBase = base === null || number === 0 || isDefault ? null : base % number;
      // Who may call has to be said by one of them.
      const lists = connectedBase === null && !own.lists.origins ? { ...own.lists, origins: NOBODY } : own.lists;
      return {
        base: connectedBase,
        block: { ...own, lists },
        whens: whens.map((when) => ({ ...when, block: chooseInBlock(when.block, below) })),
      };
    }),
  };
}

const NOBODY: ListSetting = { appends: false, items: [] };

/** Programs that compile. */
export const programs: fc.Arbitrary<Program> = fc
  .record({
    credentials: fc.boolean(),
    uses: fc.record({
      origins: fc.constantFrom<Use>("with additions", "with stars"),
      methods: fc.constantFrom<Use>("with additions", "with stars"),
      headers: fc.constantFrom<Use>("with additions", "with stars"),
      expose: fc.constantFrom<Use>("with additions", "with stars"),
    }),
  })
  .chain(({ credentials, uses }) => {
    const additions = {
      origins: "with additions",
      methods: "with additions",
      headers: "with additions",
      expose: "with additions",
    } as const;
    const block = blocks(credentials ? additions : uses, credentials);
    const setItem = fc.nat(5).map((set) => ({ set }));
    const sets = (["origins", "names"] as const).map((kind) =>
      fc.record({
        kind: fc.constant(kind),
        items: fc.array(
          fc.oneof({ weight: 3, arbitrary: itemsOf(kind, credentials) }, { weight: 1, arbitrary: setItem }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
      }),
    );
    return fc
      .record({
        sets: fc.array(fc.oneof(...sets), { maxLength: 5 }),
        policies: fc.array(
          fc.record({
            base: fc.option(fc.nat(5)),
            block,
            whens: fc.array(fc.record({ profiles: fc.shuffledSubarray([...PROFILES], { minLength: 1 }), block }), {
              maxLength: 2,
            }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        sharedSets: fc.nat(3),
        sharedPolicies: fc.nat(2),
        hasDefault: fc.boolean(),
      })
      .map(connect);
  });

export function nameOfSet(number: number): string {
  return `set-${number}`;
}

export function nameOfPolicy({ sharedPolicies, hasDefault }: Program, number: number): string {
  return hasDefault && number === sharedPolicies ? "default" : `policy-${number}`;
}
