import { createDiagnostic } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { before, behind, joinSpans } from "../text/span.js";
import type { ExpectationNode, ImportNode, PolicyNode, SetNode, SettingNode, WhenNode, Word } from "./ast.js";
import type { BlockElement, Element, Statement, TokenElement } from "./elements.js";
import { readExpectation } from "./expectations.js";
import { readImport } from "./imports.js";
import { readName } from "./names.js";
import { indexFrom, isAtom, isToken, isWord, type Reading, reportSyntax, reportUnclosed } from "./reading.js";
import { readSetting, readValues } from "./settings.js";
import { isSettingName, RESERVED_WORDS } from "./vocabulary.js";

/** What statements stand in. */
type Place = "file" | "policy" | "when";

/** What they add up to. */
export interface Body {
  readonly imports: ImportNode[];
  readonly sets: SetNode[];
  readonly policies: PolicyNode[];
  readonly expectations: ExpectationNode[];
  readonly settings: SettingNode[];
  readonly whens: WhenNode[];
}

/** A head with what belongs to it. */
interface Declaration {
  readonly head: TokenElement;
  /** Between the head and the block, or to the end. */
  readonly words: readonly Element[];
  readonly block: BlockElement | null;
}

function emptyBody(): Body {
  return { imports: [], sets: [], policies: [], expectations: [], settings: [], whens: [] };
}

function spanOf({ head, words, block }: Declaration) {
  return joinSpans(head.span, (block ?? words.at(-1) ?? head).span);
}

function readBlock(block: BlockElement, place: Place, reading: Reading): Body {
  const body = emptyBody();
  if (!block.closed) reportUnclosed(block, reading);
  readBody(block.statements, place, body, reading);
  return body;
}

function reportMissingBlock({ head, words }: Declaration, reading: Reading): void {
  const written = [head, ...words.filter(isToken)].map(({ text }) => text).join(" ");
  reportSyntax(reading, (words.at(-1) ?? head).span, `behind \`${written}\` comes \`{\`, on the same line`);
}

function readPolicy(declaration: Declaration, reading: Reading): PolicyNode {
  const { head, words, block } = declaration;
  const before = reading.count();
  const documentation = reading.documentationAbove(head.span.start);
  const [first, extension, second, extra] = words;
  const name = readName(first, head.span, "a policy has a name; write `policy NAME {`", reading);
  const wrong = extension && !isWord(extension, "extends") ? extension : extra;
  if (name && wrong)
    reportSyntax(reading, wrong.span, `behind \`policy ${name.text}\` comes \`{\`, or \`extends NAME {\``);
  const base = readBase(wrong ? undefined : extension, second, reading);
  if (!block && name && !wrong) reportMissingBlock(declaration, reading);
  const { settings, whens } = block ? readBlock(block, "policy", reading) : emptyBody();
  const damaged = reading.count() > before || !block;
  return { name, base, documentation, settings, whens, damaged, span: spanOf(declaration) };
}

function readBase(extension: Element | undefined, base: Element | undefined, reading: Reading): Word | null {
  if (!extension) return null;
  if (isWord(base, "default")) return { text: base.text, span: base.span };
  return readName(base, extension.span, "behind `extends` comes the name of a policy", reading);
}

function readWhen(declaration: Declaration, reading: Reading): WhenNode {
  const { head, words, block } = declaration;
  const profiles: Word[] = [];
  let separated = true;
  if (words.length === 0) reportSyntax(reading, head.span, "`when` names profiles; write `when NAME {`");
  for (const word of words) {
    const isComma = word.kind === "comma";
    if (isComma === separated) {
      reportSyntax(
        reading,
        word.span,
        "the profiles of a `when` are separated by commas, as in `when staging, development {`",
      );
    } else if (!isComma) {
      const profile = readName(word, head.span, "", reading);
      if (profile) profiles.push(profile);
    }
    separated = isComma;
  }
  if (!block) reportMissingBlock(declaration, reading);
  const { settings } = block ? readBlock(block, "when", reading) : emptyBody();
  return { profiles, settings, span: spanOf(declaration) };
}

function readSet(declaration: Declaration, reading: Reading): SetNode {
  const { head, words } = declaration;
  const before = reading.count();
  const documentation = reading.documentationAbove(head.span.start);
  const [first, list] = words;
  const name = readName(first, head.span, "a set has a name; write `set NAME [`", reading);
  if (name && list?.kind !== "list") {
    reportSyntax(reading, (list ?? name).span, `behind \`set ${name.text}\` comes its list, between \`[\` and \`]\``);
  }
  const items = list?.kind === "list" ? readValues(words.slice(1), "list", reading) : [];
  return { name, items, documentation, damaged: reading.count() > before, span: spanOf(declaration) };
}

const READERS: Readonly<Record<string, (declaration: Declaration, body: Body, reading: Reading) => void>> = {
  policy: (declaration, body, reading) => void body.policies.push(readPolicy(declaration, reading)),
  set: (declaration, body, reading) => void body.sets.push(readSet(declaration, reading)),
  import: ({ head, words }, body, reading) => void body.imports.push(readImport(head, words, reading)),
  when: (declaration, body, reading) => void body.whens.push(readWhen(declaration, reading)),
  expect: ({ head, words, block }, body, reading) =>
    void body.expectations.push(readExpectation(head, words, block, reading)),
};

/** The declaration that a misspelt head was meant to be, from what stands behind it. */
function guessHead(head: TokenElement, words: readonly Element[], block: BlockElement | null): string | null {
  const candidates = block
    ? ["policy", "when", "expect"]
    : words[1]?.kind === "list"
      ? ["set"]
      : words.some((word) => isWord(word, "from"))
        ? ["import"]
        : [];
  return isSettingName(head.text) ? null : findNearest(head.text, candidates);
}

function reportWrongPlace(head: TokenElement, place: Place, reading: Reading): void {
  const where = place === "policy" ? "inside of a policy" : "inside of a `when`";
  reportSyntax(reading, head.span, `\`${head.text}\` can't stand ${where}; write it behind the \`}\``);
}

/** Reports what can't begin a line, and gives back where something begins that can. */
function skipUnreadable(statement: Statement, from: number, reading: Reading): number {
  const head = statement[from];
  if (!head) return statement.length;
  if (isToken(head)) reportSyntax(reading, head.span, `this \`${head.text}\` has nothing to do here; remove it`, "");
  else
    reportSyntax(
      reading,
      head.span,
      "a line begins with a setting, or with `policy`, `set`, `import`, `when` or `expect`",
    );
  return indexFrom(statement, from + 1, isAtom);
}

/** Reads one setting or declaration, and gives back where in the statement something else begins. */
function readOne(statement: Statement, from: number, place: Place, body: Body, reading: Reading): number {
  const head = statement[from];
  if (!isAtom(head)) return skipUnreadable(statement, from, reading);
  const blockIndex = indexFrom(statement, from, ({ kind }) => kind === "block");
  const element = statement[blockIndex];
  const block = element?.kind === "block" ? element : null;
  // A list without an end was cut where the next line begins.
  const listEnd = indexFrom(statement, from, (value) => value.kind === "list" && !value.closed) + 1;
  const end = block && blockIndex < listEnd ? blockIndex + 1 : Math.min(listEnd, statement.length);
  const words = statement.slice(from + 1, block && blockIndex < listEnd ? blockIndex : end);
  const guess = Object.hasOwn(READERS, head.text) ? head.text : guessHead(head, words, block);
  if (guess !== null) {
    if (guess !== head.text) {
      reportSyntax(reading, head.span, `there is no \`${head.text}\`; did you mean \`${guess}\`?`, guess);
    }
    if (place !== "file" && (guess !== "when" || place === "when")) reportWrongPlace(head, place, reading);
    READERS[guess]?.({ head, words, block }, body, reading);
  } else if (RESERVED_WORDS.includes(head.text)) {
    reportSyntax(reading, head.span, `\`${head.text}\` is a reserved word and can't begin a line here`);
  } else if (block && !isSettingName(head.text)) {
    reportSyntax(reading, head.span, "only `policy`, `when` and `expect` have a block");
    readBlock(block, "policy", reading);
  } else {
    body.settings.push(readSetting(head, statement.slice(from + 1, end), reading));
  }
  return end;
}

/** A word that begins with `#` was meant as a comment: one begins only where white space, `[`, `{` or `,` is before it. */
function cutComment(statement: Statement, { report }: Reading): readonly Element[] {
  const at = statement.findIndex((element) => isAtom(element) && element.text.startsWith("#"));
  const hash = statement[at];
  if (!hash) return statement;
  const place = before(hash.span);
  const problem = "a comment begins behind white space; write a space before `#`";
  const fix = { title: "write a space before `#`", edits: [{ span: place, text: " " }] };
  report(createDiagnostic("syntax", { ...place, end: place.start + 1 }, { problem }, { fix }));
  return statement.slice(0, at);
}

/** Joins a head that waits for its block with the `{` that begins the next line, and says that it belongs on the same. */
function joinBlocks(statements: readonly Statement[], reading: Reading): Statement[] {
  const joined: Statement[] = [];
  for (const whole of statements) {
    const [first, ...others] = cutComment(whole, reading);
    if (!first) continue;
    const previous = joined.at(-1);
    const head = previous?.[0];
    const isWaiting = isAtom(head) && ["policy", "when", "expect"].includes(head.text) && previous?.every(isToken);
    if (previous && first.kind === "block" && isWaiting) {
      const gap = { ...behind((previous.at(-1) ?? first).span), end: first.opening.start };
      const fix = { title: "put it there", edits: [{ span: gap, text: " " }] };
      const problem = `\`{\` stands on the line of its \`${head.text}\``;
      reading.report(createDiagnostic("syntax", first.opening, { problem }, { fix }));
      const [previousFirst, ...words] = previous;
      joined[joined.length - 1] = [previousFirst, ...words, first, ...others];
    } else {
      joined.push([first, ...others]);
    }
  }
  return joined;
}

function readBody(statements: readonly Statement[], place: Place, body: Body, reading: Reading): void {
  for (const statement of joinBlocks(statements, reading)) {
    for (let from = 0; from < statement.length; ) {
      const next = readOne(statement, from, place, body, reading);
      const last = statement[next - 1];
      const following = statement[next];
      if (following && last?.kind === "block" && last.closed) {
        const fix = { title: "begin a new line", edits: [{ span: behind(last.span), text: "\n" }] };
        const problem = "behind `}` begins a new line";
        reading.report(createDiagnostic("syntax", following.span, { problem }, { fix }));
      }
      from = next;
    }
  }
}

/** Reads the statements of a file. */
export function readStatements(statements: readonly Statement[], reading: Reading): Body {
  const body = emptyBody();
  readBody(statements, "file", body, reading);
  return body;
}
