import { format } from "../format/format.js";
import { DEFAULT_POLICY } from "../resolve/scope.js";
import type { Path } from "./problem.js";
import { type DefinedItem, LISTS, type ReadDefinition } from "./read-definition.js";

/** Which part of a definition a stretch of the text is, in UTF-16 code units. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly path: Path;
}

/** A definition as text of the language, and where in it each part is. */
export interface WrittenDefinition {
  readonly text: string;
  /** In the order of the text, without overlap. */
  readonly places: readonly Place[];
}

function printItem({ text, unsafe }: DefinedItem): string {
  return unsafe ? `unsafe ${text}` : text;
}

/**
 * Writes a definition for the compiler, each item alone on a line of a list: what would mean something on the line of a
 * setting (`+=PUT`, `=`) is an item there, and a fix is about the line of one item.
 */
export function writeForCompiler(definition: ReadDefinition): WrittenDefinition {
  const places: Place[] = [];
  let text = "";
  const write = (written: string, path?: Path): void => {
    if (path) places.push({ start: text.length, end: text.length + written.length, path });
    text += written;
  };

  const isDeclared = definition.name !== DEFAULT_POLICY;
  if (isDeclared) write(`policy ${definition.name} {\n`, ["name"]);
  for (const member of LISTS) {
    const items = definition[member];
    if (!items) continue;
    write(`${member} [\n`, [member]);
    for (const item of items) write(`${printItem(item)}\n`, item.path);
    write("]\n");
  }
  if (definition.credentials !== null) write(`credentials ${definition.credentials}\n`, ["credentials"]);
  if (definition.maxAge !== null) {
    write("max-age [\n");
    write(`${definition.maxAge}\n`, ["maxAge"]);
    write("]\n");
  }
  if (isDeclared) write("}\n");
  return { text, places };
}

const LONGEST_LINE = 100;

/** Several origins, or what is too long for a line, go one a line: so they are reviewed one by one. */
function printList(member: string, items: readonly DefinedItem[]): string {
  const texts = items.map(printItem);
  const line = `${member} ${texts.join(", ")}\n`;
  const isLine = member === "origins" ? items.length === 1 : line.length <= LONGEST_LINE;
  return isLine ? line : `${member} [\n${texts.join("\n")}\n]\n`;
}

/** Writes a definition without faults as a file that the formatter leaves as it is. */
export function writeForPeople(definition: ReadDefinition): string {
  const { name, credentials, maxAge } = definition;
  const lists = LISTS.flatMap((member) => {
    const items = definition[member];
    return items ? [printList(member, items)] : [];
  });
  const settings = [
    ...lists,
    ...(credentials === null ? [] : [`credentials ${credentials}\n`]),
    ...(maxAge === null ? [] : [`max-age ${maxAge}\n`]),
  ].join("");
  const { text, diagnostics } = format(name === DEFAULT_POLICY ? settings : `policy ${name} {\n${settings}}\n`);
  if (diagnostics.length > 0) throw new Error(`a definition without faults became a text with one: ${text}`);
  return text;
}
