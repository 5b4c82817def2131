import type { Report } from "../diagnostics/diagnostic.js";
import { createDiagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "./source-file.js";

/*
 * Characters that are errors anywhere, comments included: what a reviewer sees has to be what the compiler reads
 * ("Trojan Source", CVE-2021-42574). Controls but for tab, LF and CRLF; line separators that editors show as line
 * ends and this language does not; and the characters that turn the direction of writing.
 */
const FORBIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]|\r(?!\n)/g;

/** Reports every forbidden character of a text. */
export function checkCharacters(file: SourceFile, report: Report): void {
  for (const { 0: character, index } of file.text.matchAll(FORBIDDEN)) {
    const codePoint = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const span = { file, start: index, end: index + 1 };
    report(
      createDiagnostic(
        "unknown-character",
        span,
        { codePoint },
        { fix: { title: "remove it", edits: [{ span, text: "" }] } },
      ),
    );
  }
}
