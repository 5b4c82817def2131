import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../../../scripts/browsers.mjs";
import { PATIENCE, type StartBrowser } from "./browser.js";
import { connectBiDi } from "./web-driver-bidi.js";

/** The address of Firefox's WebDriver BiDi, which it prints when it is ready. */
function readAddress(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error(`Firefox does not start: ${printed}`)), PATIENCE);
    program.once("error", reject).once("exit", () => reject(new Error(`Firefox has ended: ${printed}`)));
    program.stderr?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(printed) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

/** Starts Firefox with an empty profile. */
export const startFirefox: StartBrowser = async ({ portsOfPages }) => {
  const profile = await mkdtemp(join(tmpdir(), "corslang-firefox-"));
  const preferences = {
    "network.dns.forceResolve": "127.0.0.1",
    "network.socket.forcePort": [...portsOfPages].map(([port, ours]) => `${port}=${ours}`).join(";"),
    // Nothing but our pages: no updates, no first-run pages, no questions to Mozilla.
    "app.normandy.enabled": false,
    "app.update.disabledForTesting": true,
    "browser.aboutwelcome.enabled": false,
    "browser.safebrowsing.provider.mozilla.updateURL": "",
    "browser.shell.checkDefaultBrowser": false,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": false,
  };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), lines.join("\n"));

  const program = spawn(
    findBrowser("firefox"),
    ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"],
    {
      stdio: ["ignore", "ignore", "pipe"],
      // As root, Firefox refuses a home of somebody else.
      env: { ...process.env, HOME: profile },
      // A group of its own, so that its content processes end with it.
      detached: true,
    },
  );
  const ended = new Promise<void>((resolve) => program.once("close", () => resolve()).once("error", () => resolve()));
  const kill = () => {
    if (program.pid !== undefined && program.exitCode === null) process.kill(-program.pid, "SIGKILL");
  };
  process.once("exit", kill);
  const close = async () => {
    kill();
    await ended;
    process.off("exit", kill);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const bidi = await connectBiDi(await readAddress(program));
    const consoleMessages: string[] = [];
    // Messages about CORS are the browser's own, and come as errors of scripts.
    bidi.onEvent("log.entryAdded", ({ text }) => consoleMessages.push(String(text)));
    const { capabilities } = await bidi.send("session.new", {
      capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
    });
    await bidi.send("session.subscribe", { events: ["log.entryAdded"] });
    const { contexts } = await bidi.send("browsingContext.getTree", {});
    // The casts hold: WebDriver BiDi's "session.NewResult" and "browsingContext.GetTreeResult".
    const { browserVersion } = capabilities as { browserVersion: string };
    const [tab] = contexts as readonly { context: string }[];
    return {
      name: "firefox",
      version: browserVersion,
      open: async (url) => void (await bidi.send("browsingContext.navigate", { context: tab?.context, url })),
      consoleMessages,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
