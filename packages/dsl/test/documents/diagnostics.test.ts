import { describe, expect, test } from "vitest";
import { MESSAGES } from "../../src/diagnostics/messages.js";
import { compileBlock, renderBlock } from "./compile-block.js";
import { type Block, readBlocks, readFile, readProse } from "./markdown.js";

const DOCUMENT = "docs/diagnostics.md";

const codes = Object.keys(MESSAGES);
const blocks = readBlocks(DOCUMENT);

function findExample(code: string, tag: "bad" | "good"): Block {
  const examples = blocks.filter(({ heading, tags }) => heading === code && tags.has(tag));
  const [example] = examples;
  if (!example || examples.length > 1) throw new Error(`${code} has ${examples.length} ${tag} examples`);
  return example;
}

/** The code sections in their order, each with its text. */
function readSections(): Map<string, string> {
  const parts = readProse(DOCUMENT).split(/^### `(.+)`$/m);
  const sections = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) sections.set(parts[index] ?? "", parts[index + 1] ?? "");
  return sections;
}

const sections = readSections();

test("there is a section for every code and for nothing else, in the order of the table of messages", () => {
  expect([...sections.keys()]).toEqual(codes);
  expect(readFile(DOCUMENT).match(/^### /gm)).toHaveLength(codes.length);
});

test("every code is in the list at the top", () => {
  const [top = ""] = readProse(DOCUMENT).split(/^## /m);
  const listed = [...top.matchAll(/\[`([^`]+)`\]\(#([^)]+)\)/g)].map(([, text, anchor]) => [text, anchor]);
  expect(listed).toEqual(codes.map((code) => [code, code]));
});

describe.each(codes)("%s", (code) => {
  test("says what it means and why", () => {
    expect(sections.get(code)).toMatch(/^\n\n[^*].+\*\*Why:\*\* .+/s);
  });

  test("has a bad example that reports it and nothing else", () => {
    const { diagnostics } = compileBlock(findExample(code, "bad"));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  test("has a good example that compiles", () => {
    expect(renderBlock(findExample(code, "good"), "good")).toBe("");
  });
});

describe("the outputs that the document shows are what the command prints", () => {
  const outputs = blocks.flatMap((block, index) => {
    const source = blocks[index - 1];
    return block.tags.has("output") && source ? [{ line: block.line, output: block.text, source }] : [];
  });

  test("there are six, with related places, fixes, and several messages", () => {
    expect(outputs).toHaveLength(6);
    const all = outputs.map(({ output }) => output).join("");
    for (const part of [" ---- ", "...", "= fix: ", "…", "`unsafe ", "\n\nerror["]) expect(all).toContain(part.trim());
  });

  test.each(outputs)("line $line", ({ source, output }) => {
    expect(renderBlock(source, "api.cors")).toBe(output);
  });
});
