import { createDiagnostic, type Report } from "../diagnostics/diagnostic.js";

/**
 * Decodes the bytes of a source file.
 *
 * @returns The text; a byte-order mark stays in it. Bytes that are not UTF-8 are reported, once for a file, and become
 * U+FFFD.
 */
export function decode(bytes: Uint8Array, report: Report): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const again = new TextEncoder().encode(text);
  const firstWrong = bytes.findIndex((byte, index) => again[index] !== byte);
  if (firstWrong >= 0) {
    const start = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, firstWrong)).length;
    report(createDiagnostic("invalid-utf8", { start, end: start + 1 }, { offset: firstWrong }));
  }
  return text;
}
