import { readFileSync } from "node:fs";
import { Lexer } from "chevrotain";
import { describe, expect, test } from "vitest";
import { compileFiles } from "../src/compile.js";
import { createMemoryHost } from "../src/program/host.js";
import { TOKENS } from "../src/syntax/tokens.js";

/*
 * Broken texts: each token of the tours is deleted, doubled, and swapped with the next. What is said about the text has
 * to be little, and near.
 */

const TOURS = ["one-file.cors", "several-files.cors"] as const;
const SYNTAX = ["syntax", "unclosed-block", "unclosed-list", "missing-comma", "unknown-setting"];

function read(name: string): string {
  return readFileSync(new URL(`./fixtures/tours/${name}`, import.meta.url), "utf8");
}

const shared = read("shared.cors");
const lexer = new Lexer(TOKENS, { positionTracking: "onlyOffset" });

interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function tokensOf(text: string): Part[] {
  return lexer.tokenize(text).tokens.map(({ image, startOffset }) => ({
    text: image,
    start: startOffset,
    end: startOffset + image.length,
  }));
}

function compileTour(text: string) {
  return compileFiles(["tour.cors"], createMemoryHost({ "tour.cors": text, "shared.cors": shared }));
}

/** Whether a token stands for a line end, which nobody points at. */
function isLineEnd({ text }: Part): boolean {
  return text.trim() === "";
}

/**
 * The texts that become of a token, with where in each the place of the change begins and ends: the token's neighbours.
 * A line end that is lost behind a comment makes a comment of the next line, so that its neighbours are those of lines.
 */
function breakToken(text: string, tokens: readonly Part[], index: number) {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (!token) return [];
  const start = tokens.slice(0, index).findLast((other) => !isLineEnd(other))?.start ?? 0;
  const lineEnd = text.indexOf("\n", text.indexOf("\n", token.end) + 1);
  const neighbour = tokens.slice(index + 2).find((other) => !isLineEnd(other));
  const end = isLineEnd(token) ? lineEnd : (neighbour?.end ?? text.length);
  const rest = text.length - end;
  const before = text.slice(0, token.start);
  const after = text.slice(token.end);
  const broken = [
    { what: "deleted", text: before + after },
    { what: "doubled", text: `${before}${token.text} ${token.text}${after}` },
  ];
  if (next) {
    const between = text.slice(token.end, next.start);
    broken.push({ what: "swapped", text: before + next.text + between + token.text + text.slice(next.end) });
  }
  return broken.map((one) => ({ ...one, start, end: one.text.length - rest }));
}

describe.each(TOURS)("%s", (name) => {
  const text = read(name);
  const tokens = tokensOf(text);

  test("is without an error or a warning", () => {
    expect(compileTour(text).diagnostics).toEqual([]);
  });

  test("with any token deleted, doubled or swapped has at most two diagnostics of syntax, the first at that place", () => {
    const faults: string[] = [];
    tokens.forEach((token, index) => {
      for (const { what, text: broken, start, end } of breakToken(text, tokens, index)) {
        const { diagnostics } = compileTour(broken);
        const syntax = diagnostics.filter(({ code }) => SYNTAX.includes(code));
        const [first] = syntax;
        // Without its line end a comment takes the next line, and what that leaves behind is noticed where it ends.
        const isComment = isLineEnd(token) && /#.*$/.test(text.slice(0, token.start).split("\n").at(-1) ?? "");
        const isNear = !first || isComment || (first.span.end >= start && first.span.start <= end);
        // A name that is not there because its declaration is broken is no news.
        const unknown = diagnostics.filter(({ code }) => code === "unknown-name" || code === "unknown-import");
        const isConsequence = syntax.length > 0 && unknown.length > 0;
        if (syntax.length > 2 || !isNear || isConsequence) {
          const shown = [...syntax, ...unknown]
            .map(({ code, span, message }) => `${code} at ${span.start}: ${message}`)
            .join("; ");
          faults.push(`${JSON.stringify(token.text)} at ${token.start} ${what} (${start}-${end}): ${shown}`);
        }
      }
    });
    expect(faults).toEqual([]);
  });
});
