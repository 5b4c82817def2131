import type { PolicyDeclaration } from "../resolve/scope.js";
import type { BodyNode, Item, SettingNode, WhenNode } from "../syntax/ast.js";
import { isSettingName, NONE, SETTING_NAMES, type SettingName } from "../syntax/vocabulary.js";
import type { Edit } from "../text/edit.js";
import { lineStartOf, lineTextAt } from "../text/source-file.js";
import { before, behind, type Span } from "../text/span.js";

/** The indentation of what stands inside of a block. */
const INDENT = "  ";

function indentOf({ file, start }: Span): string {
  return /^[ \t]*/.exec(lineTextAt(file.text, start))?.[0] ?? "";
}

function lineEndOf({ file: { text } }: Span): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** How many characters of the line are left behind a span; `null` where there is more than a comma and a comment. */
function lengthOfRest({ file: { text }, end }: Span): number | null {
  const newLine = text.indexOf("\n", end);
  const rest = text.slice(end, newLine < 0 ? text.length : newLine).replace(/\r$/, "");
  return /^[ \t]*,?[ \t]*(?:#.*)?$/.test(rest) ? rest.length : null;
}

/** The end of a span's last line where nothing else follows there, else the end of the span. */
function endOfLine(span: Span): Span {
  const end = span.end + (lengthOfRest(span) ?? 0);
  return { file: span.file, start: end, end };
}

/** Whether an item has a line of its own. */
function isAlone({ span, unsafe }: Item): boolean {
  const { text } = span.file;
  const start = unsafe?.start ?? span.start;
  return text.slice(lineStartOf(text, start), start).trim() === "" && lengthOfRest(span) !== null;
}

/** Adds items behind one that is there, in the way in which that is written. */
function addBehind(anchor: Item, texts: readonly string[]): Edit {
  if (anchor.text === NONE) return { span: anchor.span, text: texts.join(", ") };
  if (!isAlone(anchor)) return { span: behind(anchor.span), text: texts.map((text) => `, ${text}`).join("") };
  const { span } = anchor;
  const start = `${lineEndOf(span)}${indentOf(span)}`;
  return { span: endOfLine(span), text: texts.map((text) => `${start}${text}`).join("") };
}

/** How far right of its key a setting's value begins; 0 where there is more between them than blanks. */
function columnOf({ key, items: [item] }: SettingNode): number {
  const start = (item?.unsafe ?? item?.span)?.start ?? key.span.end;
  const between = key.span.file.text.slice(key.span.end, start);
  return /^[ \t]*$/.test(between) ? start - key.span.start : 0;
}

/** `key value`, the value below that of a setting beside it. */
function writeSetting(key: string, value: string, neighbour: SettingNode): string {
  return `${`${key} `.padEnd(columnOf(neighbour))}${value}`;
}

/** Writes a setting that a block has not, where it is usually written. */
function addSetting(name: SettingName, key: string, value: string, block: Block): Edit {
  const rank = ({ key: { text } }: SettingNode) => (isSettingName(text) ? SETTING_NAMES.indexOf(text) : -1);
  const ranked = block.settings.filter((other) => rank(other) >= 0);
  const previous = ranked.filter((other) => rank(other) < SETTING_NAMES.indexOf(name)).at(-1);
  if (previous) {
    const text = writeSetting(key, value, previous);
    return { span: endOfLine(previous.span), text: `${lineEndOf(previous.span)}${indentOf(previous.span)}${text}` };
  }
  const [next] = ranked;
  if (next) {
    const text = writeSetting(key, value, next);
    return { span: before(next.span), text: `${text}${lineEndOf(next.span)}${indentOf(next.span)}` };
  }
  const { open } = block;
  const end = `${lineEndOf(open)}${indentOf(open)}`;
  const isOnOneLine = lengthOfRest(open) === null;
  return { span: endOfLine(open), text: `${end}${INDENT}${key} ${value}${isOnOneLine ? end : ""}` };
}

/** Where settings are written: a policy's own block, or one for some profiles. */
interface Block {
  readonly settings: readonly SettingNode[];
  /** The brace that opens it; where there is none, the place of the first setting. */
  readonly open: Span;
}

function openingOf(start: Span): Span {
  const at = start.file.text.indexOf("{", start.start);
  return at < 0 ? before(start) : { ...start, start: at, end: at + 1 };
}

function ownBlock({ body, base, span, isTopLevel }: PolicyDeclaration): Block {
  return { settings: body.settings, open: isTopLevel ? before(span) : openingOf(base?.span ?? span) };
}

function whenBlock({ settings, span }: WhenNode): Block {
  return { settings, open: openingOf(span) };
}

function findNodes(name: SettingName, body: BodyNode, profile: string | null): readonly SettingNode[] {
  const whens = body.whens.filter(({ profiles }) => profiles.some(({ text }) => text === profile));
  const settings = [...body.settings, ...whens.flatMap((when) => when.settings)];
  return settings.filter(({ key }) => key.text === name);
}

/**
 * Adds items to a list of a policy, in its own text and in the block that has the last word for a profile: so no policies
 * get them but this one and those that extend it, and as few profiles as possible.
 *
 * @param beside - The place of an item to stand beside; elsewhere than in that list it means nothing.
 * @param isInherited - Whether the policy has items of this list by `extends`.
 *
 * @example
 * ```ts
 * addToList("methods", ["PATCH"], { declaration, profile: null, beside: null, isInherited: false });
 * // { span: behind `PUT`, text: ", PATCH" }
 * ```
 */
export function addToList(
  name: SettingName,
  texts: readonly string[],
  at: {
    readonly declaration: PolicyDeclaration;
    readonly profile: string | null;
    readonly beside: Span | null;
    readonly isInherited: boolean;
  },
): Edit {
  const { declaration, profile, beside, isInherited } = at;
  const node = findNodes(name, declaration.body, profile).at(-1);
  const anchor = node?.items.find(({ span }) => span === beside) ?? node?.items.at(-1);
  if (anchor) return addBehind(anchor, texts);
  return addSetting(name, isInherited ? `${name} +=` : name, texts.join(", "), ownBlock(declaration));
}

/** Sets what has one value. */
export function setValue(
  name: SettingName,
  value: string,
  declaration: PolicyDeclaration,
  profile: string | null,
): Edit {
  const [item] = findNodes(name, declaration.body, profile).at(-1)?.items ?? [];
  if (item) return { span: item.span, text: value };
  return addSetting(name, name, value, ownBlock(declaration));
}

/** Lets an origin in for a profile alone. */
export function addOriginFor(profile: string, origin: string, declaration: PolicyDeclaration): Edit {
  const { body } = declaration;
  const when = body.whens.find(({ profiles }) => profiles.length === 1 && profiles[0]?.text === profile);
  const anchor = when?.settings.find(({ key }) => key.text === "origins")?.items.at(-1);
  if (anchor) return addBehind(anchor, [origin]);
  if (when) return addSetting("origins", "origins +=", origin, whenBlock(when));
  const last = body.whens.at(-1) ?? body.settings.at(-1);
  const { open } = ownBlock(declaration);
  const place = last?.span ?? open;
  const end = lineEndOf(place);
  const indent = last ? indentOf(place) : INDENT;
  const block = [`when ${profile} {`, `${INDENT}origins += ${origin}`, "}"];
  return {
    span: endOfLine(place),
    text: `${last ? end : ""}${block.map((line) => `${end}${indent}${line}`).join("")}`,
  };
}
