import { joinSpans, type Span } from "../text/span.js";
import type { Item, SettingNode } from "./ast.js";
import type { Element, TokenElement } from "./elements.js";
import { type ItemsPlace, readItems } from "./items.js";
import { isAtom, isToken, type Reading, reportSyntax, reportUnclosed } from "./reading.js";
import { suggestSetting } from "./setting-name.js";
import { isListSetting, isSettingName } from "./vocabulary.js";

const APPEND = "+=";

/** Reads the items behind a head: a list, or words on its line. */
export function readValues(values: readonly Element[], place: ItemsPlace, reading: Reading): Item[] {
  const [first, second] = values;
  if (first?.kind === "list") {
    if (!first.closed) reportUnclosed(first, reading);
    if (second?.kind === "bracket") {
      reportSyntax(reading, second.span, `this \`${second.text}\` closes nothing; remove it`, "");
    } else if (second) {
      const problem = "a list between `[` and `]` stands alone; put this into it, or on a line of its own";
      reportSyntax(reading, second.span, problem);
    }
    return readItems(first.elements, place === "value" ? "value-list" : "list", reading.report);
  }
  const wrong = values.find((value) => !isToken(value));
  if (wrong?.kind === "list") {
    reportSyntax(reading, wrong.span, "a list between `[` and `]` stands alone; put the items before it into it");
  } else if (wrong) {
    reportSyntax(reading, wrong.span, "a setting has no block; write its items on its line, or between `[` and `]`");
  }
  return readItems(values.filter(isToken), place, reading.report);
}

interface Head {
  readonly key: TokenElement;
  readonly appends: Span | null;
  readonly values: readonly Element[];
}

/** A part of a word, as a word. */
function part(word: TokenElement, start: number, end: number): TokenElement {
  const { file } = word.span;
  const span = { file, start: word.span.start + start, end: word.span.start + end };
  return { kind: "atom", text: word.text.slice(start, end), span };
}

/** Finds `+=`, which may touch the key and the first item. */
function splitHead(head: TokenElement, values: readonly Element[]): Head {
  const [first] = values;
  const word = head.text.includes(APPEND) ? head : isAtom(first) && first.text.startsWith(APPEND) ? first : null;
  if (!word) return { key: head, appends: null, values };
  const at = word.text.indexOf(APPEND);
  const end = at + APPEND.length;
  const item = end < word.text.length ? [part(word, end, word.text.length)] : [];
  const others = word === head ? values : values.slice(1);
  const key = word === head ? part(head, 0, at) : head;
  return { key, appends: part(word, at, end).span, values: [...item, ...others] };
}

/** Reads a setting. */
export function readSetting(head: TokenElement, elements: readonly Element[], reading: Reading): SettingNode {
  const before = reading.count();
  const { key, appends, values: written } = splitHead(head, elements);
  const [first] = written;
  const hasEquals = isAtom(first) && first.text === "=";
  if (hasEquals)
    reportSyntax(reading, first.span, "nothing stands between a setting and its items; remove the `=`", "");
  const values = hasEquals ? written.slice(1) : written;
  if (key.text === "") reportSyntax(reading, head.span, "before `+=` stands the setting that it adds to");
  const name = isSettingName(key.text) ? key.text : suggestSetting(key.text);
  const place = name !== null && !isListSetting(name) ? "value" : "line";
  // What stands behind a word that is no setting at all is not looked at: it may be anything.
  const items = readValues(values, place, name === null ? { ...reading, report: () => {} } : reading);
  return {
    key: { text: key.text, span: key.span },
    appends,
    items,
    damaged: reading.count() > before,
    span: joinSpans(head.span, elements.at(-1)?.span ?? head.span),
  };
}
