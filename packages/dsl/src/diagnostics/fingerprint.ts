import { lineStartOf, lineTextAt } from "../text/source-file.js";
import type { Diagnostic } from "./diagnostic.js";

/** So much of a line on each side of a place makes it known again; a line may have millions of characters. */
const CONTEXT = 200;

/**
 * FNV-1a with 64 bits (Fowler, Noll and Vo). The hashes of WebCrypto are asynchronous, and those of Node are not in a
 * browser; who makes two findings collide on purpose only hides one of them from themselves.
 */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}

function contextOf({ span: { file, start } }: Diagnostic): string {
  const lineStart = lineStartOf(file.text, start);
  const line = lineTextAt(file.text, start);
  const column = start - lineStart;
  return line.slice(Math.max(0, column - CONTEXT), column + CONTEXT).trim();
}

/**
 * Gives each diagnostic of a report a name to know it by in the next report.
 *
 * @param path - The diagnostic's file, the same on every machine.
 */
export type Fingerprint = (diagnostic: Diagnostic, path: string) => string;

/**
 * Makes the fingerprints of one report: of code, file and the text of the line, so that they stay the same when lines
 * are added above, or when the line is indented. The second of two that are the same there gets another number.
 *
 * @example
 * ```ts
 * const fingerprint = createFingerprint();
 * fingerprint(diagnostic, "policies/api.cors"); // "1f0c…:1"
 * ```
 */
export function createFingerprint(): Fingerprint {
  const counts = new Map<string, number>();
  return (diagnostic, path) => {
    const value = hash([diagnostic.code, path, contextOf(diagnostic)].join("\n"));
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    return `${value}:${count}`;
  };
}
