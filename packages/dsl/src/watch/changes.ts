import { type Contents, isMissing, isSame } from "./content.js";

/** What has happened to a file between two looks. */
export interface Change {
  readonly path: string;
  readonly kind: "changed" | "added" | "removed";
}

/** What is different, in the order of the paths. */
export function findChanges(before: Contents, after: Contents): Change[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): Change[] => {
    const [one, other] = [before.get(path), after.get(path)];
    if (isSame(one, other)) return [];
    return [{ path, kind: isMissing(one) ? "added" : isMissing(other) ? "removed" : "changed" }];
  });
}
