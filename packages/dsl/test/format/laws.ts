import { expect } from "vitest";
import { compileFiles } from "../../src/compile.js";
import { createCollector } from "../../src/diagnostics/collector.js";
import { format } from "../../src/format/format.js";
import { createMemoryHost } from "../../src/program/host.js";
import { lex } from "../../src/syntax/lex.js";
import { parse } from "../../src/syntax/parse.js";
import { Comma, LineEnd } from "../../src/syntax/tokens.js";
import { isSettingName } from "../../src/syntax/vocabulary.js";
import { lineStartOf } from "../../src/text/source-file.js";

/*
 * What holds for every text that is formatted. Nothing here uses any part of the formatter but its one function.
 */

const SHARED = `
set partners [
  https://partner.example.org
]
policy base {
  origins none
  max-age 10m
}
`;

function parseText(text: string) {
  const collector = createCollector();
  const tree = parse({ name: "policy.cors", text }, collector);
  return { tree, ...collector.collected() };
}

/** A tree without the places of its words. */
function treeOf(text: string): unknown {
  const { tree, diagnostics } = parseText(text);
  const replaced = JSON.stringify(tree, (key, value: unknown) => {
    // Whether there is `unsafe` or `+=` is told by whether there is a span.
    if (key === "unsafe" || key === "appends") return value !== null;
    return key === "span" || key === "line" || key === "file" ? undefined : value;
  });
  return { tree: JSON.parse(replaced), codes: diagnostics.map(({ code }) => code) };
}

/** What the compiler makes of a text. */
function meaningOf(text: string): unknown {
  const sources = { "policy.cors": text, "shared.cors": SHARED };
  const { files, diagnostics, omitted } = compileFiles(["policy.cors"], createMemoryHost(sources));
  const said = diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
  // The white space between words may change, and with it the order of two that begin at the same word.
  return { policies: files[0]?.policies, said: said.sort(), omitted };
}

/** A text's code without what the formatter may write differently: white space and commas. */
function codeOf(text: string, from = 0, to = text.length): string {
  const tokens = lex(text).tokens.filter(({ startOffset }) => startOffset >= from && startOffset < to);
  return tokens
    .filter(({ tokenType }) => tokenType !== Comma && tokenType !== LineEnd)
    .map(({ image }) => image)
    .join("");
}

/** Each comment with what it is next to. */
function commentsOf(text: string): unknown {
  const { tokens, comments } = lex(text);
  const code = tokens.filter(({ tokenType }) => tokenType !== Comma && tokenType !== LineEnd);
  let index = 0;
  let before = 0;
  return comments.map(({ image, startOffset }) => {
    for (let next = code[index]; next && next.startOffset < startOffset; next = code[++index]) {
      before += next.image.length;
    }
    const previous = tokens.findLast((token) => token.startOffset < startOffset);
    // Spaces and tabs alone: what else looks like white space is code.
    const isAlone = previous === undefined || previous.tokenType === LineEnd;
    return { text: image.replace(/[ \t\r]+$/, ""), before, isAlone };
  });
}

/** What each acceptance is about. */
function acceptancesOf(text: string): unknown {
  return parseText(text).tree.acceptances.map(({ code, reason, line }) => ({
    code,
    reason,
    line: line && codeOf(text, lineStartOf(text, line.start), line.end),
  }));
}

/** Whether a text has a setting that there is none of, which is left as it is. */
function hasUnknownSetting(text: string): boolean {
  const { tree } = parseText(text);
  const bodies = [tree, ...tree.policies].flatMap((body) => [body, ...body.whens]);
  return bodies.some(({ settings }) => settings.some(({ key }) => !isSettingName(key.text)));
}

function expectStyle(text: string): void {
  expect(text).not.toMatch(/\r|[ \t]\n/);
  expect(text).toMatch(/^$|[^\n]\n$/);
  if (hasUnknownSetting(text)) return;
  const withoutComments = text.replace(/(?<=^|[ \n])#.*/g, "#");
  // What follows `://` is no bracket that opens a list.
  expect(withoutComments).not.toMatch(/^\n|\n\n\n|(?<!:\/\/)[{[]( #)?\n\n|\n\n *[\]}]/);
  for (const line of text.split("\n")) expect((/^ */.exec(line)?.[0].length ?? 0) % 2).toBe(0);
}

/**
 * Expects that a text is formatted as every text has to be.
 *
 * @returns Whether it was formatted; a text with syntax errors is not.
 */
export function expectLaws(source: string): boolean {
  const { text, diagnostics } = format(source);
  if (diagnostics.length > 0) {
    expect(text).toBe(source);
    return false;
  }
  expect(format(text)).toEqual({ text, diagnostics: [], omitted: 0 });
  expect(codeOf(text)).toBe(codeOf(source));
  expect(commentsOf(text)).toEqual(commentsOf(source));
  expect(acceptancesOf(text)).toEqual(acceptancesOf(source));
  expect(treeOf(text)).toEqual(treeOf(source));
  expect(meaningOf(text)).toEqual(meaningOf(source));
  expectStyle(text);
  if (!source.includes("\r")) expect(format(source.replaceAll("\n", "\r\n")).text).toBe(text);
  if (!/^\s*\uFEFF/.test(source)) expect(format(`\uFEFF${source}`).text).toBe(text);
  return true;
}
