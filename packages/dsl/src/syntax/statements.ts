import { createDiagnostic } from "../diagnostics/diagnostic.js";
import { findNearest } from "../diagnostics/did-you-mean.js";
import { before, behind, joinSpans } from "../text/span.js";
import type { ExpectationNode, ImportNode, PolicyNode, SetNode, SettingNode, WhenNode, Word } from "./ast.js";
import type { BlockElement, Element, Statement, TokenElement } from "./elements.js";
import { CLAIM_WORDS, readExpectation } from "./expectations.js";
import { endOfImport, readImport } from "./imports.js";
import { readName, readNameWord } from "./names.js";
import { indexFrom, isAtom, isToken, isWord, type Reading, reportSyntax, reportUnclosed } from "./reading.js";
import { suggestSetting } from "./setting-name.js";
import { readSetting, readValues } from "./settings.js";
import { isSettingName, RESERVED_WORDS, UNSAFE, WHEN } from "./vocabulary.js";

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
    } else if (isAtom(word)) {
      const profile = readNameWord(word, reading);
      if (profile) profiles.push(profile);
    } else if (!isComma) {
      reportSyntax(
        reading,
        word.span,
        "profiles stand behind `when` without brackets, as in `when staging, development {`",
      );
    }
    separated = isComma;
  }
  const last = words.at(-1);
  if (last?.kind === "comma") reportSyntax(reading, last.span, "there is no profile behind this comma; remove it", "");
  if (!block && words.length > 0) reportMissingBlock(declaration, reading);
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

function isClaim(element: Element | undefined): boolean {
  return isAtom(element) && CLAIM_WORDS.includes(element.text);
}

/** An item that stands where a setting would: the `[` before it is missing. */
function isItem(element: Element | undefined): boolean {
  if (!isAtom(element) || element.text.includes("+=")) return false;
  return /:\/\/|^@|^\*$/.test(element.text) || isWord(element, UNSAFE);
}

/** The declaration that a head was meant to be, or that it stands in the place of, from what is behind it. */
function guessHead({ head, words, block }: Declaration): { readonly guess: string; readonly isHead: boolean } | null {
  if (isSettingName(head.text)) return null;
  if (block?.statements.length && block.statements.every(([first]) => isClaim(first))) {
    return { guess: "expect", isHead: findNearest(head.text, ["expect"]) === null };
  }
  const isImport = words.some((word) => isAtom(word) && word.text.startsWith('"'));
  if (isImport) return { guess: "import", isHead: findNearest(head.text, ["import"]) === null };
  const hasLostSet = words[0]?.kind === "list" || (isWord(words[0], "set") && words[1]?.kind === "list");
  if (hasLostSet && suggestSetting(head.text) === null) return { guess: "set", isHead: true };
  const candidates = block ? ["policy", "when"] : words[1]?.kind === "list" ? ["set"] : [];
  const guess = findNearest(head.text, candidates);
  return guess === null ? null : { guess, isHead: false };
}

/** Reads what has lost its head, or has a misspelt one. */
function readGuessed(declaration: Declaration, place: Place, body: Body, reading: Reading): boolean {
  const guessed = guessHead(declaration);
  if (!guessed) return false;
  const { guess, isHead } = guessed;
  const { head, words } = declaration;
  if (isHead) {
    const fix = { title: `write \`${guess}\``, edits: [{ span: before(head.span), text: `${guess} ` }] };
    const problem = `this looks like \`${guess}\`, which the line has to begin with`;
    reading.report(createDiagnostic("syntax", head.span, { problem }, { fix }));
  } else {
    reportSyntax(reading, head.span, `there is no \`${head.text}\`; did you mean \`${guess}\`?`, guess);
  }
  const all = [head, ...words].filter((word) => !isWord(word, guess));
  readDeclaration(guess, isHead ? { ...declaration, words: all } : declaration, place, body, reading);
  return true;
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

function readDeclaration(name: string, declaration: Declaration, place: Place, body: Body, reading: Reading): void {
  const isAllowed = place === "file" || (name === WHEN && place === "policy");
  if (!isAllowed) reportWrongPlace(declaration.head, place, reading);
  READERS[name]?.(declaration, body, reading);
}

/** Where a declaration or setting ends that begins at an index: behind its block or list, or with the line. */
function endOf(statement: Statement, from: number): number {
  const head = statement[from];
  const word = isAtom(head) ? head.text : "";
  if (word === "import") return from + 1 + endOfImport(statement.slice(from + 1));
  const block = indexFrom(statement, from, ({ kind }) => kind === "block");
  // A list without an end was cut where the next line begins.
  const unclosed = indexFrom(statement, from, (value) => value.kind === "list" && !value.closed);
  const list = indexFrom(statement, from, (value) => value.kind === "list");
  const next = statement[list + 1];
  const isFollowed = isAtom(next) && (isSettingName(next.text) || Object.hasOwn(READERS, next.text));
  const end = Math.min(block, unclosed, isFollowed || word === "set" ? list : statement.length);
  return Math.min(end + 1, statement.length);
}

/** Reads one setting or declaration, and gives back where in the statement something else begins. */
function readOne(statement: Statement, from: number, place: Place, body: Body, reading: Reading): number {
  const head = statement[from];
  if (!isAtom(head)) return skipUnreadable(statement, from, reading);
  const end = endOf(statement, from);
  const last = statement[end - 1];
  const block = last?.kind === "block" ? last : null;
  const words = statement.slice(from + 1, block ? end - 1 : end);
  const declaration = { head, words, block };
  if (Object.hasOwn(READERS, head.text)) {
    readDeclaration(head.text, declaration, place, body, reading);
  } else if (readGuessed(declaration, place, body, reading)) {
    return end;
  } else if (isClaim(head)) {
    reportSyntax(reading, head.span, "a claim stands in the block of an `expect`; write `expect NAME {` before it");
  } else if (isItem(head)) {
    reportSyntax(reading, head.span, "an item stands behind its setting, or in its list; a `[` is missing before it");
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

/** What follows a line that belongs to something whose `[` or `{` is missing is not reported again, up to its end. */
function isOrphan(statement: Statement, previous: Statement | undefined, closer: string): boolean {
  const [first] = statement;
  const [before] = previous ?? [];
  const isCloser = statement.length === 1 && first.kind === "bracket" && first.text === closer;
  const isSame = closer === "]" ? isItem(first) : isClaim(first);
  const wasSame = closer === "]" ? isItem(before) : isClaim(before);
  return wasSame && (isSame || isCloser);
}

function isUnclosed(element: Element | undefined): boolean {
  return (element?.kind === "list" || element?.kind === "block") && !element.closed;
}

function readBody(statements: readonly Statement[], place: Place, body: Body, reading: Reading): void {
  let previous: Statement | undefined;
  for (const statement of joinBlocks(statements, reading)) {
    const isReported = isOrphan(statement, previous, "]") || isOrphan(statement, previous, "}");
    previous = statement;
    for (let from = 0; from < statement.length && !isReported; ) {
      const next = readOne(statement, from, place, body, reading);
      const last = statement[next - 1];
      const following = statement[next];
      if (following && isAtom(statement[from]) && !isUnclosed(last)) {
        const fix = { title: "begin a new line", edits: [{ span: before(following.span), text: "\n" }] };
        const problem = `\`${following.span.file.text.slice(following.span.start, following.span.end).slice(0, 40)}\` begins a new line`;
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
