import { replaceFix } from "../diagnostics/diagnostic.js";
import type { ResolvedSetting } from "../resolve/resolved-policy.js";
import { NONE } from "../syntax/vocabulary.js";
import { joinSpans } from "../text/span.js";
import { type CheckContext, reportItem } from "./context.js";

/** Firefox's cap, the highest of any browser (Chromium: 2 hours, WebKit: 10 minutes). */
const LONGEST_SECONDS = 86400;

const DURATION = /^(0|[1-9][0-9]*)([smhd]?)$/;

/** Of units other than the second, which need not be written. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ["m", 60],
  ["h", 3600],
  ["d", 86400],
]);

const LONGEST_TEXT = 20;

/** How people write units. By its first letter alone `100ms` would become 100 minutes. */
const UNIT_WORDS = /^(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)?$/;

/** What was meant by a text that is no duration: `10min`, `10 minutes`, `010`, `600S`; `null` where that is not certain. */
function suggestDuration(text: string): string | null {
  if (text.length > LONGEST_TEXT) return null;
  // By what other tools write for "do not remember"; no other negative number means anything.
  if (text === "-1") return "0";
  const [, digits = "", word = ""] = /^0*([0-9]+)[ \t]*([a-z]*)$/.exec(text.toLowerCase()) ?? [];
  const suggestion = `${digits}${word.charAt(0)}`;
  return UNIT_WORDS.test(word) && DURATION.test(suggestion) ? suggestion : null;
}

/** What is wrong with a `max-age` that is not one item, and where. */
function reportOtherThanOne({ items, key, trail }: ResolvedSetting, context: CheckContext): void {
  const problem = "`max-age` is one duration, such as `600`, `10m` or `1d`, or `none`";
  const [item, other, ...others] = items;
  // Items of a set can be from another file.
  const areTogether = item && other && others.length === 0 && item.span.file === other.span.file;
  if (areTogether && !item.unsafe && !other.unsafe) {
    const span = joinSpans(item.span, other.span);
    // `10 minutes` on one line, and not `10, minutes` nor an item that a comment is behind.
    const suggestion = suggestDuration(span.file.text.slice(span.start, span.end));
    if (suggestion !== null) {
      reportItem(context, "invalid-value", { span, trail }, { problem }, { fix: replaceFix(span, suggestion) });
      return;
    }
  }
  reportItem(context, "invalid-value", { span: (other ?? item)?.span ?? key, trail }, { problem });
}

/** Checks how long a preflight may be remembered; gives back seconds, or `null` where nothing is sent. */
export function checkMaxAge(setting: ResolvedSetting | undefined, context: CheckContext): number | null {
  if (!setting) return null;
  const [item, other] = setting.items;
  if (!item || other || item.unsafe) {
    reportOtherThanOne(setting, context);
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
