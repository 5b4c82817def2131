/**
 * Puts values with the same text together, in their order. `Map.groupBy` does the same, from Node 21 on.
 *
 * @example
 * ```ts
 * groupByText(["a", "b", "a"], (text) => text); // a → ["a", "a"], b → ["b"]
 * ```
 */
export function groupByText<Value>(values: Iterable<Value>, textOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const text = textOf(value);
    const group = groups.get(text);
    if (group) group.push(value);
    else groups.set(text, [value]);
  }
  return groups;
}
