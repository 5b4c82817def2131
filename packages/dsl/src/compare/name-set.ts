/**
 * A set of names of methods or headers: some, or, where a policy says `*`, all that there are but some. Names are as they
 * are compared: methods as written, headers in lower case.
 */
export interface NameSet {
  readonly kind: "these" | "all-but";
  /** Each once, in the order of the file. */
  readonly names: readonly string[];
}

/** The set of the names that are listed; repeats show nothing. */
export function theseNames(names: readonly string[]): NameSet {
  return { kind: "these", names: [...new Set(names)] };
}

/** The set of all names but some. */
export function allNamesBut(names: readonly string[]): NameSet {
  return { kind: "all-but", names: [...new Set(names)] };
}

/** Whether a name is in a set. */
export function hasName({ kind, names }: NameSet, name: string): boolean {
  return names.includes(name) === (kind === "these");
}

/**
 * What is in one set and not in the other.
 *
 * @example
 * ```ts
 * withoutNames(theseNames(["PUT", "PATCH"]), theseNames(["PUT"])); // these: PATCH
 * withoutNames(allNamesBut([]), theseNames(["GET", "PUT"]));       // all but: GET, PUT
 * ```
 */
export function withoutNames(one: NameSet, other: NameSet): NameSet {
  if (one.kind === "these") return theseNames(one.names.filter((name) => !hasName(other, name)));
  return other.kind === "these"
    ? allNamesBut([...one.names, ...other.names])
    : theseNames(other.names.filter((name) => hasName(one, name)));
}

/** Whether two sets have the same names. */
export function areSameNames(one: NameSet, other: NameSet): boolean {
  const [onlyOne, onlyOther] = [withoutNames(one, other), withoutNames(other, one)];
  return [onlyOne, onlyOther].every(({ kind, names }) => kind === "these" && names.length === 0);
}

/**
 * A name of a set, a well-known one where there is one; `null` when it is empty.
 *
 * @param wellKnown - What to try of a set that has almost all names.
 */
export function exampleName(set: NameSet, wellKnown: readonly string[]): string | null {
  if (set.kind === "these") return set.names[0] ?? null;
  const known = wellKnown.find((name) => hasName(set, name));
  if (known !== undefined) return known;
  // One of so many numbered names is not among those that are left out.
  const last = wellKnown.at(-1) ?? "X";
  const numbered = Array.from(set.names.keys(), (index) => `${last}-${index + 2}`);
  return numbered.find((name) => hasName(set, name)) ?? `${last}-${set.names.length + 2}`;
}
