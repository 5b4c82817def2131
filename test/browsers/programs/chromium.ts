import { chromium } from "playwright-core";
import { findBrowser } from "../../../scripts/browsers.mjs";
import { PATIENCE, type StartBrowser } from "./browser.js";

/** Starts Chromium by way of Playwright, in a context of its own. */
export const startChromium: StartBrowser = async ({ certificate, portsOfPages }) => {
  const pagesAt = [...portsOfPages].map(([port, ours]) => `MAP *:${port} 127.0.0.1:${ours}`);
  const program = await chromium.launch({
    executablePath: findBrowser("chromium"),
    timeout: PATIENCE,
    args: [
      `--host-resolver-rules=${[...pagesAt, "MAP * 127.0.0.1"].join(",")}`,
      // Not --ignore-certificate-errors: what comes with such an error is kept out of the HTTP cache.
      `--ignore-certificate-errors-spki-list=${certificate.keyHash}`,
      // Chromium refuses to run as root otherwise, as it does in a container.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  const consoleMessages: string[] = [];
  const page = await program.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (message) => consoleMessages.push(message.text()));
  return {
    name: "chromium",
    version: program.version(),
    open: async (url) => void (await page.goto(url, { waitUntil: "commit" })),
    consoleMessages,
    close: () => program.close(),
  };
};
