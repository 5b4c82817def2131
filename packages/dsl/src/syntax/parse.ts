import type { Collector } from "../diagnostics/collector.js";
import { checkCharacters } from "../text/forbidden-characters.js";
import type { SourceFile } from "../text/source-file.js";
import { findAcceptances } from "./acceptances.js";
import type { FileNode } from "./ast.js";
import { createDocumentationReader } from "./documentation.js";
import { readFile } from "./elements.js";
import { Grammar } from "./grammar.js";
import { lex } from "./lex.js";
import { readStatements } from "./statements.js";
import { LineEnd } from "./tokens.js";

// Made once, at the first file: making it takes longer than reading a file does.
let grammar: Grammar | undefined;

/**
 * Parses a source file. Whatever it is, a tree comes back; where anything was reported, the tree is good for finding
 * more, and not for compiling.
 */
export function parse(file: SourceFile, { report, count }: Collector): FileNode {
  const before = count();
  checkCharacters(file, report);
  grammar ??= new Grammar({ validate: false });
  const { tokens, comments: commentTokens } = lex(file.text);
  const comments = commentTokens.map(({ startOffset, image }) => ({
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
    documentationAbove: createDocumentationReader(file.text, comments),
  });
  const code = tokens.filter(({ tokenType }) => tokenType !== LineEnd).map(({ startOffset }) => startOffset);
  return { ...body, file, acceptances: findAcceptances(file, comments, code), damaged: count() > before };
}
