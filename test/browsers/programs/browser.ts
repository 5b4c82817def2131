import type { BrowserName } from "../exchanges/exchange.js";
import type { Network } from "../servers/network.js";

/** A browser that runs, with a profile of its own that nothing was in. */
export interface Browser {
  readonly name: BrowserName;
  readonly version: string;
  /** Goes to a page; what the page does goes on after. */
  readonly open: (url: string) => Promise<void>;
  /** What consoles have said so far, in all pages. */
  readonly consoleMessages: readonly string[];
  /** Ends it, whatever it does. */
  readonly close: () => Promise<void>;
}

/** What of the servers a browser has to know: that every host is this machine, and which certificate to trust. */
export type Whereabouts = Pick<Network, "certificate" | "portsOfPages">;

/** Starts a browser. */
export type StartBrowser = (whereabouts: Whereabouts) => Promise<Browser>;

/** In milliseconds: for a start, or a page with all that it does, on a machine that is busy. */
export const PATIENCE = 100_000;
