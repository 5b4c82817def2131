import { type ProposedFix, replaceFix } from "../diagnostics/diagnostic.js";
import type { ResolvedItem, ResolvedSetting } from "../resolve/resolved-policy.js";
import { type CheckContext, reportItem } from "./context.js";

const VALUES = ["true", "false"];

/** What other languages write. */
const YES = ["yes", "on", "1"];
const NO = ["no", "off", "0"];

/** What was meant by a value that is neither of the two; a person decides where that is more than its case. */
function fixFor({ text, span, unsafe }: ResolvedItem): ProposedFix | null {
  const lowerCase = text.toLowerCase();
  if (unsafe) return null;
  if (VALUES.includes(lowerCase)) return replaceFix(span, lowerCase);
  if (YES.includes(lowerCase)) return { ...replaceFix(span, "true"), safe: false };
  return NO.includes(lowerCase) ? { ...replaceFix(span, "false"), safe: false } : null;
}

/** Checks whether requests may carry credentials. `True` counts as `true`; what can't be read, as `false`. */
export function checkCredentials(setting: ResolvedSetting | undefined, context: CheckContext): boolean {
  if (!setting) return false;
  const [value, ...others] = setting.items;
  const span = others[0]?.span ?? value?.span ?? setting.key;
  if (!value || others.length > 0 || value.unsafe || !VALUES.includes(value.text)) {
    const fix = value && others.length === 0 ? fixFor(value) : null;
    reportItem(
      context,
      "invalid-value",
      { span, trail: setting.trail },
      { problem: "`credentials` is `true` or `false`" },
      { fix },
    );
    return value?.text.toLowerCase() === "true";
  }
  return value.text === "true";
}
