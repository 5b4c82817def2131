import type { CompiledPolicy } from "@corslang/runtime";
import { type Block, type Item, LISTS, nameOfPolicy, type Program } from "./generators/programs.js";

/*
 * What a program means, as docs/language.md tells it, in a few lines: what a policy extends, then its own block, then
 * those of its blocks that name the profile. Nothing of src runs here.
 */

/** A word, and whether it is marked as unsafe where it is written. */
export interface Word {
  readonly text: string;
  readonly unsafe: boolean;
}

/** A policy after all that it extends. */
export interface Resolved {
  readonly name: string;
  readonly lists: Readonly<Record<(typeof LISTS)[number], "*" | readonly Word[]>>;
  readonly credentials: boolean;
  readonly maxAge: number | null;
}

function wordsOf(items: readonly Item[], program: Program): readonly Word[] {
  return items.flatMap((item) => ("set" in item ? wordsOf(program.sets[item.set]?.items ?? [], program) : [item]));
}

function apply(before: Resolved, block: Block, program: Program): Resolved {
  const lists = { ...before.lists };
  for (const name of LISTS) {
    const setting = block.lists[name];
    if (!setting) continue;
    const words = setting.items === "*" ? setting.items : wordsOf(setting.items, program);
    const old = lists[name];
    lists[name] = setting.appends && old !== "*" && words !== "*" ? [...old, ...words] : words;
  }
  return {
    ...before,
    lists,
    credentials: block.credentials ?? before.credentials,
    maxAge: block.maxAge === null ? before.maxAge : block.maxAge.seconds,
  };
}

const NOTHING = { origins: [], methods: [], headers: [], expose: [] };

/** Resolves the policy with that number for a profile, or for none. */
export function resolvePolicy(program: Program, number: number, profile: string | null): Resolved {
  const policy = program.policies[number];
  const name = nameOfPolicy(program, number);
  if (!policy) throw new Error(`there is no policy ${number}`);
  const inherited: Resolved =
    policy.base === null
      ? { name, lists: NOTHING, credentials: false, maxAge: null }
      : { ...resolvePolicy(program, policy.base, profile), name };
  const applying = policy.whens.filter(({ profiles }) => profile !== null && profiles.includes(profile));
  return [policy.block, ...applying.map(({ block }) => block)].reduce(
    (before, block) => apply(before, block, program),
    inherited,
  );
}

/** The compiled policy that a resolved one has to be. */
export function toCompiled({ name, lists, credentials, maxAge }: Resolved): CompiledPolicy {
  const texts = (list: "*" | readonly Word[]) => (list === "*" ? list : list.map(({ text }) => text));
  const headers = texts(lists.headers);
  const compiled = {
    version: 1,
    name,
    origins: texts(lists.origins),
    methods: texts(lists.methods),
    headers: headers === "*" ? headers : headers.map((header) => header.toLowerCase()),
    expose: texts(lists.expose),
    credentials,
    maxAge,
  };
  // The cast holds: programs have no `*` where they have credentials.
  return compiled as CompiledPolicy;
}
