/** A definition has lists, lists have items, and an item may be an object: what is deeper is wrong, whatever it is. */
const DEEPEST = 3;

function copyList(list: readonly unknown[], depth: number): unknown[] {
  // A list with holes can claim any length. Its first hole is among as many places as it has keys, and one more.
  const length = Math.min(list.length, Object.keys(list).length + 1);
  return Array.from({ length }, (_, index) =>
    Object.hasOwn(list, index) ? copyValue(list[index], depth + 1) : undefined,
  );
}

function copyValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth >= DEEPEST) return value;
  if (Array.isArray(value)) return copyList(value, depth);
  // Without a prototype, `__proto__` is a name like any other, and what something has added to Object.prototype (a
  // `credentials`, say) is not a member of every definition.
  const copy: Record<string, unknown> = Object.create(null);
  for (const name of Object.getOwnPropertyNames(value)) copy[name] = copyValue(Reflect.get(value, name), depth + 1);
  return copy;
}

/**
 * Copies what a caller has passed as a definition. Every member is read once, so that a getter or a proxy can't show one
 * value to the checks and another to the policy; only an object's own members count; nothing is kept by reference that
 * could be changed later.
 *
 * @throws Whatever a getter or proxy in it throws.
 */
export function takeSnapshot(definition: unknown): unknown {
  return copyValue(definition, 0);
}
