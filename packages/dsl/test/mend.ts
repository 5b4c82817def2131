import { compile } from "../src/compile.js";
import type { Code } from "../src/diagnostics/messages.js";
import { applyEdits } from "../src/text/edit.js";

/** A text after the fix of the first diagnostic of a code; `null` where it has no fix. */
export function mend(text: string, code: Code): string | null {
  const diagnostic = compile(text).diagnostics.find((one) => one.code === code);
  if (!diagnostic) throw new Error(`nothing is reported as ${code}`);
  return diagnostic.fix && applyEdits(text, diagnostic.fix.edits);
}
