import { type Code, MESSAGES } from "../diagnostics/messages.js";
import { findReservation } from "../resolve/identifier.js";
import { DEFAULT_POLICY } from "../resolve/scope.js";
import { isName, NAME_RULE } from "../syntax/names.js";
import type { Path, Problem } from "./problem.js";
import { quote } from "./quote.js";
import { readShape } from "./shape.js";
import { findWordProblem } from "./word.js";
import { toWordsOfObjects } from "./wording.js";

/** An item of a list. */
export interface DefinedItem {
  readonly text: string;
  readonly unsafe: boolean;
  readonly path: Path;
}

/** A definition of which every text is one word of the language; `null` is what was left out or could not be read. */
export interface ReadDefinition {
  readonly name: string;
  readonly origins: readonly DefinedItem[] | null;
  readonly methods: readonly DefinedItem[] | null;
  readonly headers: readonly DefinedItem[] | null;
  readonly expose: readonly DefinedItem[] | null;
  readonly credentials: boolean | null;
  readonly maxAge: string | null;
}

/** The members that are lists. */
export const LISTS = ["origins", "methods", "headers", "expose"] as const;

/**
 * Reads what a caller has passed as a definition: checks that it is built as one, and that every text in it is one word
 * of the language. It never throws, whatever it is given.
 *
 * @returns What could be read, and what is wrong with the rest.
 */
export function readDefinition(input: unknown): {
  readonly definition: ReadDefinition;
  readonly problems: readonly Problem[];
} {
  const { shaped, problems: wrongShapes, isWrong, isList } = readShape(input);
  const problems = [...wrongShapes];
  const report = (code: Code, path: Path, message: string) => void problems.push({ code, path, message, fix: null });

  const readList = (member: (typeof LISTS)[number]): DefinedItem[] | null => {
    const items = shaped[member];
    if (!items) return null;
    return items.flatMap((item, index) => {
      const path: Path = isList(member) ? [member, index] : [member];
      if (isWrong(path)) return [];
      const unsafe = typeof item === "object";
      const text = unsafe ? item.unsafe : item;
      const message = findWordProblem(text);
      if (message === null) return [{ text, unsafe, path }];
      report("syntax", path, message);
      return [];
    });
  };

  const readName = (): string => {
    const { name = DEFAULT_POLICY } = shaped;
    if (name === DEFAULT_POLICY) return name;
    const reason = findReservation(name, true);
    if (reason !== null) {
      report("reserved-name", ["name"], MESSAGES["reserved-name"]({ name, reason }));
    } else if (!isName(name) || findWordProblem(name) !== null) {
      report("syntax", ["name"], `${quote(name)} can't be the name: ${NAME_RULE}`);
    } else {
      return name;
    }
    return DEFAULT_POLICY;
  };

  const readMaxAge = (): string | null => {
    if (shaped.maxAge === undefined) return null;
    const value = String(shaped.maxAge);
    if (findWordProblem(value) === null) return value;
    report("max-age-syntax", ["maxAge"], toWordsOfObjects(MESSAGES["max-age-syntax"]({ value: quote(value) })));
    return null;
  };

  const definition: ReadDefinition = {
    name: readName(),
    origins: readList("origins"),
    methods: readList("methods"),
    headers: readList("headers"),
    expose: readList("expose"),
    credentials: shaped.credentials ?? null,
    maxAge: readMaxAge(),
  };
  return { definition, problems };
}
