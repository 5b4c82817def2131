import type { Header } from "@corslang/runtime";
import { splitCommand } from "./shell-words.js";
import type { RequestProblem, WrittenRequest } from "./written-request.js";

/** Options that say something of the request, each by its long name. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["H", "header"],
  ["X", "request"],
  ["b", "cookie"],
  ["d", "data"],
  ["F", "form"],
  ["G", "get"],
  ["I", "head"],
  ["T", "upload-file"],
  ["e", "referer"],
  ["u", "user"],
]);

/** Other options that take a value, which would be taken for the URL: by one letter, and by name. */
const SHORT_WITH_VALUE = "ACDEKPQUYcmorwxyz";
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...["header", "request", "cookie", "form", "form-string", "upload-file", "referer", "user", "url", "json"],
  ...["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "url-query"],
  ...[
    "user-agent",
    "cookie-jar",
    "output",
    "write-out",
    "max-time",
    "connect-timeout",
    "proxy",
    "proxy-user",
    "config",
  ],
  ...["cert", "cert-type", "key", "key-type", "pass", "cacert", "capath", "ciphers", "resolve", "connect-to", "range"],
  ...["interface", "limit-rate", "max-redirs", "oauth2-bearer", "retry", "retry-delay", "aws-sigv4", "unix-socket"],
]);

const WITH_BODY = ["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json", "form", "form-string"];

/** An option with its value, or a word that is none. */
type Argument = { readonly option: string; readonly value: string } | { readonly word: string };

/** Options of one letter, which can stand in one word, the last with its value in it or behind it. */
function readLetters(
  letters: string,
  next: string | undefined,
): { readonly read: Argument[]; readonly usesNext: boolean } {
  const read: Argument[] = [];
  for (const [index, letter] of [...letters].entries()) {
    const option = SHORT_NAMES.get(letter) ?? letter;
    if (!WITH_VALUE.has(option) && !SHORT_WITH_VALUE.includes(letter)) {
      read.push({ option, value: "" });
      continue;
    }
    const rest = letters.slice(index + 1);
    read.push({ option, value: rest === "" ? (next ?? "") : rest });
    return { read, usesNext: rest === "" };
  }
  return { read, usesNext: false };
}

function readArguments(words: readonly string[]): readonly Argument[] {
  const read: Argument[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const next = words[index + 1];
    if (word.startsWith("--")) {
      const option = word.slice(2);
      const takesValue = WITH_VALUE.has(option);
      read.push({ option, value: takesValue ? (next ?? "") : "" });
      if (takesValue) index++;
    } else if (word.startsWith("-") && word.length > 1) {
      const letters = readLetters(word.slice(1), next);
      read.push(...letters.read);
      if (letters.usesNext) index++;
    } else {
      read.push({ word });
    }
  }
  return read;
}

/** `Name: value`; `Name;` is a header without a value, and `Name:` takes one away that curl itself would send. */
function readHeader(text: string): Header | null {
  const colon = text.indexOf(":");
  if (colon < 0) return text.endsWith(";") ? [text.slice(0, -1), ""] : null;
  const value = text.slice(colon + 1).trim();
  return value === "" ? null : [text.slice(0, colon).trim(), value];
}

/** What curl makes of its options where none of them says it. */
function methodOf(has: (option: string) => boolean): string {
  if (has("head")) return "HEAD";
  if (has("get")) return "GET";
  if (has("upload-file")) return "PUT";
  return WITH_BODY.some(has) ? "POST" : "GET";
}

function contentTypeOf(has: (option: string) => boolean): string | null {
  if (has("get") || !WITH_BODY.some(has)) return null;
  if (has("json")) return "application/json";
  return has("form") || has("form-string") ? "multipart/form-data" : "application/x-www-form-urlencoded";
}

/**
 * Reads a curl command, as the developer tools of browsers copy requests. Options that say nothing of CORS are passed over.
 *
 * @example
 * ```ts
 * parseCurl("curl 'https://api.example.com/' -X PUT -H 'Origin: https://app.example.com' -b 'a=1'");
 * // { method: "PUT", url: "https://api.example.com/", headers: [["Origin", …]], credentials: true }
 * ```
 */
export function parseCurl(line: string): WrittenRequest | RequestProblem {
  const [command = "", ...words] = splitCommand(line.trim());
  if (!/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(command)) {
    return { problem: "the command is not curl; copy the request as cURL, for bash or for cmd" };
  }
  const args = readArguments(words);
  const valuesOf = (name: string) => args.flatMap((arg) => ("option" in arg && arg.option === name ? [arg.value] : []));
  const has = (name: string) => valuesOf(name).length > 0;

  const written = valuesOf("header")
    .map(readHeader)
    .filter((header) => header !== null);
  const hasHeader = (name: string) => written.some(([other]) => other.toLowerCase() === name);
  const type = contentTypeOf(has);
  const [referer] = valuesOf("referer");
  const added: Header[] = [
    ...(type === null || hasHeader("content-type") ? [] : [["Content-Type", type] as const]),
    ...(has("user") || has("oauth2-bearer") ? [["Authorization", ""] as const] : []),
    ...(referer === undefined ? [] : [["Referer", referer] as const]),
  ];
  const plain = args.flatMap((arg) => ("word" in arg ? [arg.word] : []));
  const url = valuesOf("url")[0] ?? plain.find((word) => word.includes("://")) ?? plain[0];
  return {
    method: valuesOf("request").at(-1) ?? methodOf(has),
    url: url ?? null,
    headers: [...written, ...added],
    credentials: has("cookie") || hasHeader("cookie"),
  };
}
