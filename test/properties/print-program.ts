import { Random } from "../../packages/runtime/test/random.js";
import {
  type Block,
  type Item,
  LISTS,
  type ListSetting,
  nameOfPolicy,
  nameOfSet,
  type PolicyNode,
  type Program,
} from "./generators/programs.js";

/** The files of a program by name: `policy.cors`, which is compiled, and `shared.cors`, which it imports. */
export type Sources = Readonly<Record<string, string>>;

const COMMENTS = ["", "", "", " # a comment", " # { [ , ] } origins *", "\t#"];

/** Writes programs, each in one of many layouts. */
class Printer {
  readonly #program: Program;
  readonly #random: Random;

  constructor(program: Program, random: Random) {
    this.#program = program;
    this.#random = random;
  }

  /** The end of a line, perhaps behind a comment, and empty ones after it. */
  #lineEnd(): string {
    return `${this.#pick(COMMENTS)}\n${this.#pick(["", "", "", "\n", "  # alone\n", "\n\n"])}`;
  }

  #pick<One>(list: readonly One[]): One {
    return this.#random.pick(list);
  }
  #item(item: Item, isInShared: boolean): string {
    if ("text" in item) return item.unsafe ? `unsafe ${item.text}` : item.text;
    const isOfOrigins = this.#program.sets[item.set]?.kind === "origins";
    const isImported = !isInShared && item.set < this.#program.sharedSets;
    // What is unsafe in a set of another file has to be accepted where the set is used.
    return `${isOfOrigins && isImported ? "unsafe " : ""}@${nameOfSet(item.set)}`;
  }

  #bracketed(items: readonly string[]): string {
    return `[${this.#pick(["", " ", "\n"])}${items.map((item) => item + this.#pick([",", "\n", ", ", `,${this.#lineEnd()}`, this.#lineEnd()])).join("")}]`;
  }

  #list(name: string, { appends, items }: ListSetting, isInShared: boolean): string {
    const operator = appends ? this.#pick([" += ", "+=", "\t+= "]) : this.#pick([" ", "  ", "\t"]);
    if (items === "*")
      return `${name}${operator}${name === "headers" ? this.#pick(["*, Authorization", "*,authorization"]) : "*"}`;
    if (items.length === 0) return `${name}${operator}none`;
    const texts = items.map((item) => this.#item(item, isInShared));
    return `${name}${operator}${this.#random.chance(0.5) ? texts.join(this.#pick([",", ", "])) : this.#bracketed(texts)}`;
  }

  #settings({ lists, credentials, maxAge }: Block, isInShared: boolean): string[] {
    const settings = LISTS.flatMap((name) => {
      const setting = lists[name];
      return setting ? [this.#list(name, setting, isInShared)] : [];
    });
    if (credentials !== null) settings.push(`credentials ${credentials}`);
    if (maxAge !== null) settings.push(`max-age ${maxAge.text}`);
    return this.#random.shuffle(settings).map((setting) => setting + this.#lineEnd());
  }

  /** Settings in any order; blocks in theirs, which means something. */
  #body({ block, whens }: PolicyNode, isInShared: boolean): string {
    const settings = this.#settings(block, isInShared);
    const blocks = whens.map(
      ({ profiles, block: inner }) =>
        `when ${profiles.join(", ")} {${this.#lineEnd()}${this.#settings(inner, isInShared).join("")}}${this.#lineEnd()}`,
    );
    let text = "";
    while (settings.length > 0 || blocks.length > 0) {
      const next = settings.length > 0 && (blocks.length === 0 || this.#random.chance(0.6)) ? settings : blocks;
      text += next.shift() ?? "";
    }
    return text;
  }

  #policy(policy: PolicyNode, number: number): string {
    const { policies, sharedPolicies } = this.#program;
    const name = nameOfPolicy(this.#program, number);
    const body = this.#body(policy, number < sharedPolicies);
    if (name === "default") return body;
    const base =
      policy.base === null || !policies[policy.base] ? "" : ` extends ${nameOfPolicy(this.#program, policy.base)}`;
    return `policy ${name}${base} {${this.#lineEnd()}${body}}${this.#lineEnd()}`;
  }

  #file(isShared: boolean, start: string): string {
    const { sets, policies, sharedSets, sharedPolicies } = this.#program;
    const declarations = [
      ...sets.flatMap(({ items }, number) => {
        if (number < sharedSets !== isShared) return [];
        const texts = items.map((item) => this.#item(item, isShared));
        return [`set ${nameOfSet(number)} ${this.#bracketed(texts)}${this.#lineEnd()}`];
      }),
      ...policies.flatMap((policy, number) =>
        number < sharedPolicies === isShared ? [this.#policy(policy, number)] : [],
      ),
    ];
    const text = start + this.#random.shuffle(declarations).join("");
    const ended = this.#random.chance(0.2) ? text.replaceAll("\n", "\r\n") : text;
    return this.#random.chance(0.1) ? `\uFEFF${ended}` : ended;
  }

  files(): Sources {
    const { sharedSets, sharedPolicies } = this.#program;
    const names = [
      ...Array.from({ length: sharedSets }, (_, number) => nameOfSet(number)),
      ...Array.from({ length: sharedPolicies }, (_, number) => nameOfPolicy(this.#program, number)),
    ];
    const imports = names.length === 0 ? "" : `import ${this.#random.shuffle(names).join(", ")} from "./shared.cors"\n`;
    return { "shared.cors": this.#file(true, ""), "policy.cors": this.#file(false, imports) };
  }
}

/**
 * Writes a program.
 *
 * @param layout - A number that stands for how: order, white space, comments, line ends.
 */
export function printProgram(program: Program, layout: number): Sources {
  return new Printer(program, new Random(layout)).files();
}
