import { existsSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { DOCUMENTS, ROOT, readHeadings, readProse } from "./markdown.js";

/** The anchors that GitHub makes of a document's headings; of equal ones, the second gets `-1`. */
function readAnchors(document: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = readHeadings(document).map((heading) => {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
  return new Set(anchors);
}

/** Prose without the code in it, where brackets mean something else. */
function readText(document: string): string {
  return readProse(document).replace(/`[^`\n]*`/g, "code");
}

/** Where the links of a document lead, within the repository. */
function readLinks(document: string): string[] {
  return [...readText(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function isBroken(document: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const linked = path === "" ? document : posix.join(posix.dirname(document), path);
  if (!existsSync(new URL(linked, ROOT))) return true;
  return anchor !== undefined && !readAnchors(linked).has(anchor);
}

describe.each([...DOCUMENTS])("%s", (document) => {
  test("has no link that leads nowhere", () => {
    expect(readLinks(document).filter((target) => isBroken(document, target))).toEqual([]);
  });

  test("has a definition for each reference, and uses each definition", () => {
    const text = readText(document);
    const defined = [...text.matchAll(/^\[([^\]]+)\]: \S+$/gm)].map(([, name]) => name);
    const used = new Set([...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual([...new Set(defined)].sort());
  });
});

test("there are links", () => {
  expect(DOCUMENTS.flatMap(readLinks).length).toBeGreaterThan(100);
});
