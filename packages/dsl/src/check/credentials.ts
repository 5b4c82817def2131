import { createDiagnostic, type Report, replaceFix } from "../diagnostics/diagnostic.js";
import type { SettingNode } from "../syntax/ast.js";

const VALUES = ["true", "false"];

/** Checks whether requests may carry credentials. `True` counts as `true`; what can't be read, as `false`. */
export function checkCredentials(setting: SettingNode | undefined, report: Report): boolean {
  if (!setting) return false;
  const [value, ...others] = setting.items;
  const span = others[0]?.span ?? value?.span ?? setting.key.span;
  if (!value || others.length > 0 || value.unsafe || !VALUES.includes(value.text)) {
    const lowerCase = value?.text.toLowerCase() ?? "";
    const fix =
      others.length === 0 && VALUES.includes(lowerCase) && !value?.unsafe ? replaceFix(span, lowerCase) : null;
    report(createDiagnostic("invalid-value", span, { problem: "`credentials` is `true` or `false`" }, { fix }));
    return lowerCase === "true";
  }
  return value.text === "true";
}
