import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { HELP } from "../../src/cli/usage.js";
import { PLAIN } from "../../src/diagnostics/pretty.js";
import { type Block, readBlocks, readHeadings, readTag } from "./markdown.js";

const DOCUMENT = "docs/cli.md";

const blocks = readBlocks(DOCUMENT);

test("the help is what the command prints", () => {
  const shown = blocks.filter(({ tags }) => tags.has("help")).map(({ text }) => text);
  expect(shown).toEqual([HELP]);
});

test("every option has a section", () => {
  const options = [...HELP.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
  expect(readHeadings(DOCUMENT).filter((heading) => heading.startsWith("--"))).toEqual(options);
});

/** A line with `$`, and what is shown below it. */
interface Exchange {
  readonly line: string;
  readonly shown: string;
}

function readExchanges({ text }: Block): Exchange[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return { line: part.slice(0, end), shown: part.slice(end + 1) };
    });
}

describe("what the document shows is what happens", () => {
  const folder = mkdtempSync(join(tmpdir(), "corslang-"));
  const before = process.cwd();
  let exitCode = 0;

  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  function runLine(line: string): string {
    if (line === "echo $?") return `${exitCode}\n`;
    const [command, ...args] = line.split(" ");
    expect(command).toBe("cors-compile");
    let printed = "";
    const print = (text: string) => {
      printed += text;
    };
    exitCode = run(args, { out: print, error: print, style: PLAIN });
    return printed;
  }

  const steps = blocks.filter((block) => readTag(block, "file") !== null || block.language === "console");

  test.each(steps)("line $line", (block) => {
    const path = readTag(block, "file");
    if (path !== null) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, block.text);
      return;
    }
    const exchanges = readExchanges(block);
    expect(exchanges).not.toEqual([]);
    for (const { line, shown } of exchanges) expect(runLine(line)).toBe(shown);
  });
});
