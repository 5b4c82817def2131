import { createDiagnostic, type Report } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "./source-file.js";

/**
 * Decodes the bytes of a source file.
 *
 * @returns The file; a byte-order mark stays in its text. Bytes that are not UTF-8 are reported, once for a file, and
 * become U+FFFD.
 */
export function decode(name: string, bytes: Uint8Array, report: Report): SourceFile {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const file = { name, text };
  const again = new TextEncoder().encode(text);
  const firstWrong = bytes.findIndex((byte, index) => again[index] !== byte);
  if (firstWrong >= 0) {
    const start = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, firstWrong)).length;
    report(createDiagnostic("invalid-utf8", { file, start, end: start + 1 }, { offset: firstWrong }));
  }
  return file;
}
