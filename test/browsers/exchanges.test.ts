import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type BrowserName, pageOf } from "./exchanges/exchange.js";
import { exchanges } from "./exchanges/exchanges.js";
import { isExplained } from "./explain-step.js";
import { literalCasesFor } from "./literal-cases.js";
import { isModelled } from "./model.js";
import { verifyExplanation, verifyPolicy } from "./verify.js";

test("each exchange has a name of its own", () => {
  expect(new Set(exchanges.map(({ name }) => name)).size).toBe(exchanges.length);
});

test("docs/assurance.md has the right figures", () => {
  const [, section = ""] = readFileSync(new URL("../../docs/assurance.md", import.meta.url), "utf8").split(
    /^## Real browsers$/m,
  );
  const text = section.split(/^## /m, 1).join().replace(/\s+/g, " ");
  const pages = new Set(exchanges.flatMap(({ steps }) => steps.map(pageOf)));
  const origins = [...pages].filter((page) => /^https?:/.test(page));
  const differences = (browser: BrowserName) => exchanges.filter((one) => one.differences?.[browser]).length;
  expect(text).toContain(`Pages at ${origins.length} origins`);
  expect(text).toContain(`**${exchanges.length} exchanges with each framework**`);
  expect(text).toContain(
    `${literalCasesFor("chromium").length} answers in Chromium and ${literalCasesFor("firefox").length} in Firefox`,
  );
  expect(text).toContain(`${differences("chromium")} in Chromium, ${differences("firefox")} in Firefox`);
});

test("what a browser does otherwise than the Standard says is something else", () => {
  for (const { name, sent, steps, differences = {} } of exchanges) {
    for (const difference of Object.values(differences)) {
      const { outcomes = steps.map(({ outcome }) => outcome) } = difference;
      expect([name, difference.sent, outcomes]).not.toEqual([name, sent, steps.map(({ outcome }) => outcome)]);
    }
  }
});

describe("the policy says what is written down", () => {
  test.each(exchanges.filter(isModelled))("$name", verifyPolicy);
});

describe("cors-compile explain says what is written down", () => {
  test.each(exchanges.filter((exchange) => isExplained(exchange)))("$name", verifyExplanation);
});
