import { replaceFix } from "../diagnostics/diagnostic.js";
import type { ResolvedSetting } from "../resolve/resolved-policy.js";
import { NONE } from "../syntax/vocabulary.js";
import { type CheckContext, reportItem } from "./context.js";

/** Firefox's cap, the highest of any browser (Chromium: 2 hours, WebKit: 10 minutes). */
const LONGEST_SECONDS = 86400;

const DURATION = /^(0|[1-9][0-9]*)([smhd]?)$/;

const SECONDS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86400],
]);

const LONGEST_TEXT = 20;

/** What was probably meant by a text that is no duration: `10min`, `010`, `-1`, `600S`. */
function suggestDuration(text: string): string | null {
  if (text.length > LONGEST_TEXT) return null;
  if (/^-[0-9]+$/.test(text)) return "0";
  const [, digits = "", unit = ""] = /^0*([0-9]+) *([a-z]?)[a-z]*$/i.exec(text) ?? [];
  const suggestion = `${digits}${unit.toLowerCase()}`;
  return DURATION.test(suggestion) ? suggestion : null;
}

/** Checks how long a preflight may be remembered; gives back seconds, or `null` where nothing is sent. */
export function checkMaxAge(setting: ResolvedSetting | undefined, context: CheckContext): number | null {
  if (!setting) return null;
  const [item, other] = setting.items;
  if (!item || other || item.unsafe) {
    const problem = "`max-age` is one duration, such as `600`, `10m` or `1d`, or `none`";
    const span = (other ?? item)?.span ?? setting.key;
    reportItem(context, "invalid-value", { span, trail: setting.trail }, { problem });
    return null;
  }
  const { text: value, span } = item;
  if (value === NONE) return null;
  const [matched, count, unit = ""] = DURATION.exec(value) ?? [];
  if (matched === undefined) {
    const suggestion = suggestDuration(value);
    const fix = suggestion === null ? null : replaceFix(span, suggestion);
    reportItem(context, "max-age-syntax", item, { value }, { fix });
    return null;
  }
  const seconds = Number(count) * (SECONDS.get(unit) ?? 1);
  if (seconds > LONGEST_SECONDS) {
    reportItem(context, "max-age-too-long", item, { value }, { fix: replaceFix(span, "1d") });
  }
  return seconds;
}
