import { readdirSync, readFileSync } from "node:fs";

/** The folder of the repository. */
export const ROOT = new URL("../../../../", import.meta.url);

/** A fenced block: "```language tag tag key=value". */
export interface Block {
  /** The document's path in the repository. */
  readonly document: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly tags: ReadonlySet<string>;
  readonly text: string;
  /** The heading above it, without backticks. */
  readonly heading: string;
}

/** Reads a file of the repository by its path from the root. */
export function readFile(path: string): string {
  return readFileSync(new URL(path, ROOT), "utf8");
}

/** The names of the entries of a folder of the repository. */
export function readFolder(path: string): string[] {
  return readdirSync(new URL(path, ROOT)).sort();
}

/** The paths of all documents. */
export const DOCUMENTS: readonly string[] = [
  ...readFolder("./").filter((name) => name.endsWith(".md")),
  ...readFolder("docs/").map((name) => `docs/${name}`),
].filter((path) => path.endsWith(".md"));

/** The text of a heading as it is shown. */
function toHeading(line: string): string {
  return line.replace(/^#+ +/, "").replaceAll("`", "");
}

/** The fenced blocks of a document, in their order. */
export function readBlocks(document: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let fence: { readonly info: string; readonly line: number } | null = null;
  let lines: string[] = [];
  for (const [index, text] of readFile(document).split("\n").entries()) {
    if (!fence) {
      if (text.startsWith("```")) fence = { info: text.slice(3), line: index + 1 };
      else if (/^#+ /.test(text)) heading = toHeading(text);
    } else if (text === "```") {
      const [language = "", ...tags] = fence.info.split(" ");
      const body = lines.map((line) => `${line}\n`).join("");
      blocks.push({ document, line: fence.line, language, tags: new Set(tags), text: body, heading });
      fence = null;
      lines = [];
    } else {
      lines.push(text);
    }
  }
  if (fence) throw new Error(`${document}:${fence.line}: this fence is never closed`);
  return blocks;
}

/** A document without its fenced blocks. */
export function readProse(document: string): string {
  return readFile(document).replaceAll(/^```.*?^```$/gms, "");
}

/** The headings of a document, as they are shown. */
export function readHeadings(document: string): string[] {
  return readProse(document)
    .split("\n")
    .filter((line) => /^#+ /.test(line))
    .map(toHeading);
}

/** The cells of the table whose header begins with these cells; a `|` in code is written `\|`. */
export function readTable(document: string, ...header: readonly string[]): string[][] {
  const rows = readProse(document)
    .split("\n")
    .map((line) =>
      line.startsWith("|")
        ? line
            .split(/(?<!\\)\|/)
            .slice(1, -1)
            .map((cell) => cell.trim().replaceAll("\\|", "|"))
        : [],
    );
  const start = rows.findIndex((cells) => header.every((name, index) => cells[index] === name));
  if (start < 0) throw new Error(`${document} has no table ${header.join(", ")}`);
  const end = rows.findIndex((cells, index) => index > start && cells.length === 0);
  return rows.slice(start + 2, end < 0 ? rows.length : end);
}

/** The texts between backticks. */
export function readCodeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** The entry of a block's tags that begins with `key=`. */
export function readTag({ tags }: Block, key: string): string | null {
  const tag = [...tags].find((text) => text.startsWith(`${key}=`));
  return tag === undefined ? null : tag.slice(key.length + 1);
}
