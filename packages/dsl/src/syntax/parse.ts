import { type IToken, Lexer } from "chevrotain";
import type { Collector } from "../diagnostics/collector.js";
import { checkCharacters } from "../text/forbidden-characters.js";
import type { SourceFile } from "../text/source-file.js";
import { findAcceptances } from "./acceptances.js";
import type { FileNode } from "./ast.js";
import { createDocumentationReader } from "./documentation.js";
import { readFile } from "./elements.js";
import { Grammar } from "./grammar.js";
import { readStatements } from "./statements.js";
import { LineEnd, TOKENS } from "./tokens.js";

// Made once, at the first file: making them takes longer than reading a file does.
let lexer: Lexer | undefined;
let grammar: Grammar | undefined;

/** A byte-order mark is accepted; as a space it changes no offset. */
function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
}

function isPresent(token: IToken | undefined): token is IToken {
  return token !== undefined;
}

/**
 * Parses a source file. Whatever it is, a tree comes back; where anything was reported, the tree is good for finding
 * more, and not for compiling.
 */
export function parse(file: SourceFile, { report, count }: Collector): FileNode {
  const before = count();
  checkCharacters(file, report);
  const text = withoutByteOrderMark(file.text);
  lexer ??= new Lexer(TOKENS, { positionTracking: "onlyOffset", skipValidations: true });
  grammar ??= new Grammar({ validate: false });
  const { tokens, groups, errors } = lexer.tokenize(text);
  if (errors.length > 0) throw new Error(`the tokens do not cover the text: ${errors[0]?.message}`);
  const comments = (groups.comments ?? []).filter(isPresent).map(({ startOffset, image }) => ({
    file,
    start: startOffset,
    end: startOffset + image.length,
  }));
  grammar.input = tokens;
  const tree = grammar.file();
  // The tree holds all that is needed; the tokens of a large file would stay until the next one.
  grammar.input = [];
  const body = readStatements(readFile(tree, file), {
    report,
    count,
    documentationAbove: createDocumentationReader(text, comments),
  });
  const code = tokens.filter(({ tokenType }) => tokenType !== LineEnd).map(({ startOffset }) => startOffset);
  return { ...body, file, acceptances: findAcceptances(file, comments, code), damaged: count() > before };
}
