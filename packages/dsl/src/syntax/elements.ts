import type { CstElement, CstNode, IToken, TokenType } from "chevrotain";
import type { SourceFile } from "../text/source-file.js";
import { joinSpans, type Span } from "../text/span.js";
import { Atom, Comma, LineEnd } from "./tokens.js";

/*
 * The only reader of the parser's tree. It keeps children by name and so forgets their order; here they are put back
 * into the order of the text.
 */

/** A token by itself. `bracket` is a `]`, `[`, `{` or `}` that opens or closes nothing. */
export interface TokenElement {
  readonly kind: "atom" | "comma" | "line-end" | "bracket";
  readonly text: string;
  readonly span: Span;
}

/** `[ … ]`. */
export interface ListElement {
  readonly kind: "list";
  readonly elements: readonly TokenElement[];
  readonly closed: boolean;
  /** The bracket that opens it. */
  readonly opening: Span;
  readonly span: Span;
}

/** `{ … }`. */
export interface BlockElement {
  readonly kind: "block";
  readonly statements: readonly Statement[];
  readonly closed: boolean;
  /** The brace that opens it. */
  readonly opening: Span;
  readonly span: Span;
}

/** A part of a statement. */
export type Element = TokenElement | ListElement | BlockElement;

/** The elements of one line; lists and blocks may go on over several. Never empty. */
export type Statement = readonly [Element, ...Element[]];

function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

function isToken(element: CstElement): element is IToken {
  return !isNode(element);
}

const KINDS: ReadonlyMap<TokenType, TokenElement["kind"]> = new Map([
  [Atom, "atom"],
  [Comma, "comma"],
  [LineEnd, "line-end"],
]);

function readToken({ tokenType, image, startOffset }: IToken, file: SourceFile): TokenElement {
  const span = { file, start: startOffset, end: startOffset + image.length };
  return { kind: KINDS.get(tokenType) ?? "bracket", text: image, span };
}

function childrenOf(node: CstNode): CstElement[] {
  return Object.values(node.children).flat();
}

function byOffset(one: { readonly span: Span }, other: { readonly span: Span }): number {
  return one.span.start - other.span.start;
}

function readTokens(elements: readonly CstElement[], file: SourceFile): TokenElement[] {
  return elements
    .filter(isToken)
    .map((token) => readToken(token, file))
    .sort(byOffset);
}

function readList(node: CstNode, file: SourceFile): ListElement {
  const [opening, ...inner] = readTokens(childrenOf(node), file);
  const closing = node.children.RightBracket === undefined ? undefined : inner.pop();
  if (!opening) throw new Error("the grammar gives a list its bracket");
  const last = closing ?? inner.findLast(({ kind }) => kind !== "line-end") ?? opening;
  return {
    kind: "list",
    elements: inner,
    closed: closing !== undefined,
    opening: opening.span,
    span: joinSpans(opening.span, last.span),
  };
}

function readStatements(nodes: readonly CstElement[] | undefined, file: SourceFile): Statement[] {
  return (nodes ?? []).filter(isNode).map((node) => readStatement(node, file));
}

function readBlock(node: CstNode, file: SourceFile): BlockElement {
  const tokens = readTokens(childrenOf(node), file).filter(({ kind }) => kind === "bracket");
  const statements = readStatements(node.children.statement, file);
  const [opening] = tokens;
  if (!opening) throw new Error("the grammar gives a block its brace");
  const closing = node.children.RightBrace === undefined ? undefined : tokens.at(-1);
  const last = closing ?? statements.at(-1)?.at(-1) ?? opening;
  return {
    kind: "block",
    statements,
    closed: closing !== undefined,
    opening: opening.span,
    span: joinSpans(opening.span, last.span),
  };
}

function readElement(element: CstElement, file: SourceFile): Element {
  if (!isNode(element)) return readToken(element, file);
  return element.name === "list" ? readList(element, file) : readBlock(element, file);
}

function readStatement(node: CstNode, file: SourceFile): Statement {
  const [first, ...rest] = childrenOf(node)
    .map((element) => readElement(element, file))
    .sort(byOffset);
  if (!first) throw new Error("the grammar gives a statement an element");
  return [first, ...rest];
}

/** The statements of a file, and closing braces that close nothing, in the order of the text. */
export function readFile(node: CstNode, file: SourceFile): Statement[] {
  const braces: Statement[] = readTokens(childrenOf(node), file)
    .filter(({ kind }) => kind === "bracket")
    .map((brace) => [brace]);
  return [...braces, ...readStatements(node.children.statement, file)].sort(([one], [other]) => byOffset(one, other));
}
