import { MISSING } from "../disk/problem.js";
import type { Host } from "../program/host.js";

/** What has been read at a path: a text or bytes, or why it can't be read. */
export type Content = ReturnType<Host["read"]>;

/** What has been read, by path. A path that isn't there is like one whose file doesn't exist. */
export type Contents = ReadonlyMap<string, Content>;

/** Whether something could be read. */
export function isReadable(content: Content | undefined): content is string | Uint8Array {
  return typeof content === "string" || content instanceof Uint8Array;
}

/** Whether there is nothing at the path. */
export function isMissing(content: Content | undefined): boolean {
  return content === undefined || (!isReadable(content) && content.problem === MISSING);
}

/**
 * Whether a file says nothing yet: an editor that empties a file before it writes it leaves it so for a moment.
 */
export function isBlank(content: Content | undefined): boolean {
  return isReadable(content) && content.length === 0;
}

/** Whether two readings of one path are the same. Times of change are not asked: copies and checkouts keep old ones. */
export function isSame(one: Content | undefined, other: Content | undefined): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  if (isReadable(one) || isReadable(other)) return one === other;
  return isMissing(one) ? isMissing(other) : one?.problem === other?.problem;
}
