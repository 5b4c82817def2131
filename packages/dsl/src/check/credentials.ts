import { replaceFix } from "../diagnostics/diagnostic.js";
import type { ResolvedSetting } from "../resolve/resolved-policy.js";
import { type CheckContext, reportItem } from "./context.js";

const VALUES = ["true", "false"];

/** Checks whether requests may carry credentials. `True` counts as `true`; what can't be read, as `false`. */
export function checkCredentials(setting: ResolvedSetting | undefined, context: CheckContext): boolean {
  if (!setting) return false;
  const [value, ...others] = setting.items;
  const span = others[0]?.span ?? value?.span ?? setting.key;
  if (!value || others.length > 0 || value.unsafe || !VALUES.includes(value.text)) {
    const lowerCase = value?.text.toLowerCase() ?? "";
    const fix =
      others.length === 0 && VALUES.includes(lowerCase) && !value?.unsafe ? replaceFix(span, lowerCase) : null;
    reportItem(
      context,
      "invalid-value",
      { span, trail: setting.trail },
      { problem: "`credentials` is `true` or `false`" },
      { fix },
    );
    return lowerCase === "true";
  }
  return value.text === "true";
}
