import type { Header } from "../decision.js";

/** Headers as they come: `Headers`, a `Map`, a list of pairs, or an object whose lists are lines of one name. */
export type HeadersLike =
  | Iterable<readonly [name: string, value: string]>
  | Readonly<Record<string, string | number | readonly string[] | undefined>>;

function isIterable(headers: HeadersLike): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}

/**
 * The lines of headers, whatever they are kept in.
 *
 * @example
 * ```ts
 * readHeaderLines({ vary: ["Origin", "Accept"], etag: undefined }); // [["vary", "Origin"], ["vary", "Accept"]]
 * ```
 */
export function readHeaderLines(headers: HeadersLike): readonly Header[] {
  if (isIterable(headers)) return [...headers];
  return Object.entries(headers).flatMap(([name, value]) => {
    const values = value === undefined ? [] : [value].flat();
    return values.map((line): Header => [name, String(line)]);
  });
}
