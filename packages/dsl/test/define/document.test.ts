import { expect, test } from "vitest";
import { definePolicy, type PolicyDefinition, PolicyError, toCors } from "../../src/index.js";
import { readBlocks } from "../documents/markdown.js";

const blocks = readBlocks("docs/library.md");

/** The definition in a block of code, which the document's own test type-checks. */
function readDefinition(heading: string): PolicyDefinition {
  const code = blocks.find((block) => block.heading === heading && block.language === "js")?.text ?? "";
  const [, definition = "null"] = /definePolicy\((\{.*?\})\);/s.exec(code) ?? [];
  return new Function(`return (${definition});`)();
}

function readShown(heading: string, language: string): string | undefined {
  return blocks.find((block) => block.heading === heading && block.language === language)?.text;
}

test("the page shows the error that is thrown", () => {
  const heading = "What is wrong with it";
  expect(() => definePolicy(readDefinition(heading))).toThrow(PolicyError);
  try {
    definePolicy(readDefinition(heading));
  } catch (error) {
    expect(`${error}\n`).toBe(readShown(heading, "text"));
  }
});

test("the page shows what is printed", () => {
  const heading = "Warnings, reviews, and the way to a file";
  expect(toCors(definePolicy(readDefinition(heading)))).toBe(readShown(heading, "cors"));
});
