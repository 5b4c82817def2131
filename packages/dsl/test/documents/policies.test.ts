import { describe, expect, test } from "vitest";
import { compileBlock, nameOf, renderBlock } from "./compile-block.js";
import { DOCUMENTS, readBlocks } from "./markdown.js";

const blocks = DOCUMENTS.flatMap(readBlocks);
const policies = blocks.filter(({ language }) => language === "cors");

describe("every policy in the documents compiles", () => {
  const good = policies.filter(({ tags }) => !tags.has("bad"));

  test.each(good)("$document:$line", (block) => {
    expect(renderBlock(block, nameOf(block))).toBe("");
  });
});

describe("every policy that is shown as wrong is wrong", () => {
  const bad = policies.filter(({ tags }) => tags.has("bad"));

  test.each(bad)("$document:$line", (block) => {
    expect(compileBlock(block).diagnostics).not.toEqual([]);
  });
});

test("no block has a tag that means nothing", () => {
  const known = /^(bad|good|escaped|output|help|before|unchecked|file=[\w./-]+)$/;
  const unknown = blocks.flatMap(({ document, line, tags }) =>
    [...tags].filter((tag) => !known.test(tag)).map((tag) => `${document}:${line}: ${tag}`),
  );
  expect(unknown).toEqual([]);
});
