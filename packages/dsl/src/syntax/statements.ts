import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { joinSpans, type Span } from "../text/span.js";
import type { FileNode, Item, PolicyNode, SettingNode, Word } from "./ast.js";
import type { BlockElement, Element, ListElement, Statement, TokenElement } from "./elements.js";
import { readItems } from "./items.js";
import { DECLARATIONS, isSettingName, RESERVED_WORDS, SETTINGS } from "./vocabulary.js";

/** What the statements are read with. */
interface Reading {
  readonly report: Report;
  /** How many problems there have been so far. */
  readonly count: () => number;
  /** The comment lines directly above an offset. */
  readonly documentationAbove: (offset: number) => readonly string[];
}

/** What a block or a file has in it. */
interface Body {
  readonly settings: SettingNode[];
  readonly policies: PolicyNode[];
}

function isToken(element: Element): element is TokenElement {
  return element.kind !== "list" && element.kind !== "block";
}

function isAtom(element: Element | undefined): element is TokenElement {
  return element?.kind === "atom";
}

function reportSyntax({ report }: Reading, span: Span, problem: string, text?: string): void {
  const fix =
    text === undefined ? null : text === "" ? { title: "remove it", edits: [{ span, text }] } : replaceFix(span, text);
  report(createDiagnostic("syntax", span, { problem }, { fix }));
}

/** A closer goes to where the thing ends: behind its last element, on a line of its own where it has several lines. */
function reportUnclosed(
  code: "unclosed-list" | "unclosed-block",
  element: ListElement | BlockElement,
  reading: Reading,
): void {
  const closer = code === "unclosed-list" ? "]" : "}";
  const severalLines = element.kind === "block" || element.elements.some(({ kind }) => kind === "line-end");
  const end = { start: element.span.end, end: element.span.end };
  const fix = { title: `write \`${closer}\``, edits: [{ span: end, text: severalLines ? `\n${closer}` : closer }] };
  reading.report(createDiagnostic(code, element.opening, null, { fix }));
}

function readSettingItems(name: string, values: readonly Element[], reading: Reading): Item[] {
  const [first, second] = values;
  if (first?.kind === "list") {
    if (!first.closed) reportUnclosed("unclosed-list", first, reading);
    if (second?.kind === "bracket")
      reportSyntax(reading, second.span, `this \`${second.text}\` closes nothing; remove it`, "");
    else if (second)
      reportSyntax(
        reading,
        second.span,
        "a list between `[` and `]` stands alone; put this into it, or on a line of its own",
      );
    return readItems(first.elements, "list", reading.report);
  }
  const wrong = values.find((value) => !isToken(value));
  if (wrong?.kind === "list") {
    reportSyntax(reading, wrong.span, "a list between `[` and `]` stands alone; put the items before it into it");
  } else if (wrong) {
    reportSyntax(reading, wrong.span, "a setting has no block; write its items on its line, or between `[` and `]`");
  }
  const kind = isSettingName(name) ? SETTINGS[name].kind : "names";
  const place = kind === "boolean" || kind === "duration" ? "value" : "line";
  return readItems(values.filter(isToken), place, reading.report);
}

function readSetting({ text, span }: TokenElement, values: readonly Element[], reading: Reading): SettingNode {
  const before = reading.count();
  const items = readSettingItems(text, values, reading);
  const end = values.at(-1)?.span ?? span;
  return { key: { text, span }, items, damaged: reading.count() > before, span: joinSpans(span, end) };
}

const NAME = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/;

function readName(element: Element | undefined, after: Span, reading: Reading): Word | null {
  if (!isAtom(element)) {
    reportSyntax(reading, after, "a policy has a name; write `policy NAME {`");
    return null;
  }
  const { text, span } = element;
  if (!NAME.test(text)) {
    const suggestion = text.replace(/[-_.]+/g, "-");
    reportSyntax(
      reading,
      span,
      "a name is letters, digits and single hyphens, and begins with a letter",
      NAME.test(suggestion) ? suggestion : undefined,
    );
    return null;
  }
  return { text, span };
}

function readPolicy(
  head: TokenElement,
  words: readonly Element[],
  block: BlockElement | null,
  reading: Reading,
): PolicyNode {
  const before = reading.count();
  const documentation = reading.documentationAbove(head.span.start);
  const name = readName(words[0], head.span, reading);
  const [, extra] = words;
  if (name && extra) reportSyntax(reading, extra.span, `behind \`policy ${name.text}\` comes \`{\``);
  const span = joinSpans(head.span, (block ?? words.at(-1) ?? head).span);
  if (!block) {
    if (name && !extra)
      reportSyntax(reading, name.span, `behind \`policy ${name.text}\` comes \`{\`, on the same line`);
    return { name, documentation, settings: [], damaged: true, span };
  }
  const body: Body = { settings: [], policies: [] };
  if (!block.closed) reportUnclosed("unclosed-block", block, reading);
  readBody(block.statements, body, reading);
  for (const inner of body.policies) {
    reportSyntax(reading, inner.span, "a policy can't be inside another; write it behind this one's `}`");
  }
  return { name, documentation, settings: body.settings, damaged: reading.count() > before, span };
}

/** The word that the head of a block was meant to be. */
function readBlockHead(head: TokenElement, reading: Reading): void {
  const meant = findNearest(head.text, DECLARATIONS);
  const problem = "only `policy NAME` has a block";
  reportSyntax(reading, head.span, meant ? `${problem}; did you mean \`${meant}\`?` : problem, meant ?? undefined);
}

/** The first index from `from` on that fits, or the statement's length. */
function indexFrom(statement: Statement, from: number, fits: (element: Element) => boolean): number {
  for (let index = from; index < statement.length; index++) {
    const element = statement[index];
    if (element && fits(element)) return index;
  }
  return statement.length;
}

/** Reports what can't begin a line, and gives back where something begins that can. */
function skipUnreadable(statement: Statement, from: number, reading: Reading): number {
  const head = statement[from];
  if (!head) return statement.length;
  if (isToken(head)) reportSyntax(reading, head.span, `this \`${head.text}\` has nothing to do here; remove it`, "");
  else reportSyntax(reading, head.span, "a line begins with a setting or with `policy NAME {`");
  return indexFrom(statement, from + 1, isAtom);
}

/** Reads one setting or declaration, and gives back where in the statement something else begins. */
function readOne(statement: Statement, from: number, body: Body, reading: Reading): number {
  const head = statement[from];
  if (!isAtom(head)) return skipUnreadable(statement, from, reading);
  const blockIndex = indexFrom(statement, from, ({ kind }) => kind === "block");
  const element = statement[blockIndex];
  const block = element?.kind === "block" ? element : null;
  const behindBlock = blockIndex + 1;
  const words = statement.slice(from + 1, blockIndex);
  if (head.text === "policy") {
    body.policies.push(readPolicy(head, words, block, reading));
    return behindBlock;
  }
  if (RESERVED_WORDS.includes(head.text)) {
    reportSyntax(reading, head.span, `\`${head.text}\` is a reserved word and can't begin a line here`);
    return behindBlock;
  }
  if (block && !isSettingName(head.text)) {
    readBlockHead(head, reading);
    body.policies.push({ ...readPolicy(head, words, block, reading), damaged: true });
    return behindBlock;
  }
  // A list without an end was cut where the next setting begins.
  const end = indexFrom(statement, from, (value) => value.kind === "list" && !value.closed) + 1;
  body.settings.push(readSetting(head, statement.slice(from + 1, end), reading));
  return end;
}

/** A word that begins with `#` was meant as a comment: one begins only where white space, `[`, `{` or `,` is before it. */
function cutComment(statement: Statement, { report }: Reading): readonly Element[] {
  const at = statement.findIndex((element) => isAtom(element) && element.text.startsWith("#"));
  const hash = statement[at];
  if (!hash) return statement;
  const { start } = hash.span;
  const fix = { title: "write a space before `#`", edits: [{ span: { start, end: start }, text: " " }] };
  report(
    createDiagnostic(
      "syntax",
      { start, end: start + 1 },
      { problem: "a comment begins behind white space; write a space before `#`" },
      { fix },
    ),
  );
  return statement.slice(0, at);
}

/** Joins a `policy NAME` with the `{` that begins the next line, and says that it belongs on the same line. */
function joinBlocks(statements: readonly Statement[], reading: Reading): Statement[] {
  const joined: Statement[] = [];
  for (const whole of statements) {
    const [first, ...others] = cutComment(whole, reading);
    if (!first) continue;
    const statement: Statement = [first, ...others];
    const previous = joined.at(-1);
    const isWaiting = isAtom(previous?.[0]) && previous[0].text === "policy" && previous.every(isAtom);
    if (previous && first.kind === "block" && isWaiting) {
      const span = { start: (previous.at(-1) ?? first).span.end, end: first.opening.start };
      const fix = { title: "put it there", edits: [{ span, text: " " }] };
      reading.report(
        createDiagnostic("syntax", first.opening, { problem: "`{` stands on the line of `policy NAME`" }, { fix }),
      );
      const [head, ...words] = previous;
      joined[joined.length - 1] = [head, ...words, ...statement];
    } else {
      joined.push(statement);
    }
  }
  return joined;
}

function readBody(statements: readonly Statement[], body: Body, reading: Reading): void {
  for (const statement of joinBlocks(statements, reading)) {
    for (let from = 0; from < statement.length; ) {
      const next = readOne(statement, from, body, reading);
      const last = statement[next - 1];
      const following = statement[next];
      if (following && last?.kind === "block" && last.closed) {
        const end = { start: last.span.end, end: last.span.end };
        const fix = { title: "begin a new line", edits: [{ span: end, text: "\n" }] };
        reading.report(
          createDiagnostic("syntax", following.span, { problem: "behind `}` begins a new line" }, { fix }),
        );
      }
      from = next;
    }
  }
}

/** Reads the statements of a file. */
export function readStatements(statements: readonly Statement[], reading: Reading): FileNode {
  const before = reading.count();
  const body: Body = { settings: [], policies: [] };
  readBody(statements, body, reading);
  return { settings: body.settings, policies: body.policies, damaged: reading.count() > before };
}
