import { findNearest } from "../diagnostics/did-you-mean.js";
import { isSettingName, SETTING_NAMES, SETTINGS, type SettingName } from "./vocabulary.js";

/** `allowedOrigins`, `allowed_origins` and `Allowed-Origins` are `allowed-origins`. */
function toHyphens(word: string): string {
  return word
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

/** The setting that an unknown word was probably meant to be: another spelling, another tool's name, a slip. */
export function suggestSetting(word: string): SettingName | null {
  const normalized = toHyphens(word);
  const meant =
    SETTING_NAMES.find((name) => name === normalized || SETTINGS[name].aliases.some((alias) => alias === normalized)) ??
    findNearest(normalized, SETTING_NAMES);
  return meant !== null && isSettingName(meant) ? meant : null;
}
