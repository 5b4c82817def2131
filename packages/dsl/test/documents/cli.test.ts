import { expect, test } from "vitest";
import { HELP } from "../../src/cli/usage.js";
import { readBlocks, readHeadings } from "./markdown.js";

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
