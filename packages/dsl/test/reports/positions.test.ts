import { expect, test } from "vitest";
import { createPositions } from "../../src/diagnostics/positions.js";
import { positionAt } from "../../src/text/source-file.js";

const TEXTS = ["", "\n", "a", "a\nb", "a\r\nbb\r\n\r\nc", "\uFEFForigins *\n", "\n\n\n", "😀\n😀"];

test("positions are those that the other messages show", () => {
  const { at } = createPositions();
  for (const text of TEXTS) {
    const file = { name: "a.cors", text };
    for (let offset = 0; offset <= text.length; offset++) expect(at(file, offset)).toEqual(positionAt(text, offset));
  }
});

test("positions for other tools are in lines that exist", () => {
  const { inArtifact } = createPositions();
  for (const text of TEXTS) {
    const file = { name: "a.cors", text };
    const lines = text.replace(/^\uFEFF/, "").split(/(?<=\n)/);
    for (let offset = 0; offset <= text.length; offset++) {
      const { line, column } = inArtifact(file, offset);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
    }
  }
});
