import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { PLAIN } from "../../src/diagnostics/pretty.js";
import { splitCommand } from "../../src/requests/shell-words.js";
import { readBlocks, readFile, readTag } from "./markdown.js";

/*
 * docs/blocked.md has every message that Chromium and Firefox print in test/browsers, word for word, and no other; and has
 * it where its cause is.
 */

const DOCUMENT = "docs/blocked.md";

interface Message {
  readonly cause: string;
  readonly message: string;
}

const FIXTURE: Readonly<Record<string, { readonly version: string; readonly messages: readonly Message[] }>> =
  JSON.parse(readFile("test/browsers/fixtures/console-messages.json"));

/** The browser that prints a message; Safari's are not on record. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  chromium: "Access to ",
  firefox: "Cross-Origin Request Blocked: ",
};

const blocks = readBlocks(DOCUMENT).filter(({ language }) => language === "text");

function linesOf(browser: string): { readonly line: string; readonly heading: string }[] {
  const lines = blocks.flatMap(({ text, heading }) => text.split("\n").map((line) => ({ line, heading })));
  return lines.filter(({ line }) => line.startsWith(BEGINNINGS[browser] ?? ""));
}

/** Which failures of the model of the browser a section is about. Firefox says the same for some that differ. */
const CAUSES: Readonly<Record<string, RegExp>> = {
  "No Access-Control-Allow-Origin": /: allow-origin-missing$/,
  "The preflight failed": /^preflight: ok-status$/,
  "The method is not allowed": /^preflight: method$/,
  "A request header is not allowed": /^preflight: headers$/,
  "A star, and credentials": /: allow-origin-different$/,
  "Credentials are not allowed": /: allow-credentials-not-true$/,
  "Another origin in Access-Control-Allow-Origin": /: allow-origin-different$/,
  "A list that can't be read": /^preflight: parse /,
  "After a redirect": /^redirect$/,
  "CORS request did not succeed": /^preflight: /,
};

describe.each(Object.keys(BEGINNINGS))("%s", (browser) => {
  const messages = FIXTURE[browser]?.messages ?? [];
  const lines = linesOf(browser);

  test("has its messages on the page, each once, and no others", () => {
    const recorded = [...new Set(messages.map(({ message }) => message))];
    expect(recorded.length).toBeGreaterThan(10);
    expect(lines.map(({ line }) => line).sort()).toEqual(recorded.sort());
  });

  test.each(lines)("is explained by what it comes from, under $heading: $line", ({ line, heading }) => {
    const causes = messages.filter(({ message }) => message === line).map(({ cause }) => cause);
    expect(causes.some((cause) => CAUSES[heading]?.test(cause))).toBe(true);
  });

  test("is named in the version that was run", () => {
    const [major = ""] = FIXTURE[browser]?.version.split(".") ?? [];
    expect(readFile(DOCUMENT).toLowerCase()).toContain(`${browser} ${major}`);
  });
});

describe("the commands answer", () => {
  const folder = mkdtempSync(join(tmpdir(), "corslang-"));
  const before = process.cwd();

  beforeAll(() => {
    process.chdir(folder);
    const policy = readBlocks(DOCUMENT).find((block) => readTag(block, "file") === "api.cors");
    writeFileSync("api.cors", policy?.text ?? "");
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  const commands = [...readFile(DOCUMENT).matchAll(/^ *npx cors-compile (.+)$/gm)].map(([, args = ""]) => args);

  test.each(commands)("%s", (args) => {
    let printed = "";
    const print = (text: string) => {
      printed += text;
    };
    expect(run(splitCommand(args), { out: print, error: print, style: PLAIN })).toBe(0);
    expect(printed).toMatch(/^(allowed|denied)\b/m);
  });

  test("there are some", () => {
    expect(commands.length).toBeGreaterThan(3);
  });
});
