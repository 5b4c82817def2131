import type { Random } from "../../../runtime/test/random.js";

const ORIGINS = [
  "https://a.example.com",
  "https://*.example.com",
  "https://a-much-longer-name.example.com:8443",
  "http://localhost:*",
  "http://[::1]:3000",
  "unsafe http://kiosk.example.net",
  "unsafe\thttps://a.example.com:*",
  "@first-party",
  "@partners",
  "*",
  "none",
  "HTTPS://Wrong.example.com/",
];
const NAMES = [
  "Content-Type",
  "X-Request-Id",
  "ETag",
  "GET",
  "PUT",
  "PATCH",
  "allow",
  "policy",
  "*",
  "none",
  "origins",
];
const COMMENTS = [
  "#",
  "# a comment",
  "#without a space",
  "# with white space behind \t ",
  "# a { [ , ] } b",
  "# corslang allow origin-redundant: a reason",
  "# corslang allow loopback-in-production: a reason",
  "# corslang allow method-redundant",
  "#corslang allow no-such-code: a reason",
];
/** What compiles, some of it with warnings, by the setting that it is for. */
const SOUND_ITEMS = {
  origins: [
    "https://a.example.com",
    "https://*.example.com",
    "http://localhost:*",
    "unsafe https://*.github.io",
    "@own",
  ],
  methods: ["GET", "PUT", "PUT", "DELETE"],
  headers: ["Content-Type", "content-type", "X-Request-Id", "X-HTTP-Method-Override"],
  expose: ["ETag", "etag", "X-Total", "Content-Type"],
} as const;
const PROFILES = ["development", "staging", "production"];
const POLICIES = ["default", "base", "api", "web", "public"];

/** Makes texts without syntax errors whose layout is wild. */
export class RandomSource {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A whole file. */
  file(): string {
    const random = this.#random;
    const byteOrderMark = random.chance(0.1) ? "\uFEFF" : "";
    const statements = random.several(0, 7, () => this.#statement());
    const text = byteOrderMark + this.#lines() + statements.join("");
    const lineEnd = random.pick(["", "\n", "\n\n", " \t"]);
    // The last line needs no end.
    const ended = text.replace(/\n+$/, lineEnd);
    return random.chance(0.2) ? ended.replaceAll("\n", "\r\n") : ended;
  }

  /** A whole file that compiles, perhaps with warnings. */
  soundFile(): string {
    const random = this.#random;
    const set = `set${this.#space()}own${this.#gap()}${this.#list(() => "https://own.example.com", 1)}${this.#lineEnd()}`;
    const policies = ["default", "api", "web"]
      .filter(() => random.chance(0.6))
      .flatMap((name) => {
        const expectation = `expect${this.#space()}${name}${this.#gap()}${this.#block(() => "deny from https://evil.test", 1)}`;
        const settings = this.#soundSettings(["origins"]);
        if (name === "default") return [settings.join(""), expectation + this.#lineEnd()];
        const when = `when${this.#space()}staging${this.#gap()}{${this.#inside()}${this.#soundSettings([]).join("")}}`;
        const statements = random.shuffle([...settings, when + this.#lineEnd()]).join("");
        return [`policy${this.#space()}${name}${this.#gap()}{${this.#inside()}${statements}}`, expectation].map(
          (text) => text + this.#lineEnd(),
        );
      });
    return this.#lines() + random.shuffle([set, ...policies]).join("");
  }

  #soundSettings(needed: readonly (keyof typeof SOUND_ITEMS)[]): string[] {
    const random = this.#random;
    const names = (["methods", "headers", "expose"] as const).filter(() => random.chance(0.4));
    const lists = [...needed, ...names].map((key) => {
      const items = this.#items(() => random.pick(SOUND_ITEMS[key]), 1);
      const operator = random.chance(0.2) ? `${this.#gap()}+=` : "";
      return `${key}${operator}${this.#space()}${items}`;
    });
    const maxAge = random.chance(0.4) ? ["max-age\t10m"] : [];
    return random.shuffle([...lists, ...maxAge]).map((setting) => setting + this.#lineEnd());
  }

  #statement(): string {
    const random = this.#random;
    const kind = random.fraction();
    if (kind < 0.1) return this.#import();
    if (kind < 0.25) return this.#set();
    if (kind < 0.5) return this.#policy();
    if (kind < 0.6) return this.#expectation();
    if (kind < 0.7) return this.#when();
    return this.#setting() + this.#lineEnd();
  }

  /** White space in a line, where some is needed. */
  #space(): string {
    return this.#random.pick([" ", " ", " ", "  ", "\t", "     "]);
  }

  /** White space where none is needed. */
  #gap(): string {
    return this.#random.chance(0.5) ? "" : this.#space();
  }

  /** Any number of line ends with comments between them, and white space before what follows. */
  #lines(): string {
    const lines = this.#random.several(0, 2, () => {
      const comment = this.#random.chance(0.4) ? this.#random.pick(COMMENTS) : "";
      return `${this.#gap()}${comment}\n`;
    });
    return lines.join("") + this.#gap();
  }

  /** The end of a line, perhaps behind a comment, and more of them. */
  #lineEnd(): string {
    const comment = this.#random.chance(0.25) ? this.#space() + this.#random.pick(COMMENTS) : this.#gap();
    return `${comment}\n${this.#lines()}`;
  }

  /** What may stand behind `{` and `[`: nothing, or line ends and comments. */
  #inside(): string {
    return this.#random.chance(0.4) ? this.#gap() : this.#lineEnd();
  }

  #separated(least: number, most: number, make: () => string): string {
    return this.#random.several(least, most, make).join(`${this.#gap()},${this.#gap()}`);
  }

  #list(make: () => string, least = 0): string {
    let text = `[${this.#inside()}`;
    for (let count = this.#random.between(least, 5); count > 0; count--) {
      text += make();
      const separator = this.#random.pick([",", "line", "line", "comma and line"]);
      if (separator !== "line") text += `${this.#gap()},${this.#gap()}`;
      if (separator !== ",") text += this.#lineEnd();
      else if (count === 1) text += this.#gap();
    }
    return `${text}]`;
  }

  #items(make: () => string, leastInList: number): string {
    if (this.#random.chance(0.4)) return this.#list(make, leastInList);
    return this.#separated(1, 4, make);
  }

  #setting(): string {
    const random = this.#random;
    const origin = () => random.pick(ORIGINS);
    const name = () => random.pick(NAMES);
    const kind = random.fraction();
    if (kind < 0.1) return `credentials${this.#space()}${random.pick(["true", "false", "maybe", "true false"])}`;
    if (kind < 0.2) return `max-age${this.#space()}${random.pick(["0", "10m", "none", "10 m", "[ 1d ]"])}`;
    if (kind < 0.25) return random.pick(["origins", "colour  a,,b", "set+=x", "x+=y"]);
    const key = random.pick(["origins", "origins", "methods", "headers", "expose"]);
    const items = this.#items(key === "origins" ? origin : name, 0);
    if (random.chance(0.25)) return `${key}${this.#gap()}+=${this.#gap()}${items}`;
    return `${key}${items.startsWith("[") ? this.#gap() : this.#space()}${items}`;
  }

  #block(makeStatement: () => string, least = 0): string {
    let text = `{${this.#inside()}`;
    for (let count = this.#random.between(least, 5); count > 0; count--) {
      text += makeStatement();
      if (count > 1 || this.#random.chance(0.7)) text += this.#lineEnd();
      else text += this.#gap();
    }
    return `${text}}`;
  }

  #when(): string {
    const profiles = this.#separated(1, 2, () => this.#random.pick(PROFILES));
    const block = this.#block(() => this.#setting());
    return `when${this.#space()}${profiles}${this.#gap()}${block}${this.#lineEnd()}`;
  }

  #policy(): string {
    const extension = this.#random.chance(0.4) ? `${this.#space()}extends${this.#space()}base` : "";
    const name = this.#random.pick(POLICIES.slice(1));
    const block = this.#block(() => {
      if (this.#random.chance(0.2)) return this.#when().trimEnd().replace(/#.*$/, "");
      return this.#setting();
    });
    return `policy${this.#space()}${name}${extension}${this.#gap()}${block}${this.#lineEnd()}`;
  }

  #set(): string {
    const name = this.#random.pick(["first-party", "tools", "partners"]);
    return `set${this.#space()}${name}${this.#gap()}${this.#list(() => this.#random.pick(ORIGINS))}${this.#lineEnd()}`;
  }

  #import(): string {
    const name = () => {
      const alias = this.#random.chance(0.3) ? `${this.#space()}as${this.#space()}other` : "";
      return this.#random.pick(["partners", "base"]) + alias;
    };
    const path = this.#random.pick(['"./shared.cors"', '"./a  b, [c].cors"']);
    const names = this.#separated(1, 2, name);
    return `import${this.#space()}${names}${this.#space()}from${this.#space()}${path}${this.#lineEnd()}`;
  }

  #claim(): string {
    const random = this.#random;
    if (random.chance(0.2)) return `never${this.#space()}http://*.example.com`;
    const method = random.chance(0.4) ? `${this.#space()}PUT` : "";
    const names = this.#separated(1, 3, () => random.pick(NAMES));
    const headers = random.chance(0.3) ? `${this.#space()}with${this.#space()}${names}` : "";
    const verdict = random.pick(["allow", "deny"]);
    return `${verdict}${method}${this.#space()}from${this.#space()}https://a.example.com${headers}`;
  }

  #expectation(): string {
    const profile = this.#random.chance(0.3) ? `${this.#space()}when${this.#space()}development` : "";
    const block = this.#block(() => this.#claim());
    return `expect${this.#space()}${this.#random.pick(POLICIES)}${profile}${this.#gap()}${block}${this.#lineEnd()}`;
  }
}

const SOUP = [
  ..."{}[],#\n \t",
  "\r\n",
  "\n",
  " ",
  "+=",
  '"',
  "\uFEFF",
  "\u00A0",
  "://[",
  "import",
  "from",
  "as",
  "set",
  "policy",
  "extends",
  "when",
  "expect",
  "allow",
  "deny",
  "never",
  "unsafe",
  "origins",
  "methods",
  "max-age",
  "name",
  "@name",
  "https://a.example.com",
  "# corslang allow unused-set: x",
];

/** Tokens in any order. */
export function randomSoup(random: Random): string {
  return random.several(0, random.pick([3, 6, 12, 40]), () => random.pick(SOUP) + random.pick(["", " ", " "])).join("");
}

/** A text with some of its characters taken out, doubled, or put in from elsewhere. */
export function damage(text: string, random: Random): string {
  let damaged = text;
  for (let count = random.between(1, 3); count > 0; count--) {
    const at = random.between(0, damaged.length);
    const put = random.pick(["", random.pick(SOUP), damaged.slice(at, at + random.between(1, 8))]);
    damaged = damaged.slice(0, at) + put + damaged.slice(at + random.pick([0, 0, 1, 2, 8]));
  }
  return damaged;
}
