import { readdirSync, readFileSync } from "node:fs";

/** A case in a file: the input, a line of dashes, what is expected. */
export interface Fixture {
  readonly name: string;
  readonly source: string;
  readonly expected: string;
}

/** What the source of a fixture is called. */
export const ENTRY = "policy.cors";

/** The files of a fixture: a line `=== name` begins one that is imported. */
export function readFiles({ source }: Pick<Fixture, "source">): Record<string, string> {
  const [first = "", ...others] = source.split(/^=== (\S+)\n/m);
  const files: Record<string, string> = { [ENTRY]: first };
  for (let index = 0; index < others.length; index += 2) files[others[index] ?? ""] = others[index + 1] ?? "";
  return files;
}

const SEPARATOR = "\n-----\n";

/** Reads the cases of a folder below test/fixtures. */
export function readFixtures(folder: string): Fixture[] {
  const directory = new URL(`./fixtures/${folder}/`, import.meta.url);
  return readdirSync(directory)
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, directory), "utf8");
      const at = text.indexOf(SEPARATOR);
      if (at < 0) throw new Error(`${file} has no line of five dashes`);
      return { name: file, source: text.slice(0, at + 1), expected: text.slice(at + SEPARATOR.length) };
    });
}
