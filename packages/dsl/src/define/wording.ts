/*
 * The language's sentences put what to write between backticks. Where that is more than an item, an object says it
 * otherwise; all such phrases are here.
 */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/`unsafe ([^`]+)`/g, '`{ unsafe: "$1" }`'],
  [/`credentials (true|false)`/g, "`credentials: $1`"],
  [/`\*, Authorization`/g, '`["*", "Authorization"]`'],
  [/`\*` or `none`/g, '`"*"` or `"none"`'],
  [/or `none`/g, 'or `"none"`'],
  [/`([0-9]+[smhd])`/g, '`"$1"`'],
];

/**
 * Says a sentence of the language about objects.
 *
 * @example
 * ```ts
 * toWordsOfObjects("list the names, or write `credentials false`"); // "list the names, or write `credentials: false`"
 * ```
 */
export function toWordsOfObjects(sentence: string): string {
  return PHRASES.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), sentence);
}
