import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LISTENERS } from "../../packages/adapters/test/listeners/listeners.js";
import {
  type ConsoleMessage,
  causeOf,
  collectConsoleMessages,
  readConsoleMessages,
  recordConsoleMessages,
} from "./console-messages.js";
import type { BrowserName, Exchange } from "./exchanges/exchange.js";
import { exchanges } from "./exchanges/exchanges.js";
import { isExplained } from "./explain-step.js";
import { type LiteralObservation, literalCasesFor, runLiteralCases } from "./literal-cases.js";
import { isModelled, predict, toPageRequest } from "./model.js";
import type { Browser, StartBrowser } from "./programs/browser.js";
import { type Observation, runExchanges } from "./run-exchanges.js";
import { type Network, startNetwork } from "./servers/network.js";
import { verifyByExplanation, verifyByHand, verifyByModel, verifyLiteral } from "./verify.js";

/** In milliseconds; without anything else on the machine it takes a tenth of it. */
const LONGEST_RUN = 240_000;

/** The model can be asked about an exchange, and the browser keeps to the Standard. */
function isComparable(exchange: Exchange, browser: BrowserName): boolean {
  return isModelled(exchange) && exchange.differences?.[browser] === undefined;
}

function collect(
  browser: BrowserName,
  observations: readonly Observation[],
  literal: readonly LiteralObservation[],
): readonly ConsoleMessage[] {
  const comparable = observations.filter(({ exchange }) => isComparable(exchange, browser));
  const pages = [
    ...comparable.map(({ exchange, origin, requests, consoleMessages }) => {
      return { page: toPageRequest(exchange, origin), requests, consoleMessages };
    }),
    ...literal.map(({ literalCase, requests, consoleMessages }) => {
      return { page: literalCase.page, requests, consoleMessages };
    }),
  ];
  const withCauses = pages.flatMap(({ page, requests, consoleMessages }) => {
    const cause = consoleMessages.length > 0 ? causeOf(predict(page, requests).experience) : null;
    return cause === null ? [] : [{ cause, consoleMessages }];
  });
  const redirected = observations
    .filter(({ exchange }) => exchange.beyondModel === "redirect")
    .map(({ consoleMessages }) => ({ cause: "redirect", consoleMessages }));
  return collectConsoleMessages([...withCauses, ...redirected]);
}

/** The tests of one browser: every exchange, with every adapter on every framework. */
export function testBrowser(name: BrowserName, start: StartBrowser): void {
  let network: Network | undefined;
  let browser: Browser | undefined;
  let observations: readonly Observation[] = [];
  let literal: readonly LiteralObservation[] = [];

  beforeAll(async () => {
    network = await startNetwork(LISTENERS);
    browser = await start(network);
    observations = await runExchanges(browser, network, exchanges);
    literal = await runLiteralCases(browser, network);
  }, LONGEST_RUN);

  afterAll(async () => {
    await browser?.close();
    await network?.close();
  });

  describe.each(LISTENERS)("%s", (framework) => {
    for (const exchange of exchanges) {
      test(exchange.name, () => {
        const observation = observations.find((one) => one.framework === framework && one.exchange === exchange);
        if (!observation) throw new Error("it has not been run");
        verifyByHand(name, observation);
        if (isComparable(exchange, name)) verifyByModel(observation);
        if (isExplained(exchange, name)) verifyByExplanation(observation);
      });
    }
  });

  describe("the model of the browser, where servers answer anything", () => {
    test.each(literalCasesFor(name))("$id: $why", ({ id }) => {
      const observation = literal.find(({ literalCase }) => literalCase.id === id);
      if (!observation) throw new Error("it has not been run");
      verifyLiteral(name, observation);
    });
  });

  test("the console says what is on record in fixtures/console-messages.json", () => {
    if (!browser) throw new Error("no browser has been started");
    const messages = collect(name, observations, literal);
    // For a browser that says it in other words: with this, and `--no-file-parallelism`, both are put on record.
    if (process.env.RECORD_CONSOLE_MESSAGES) recordConsoleMessages(browser, messages);
    const { version, messages: recorded } = readConsoleMessages()[name];
    expect(messages, `${browser.version}; on record is ${version}`).toEqual(recorded);
  });
}
