import { readFileSync, writeFileSync } from "node:fs";
import type { Experience } from "@corslang/runtime/testing";
import type { BrowserName } from "./exchanges/exchange.js";
import type { Browser } from "./programs/browser.js";

/** What a browser's console says where CORS keeps a response from a page, and what the model of the browser says. */
export interface ConsoleMessage {
  /**
   * The step of the model that fails: `preflight: method`, `response: allow-origin-missing` and the like; `redirect` for
   * whatever fails on the way of one.
   */
  readonly cause: string;
  /** With `{url}`, `{origin}` and the like in place of what differs from exchange to exchange. */
  readonly message: string;
}

type Fixture = Readonly<
  Record<BrowserName, { readonly version: string; readonly messages: readonly ConsoleMessage[] }>
>;

const FIXTURE = new URL("fixtures/console-messages.json", import.meta.url);

/** The messages that are on record. */
export function readConsoleMessages(): Fixture {
  // The cast holds: recordConsoleMessages has written it.
  return JSON.parse(readFileSync(FIXTURE, "utf8")) as Fixture;
}

/** Puts a browser's messages on record in place of those that are. */
export function recordConsoleMessages({ name, version }: Browser, messages: readonly ConsoleMessage[]): void {
  const fixture = { ...readConsoleMessages(), [name]: { version, messages } };
  writeFileSync(FIXTURE, `${JSON.stringify(fixture, null, 2)}\n`);
}

/** What differs from exchange to exchange, in the words around it. The first that fits a place is taken. */
const PARTS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/https?:\/\/[^\s']*?exchange=[\w-]+-/g, "{url}"],
  [/(from origin ')[^']*'/, "$1{origin}'"],
  [/(header has a value ')[^']*'/, "$1{value}'"],
  [/(header contains (?:multiple values|the invalid value) ')[^']*'/, "$1{value}'"],
  [/(header in the response is ')[^']*'/, "$1{value}'"],
  [/(Method )\S+( is not allowed)/, "$1{method}$2"],
  [/(Request header field )\S+/, "$1{name}"],
  [/(does not match ‘)[^’]*’/, "$1{value}’"],
  [/(invalid token ‘)[^’]*’/, "$1{value}’"],
  [/(Reason: header ‘)[^’]*’/, "$1{name}’"],
  [/(Status code: )\d+/, "$1{status}"],
];

function generalize(message: string): string {
  return PARTS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
}

/** The step of the model that fails; `null` when none does. */
export function causeOf(experience: Experience): string | null {
  switch (experience.outcome) {
    case "readable":
    case "refused":
      return null;
    case "blocked":
      return `response: ${experience.failure}`;
    case "preflight-failed": {
      const { failure } = experience;
      if (failure.step === "cors-check") return `preflight: ${failure.failure}`;
      return failure.step === "parse" ? `preflight: parse ${failure.header}` : `preflight: ${failure.step}`;
    }
  }
}

/** Messages with their causes, each once, in order. */
export function collectConsoleMessages(
  observed: readonly { readonly cause: string; readonly consoleMessages: readonly string[] }[],
): readonly ConsoleMessage[] {
  const collected = new Map<string, ConsoleMessage>();
  for (const { cause, consoleMessages } of observed) {
    for (const message of consoleMessages.map(generalize)) collected.set(`${cause}\n${message}`, { cause, message });
  }
  return [...collected.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, message]) => message);
}
