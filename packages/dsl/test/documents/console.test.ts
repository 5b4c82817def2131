import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { PLAIN } from "../../src/diagnostics/pretty.js";
import { splitCommand } from "../../src/requests/shell-words.js";
import { type Block, DOCUMENTS, readBlocks, readTag } from "./markdown.js";

/* What a document shows of the command is what happens, in a folder with the files that the document has above it. */

const shown = DOCUMENTS.filter((document) => readBlocks(document).some(({ language }) => language === "console"));

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

describe.each(shown)("%s", (document) => {
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
    const [command, ...args] = splitCommand(line);
    expect(command).toBe("cors-compile");
    let printed = "";
    const print = (text: string) => {
      printed += text;
    };
    exitCode = run(args, { out: print, error: print, style: PLAIN });
    return printed;
  }

  const steps = readBlocks(document).filter((block) => readTag(block, "file") !== null || block.language === "console");

  test.each(steps)("line $line", (block) => {
    const path = readTag(block, "file");
    if (path !== null) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, block.text);
      return;
    }
    const exchanges = readExchanges(block);
    expect(exchanges).not.toEqual([]);
    for (const { line, shown: expected } of exchanges) expect(runLine(line)).toBe(expected);
  });
});

test("there are documents that show the command", () => {
  expect(shown).toEqual(expect.arrayContaining(["docs/blocked.md", "docs/cli.md", "docs/reviewing.md"]));
});
